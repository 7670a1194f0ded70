package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.actor.LedgerReader;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.Order;
import dev.troupe.study.Outcome;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A study whose process may end at any moment goes on as if it had not. The strategy and the pruner
 * of these tests depend on every bit that they are told: were they told anything else after a
 * recovery, the runs would part.
 */
@Timeout(300)
class RecoveryTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(IntParameter.linear("n", 1, 1000))
          .build();

  private static final String NAME = "kept";
  private static final AtomicLong HOMES = new AtomicLong();

  private static Troupe troupe;

  private final Path home = Path.of("home-" + HOMES.incrementAndGet());
  private final SharedLedger ledger = SharedLedger.at(home);

  @BeforeAll
  static void start() {
    troupe = Troupe.start(Troupe.cpuSlots(3));
  }

  @AfterAll
  static void close() {
    troupe.close();
  }

  /**
   * Reports, fails and has a value as the candidate wants. Some trials fail once: until such a
   * failure is on record.
   */
  private static final class MoodyEstimator implements Estimator {

    private final SharedLedger ledger;

    MoodyEstimator(SharedLedger ledger) {
      this.ledger = ledger;
    }

    @Override
    public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) {
      Configuration candidate = ((Suggestion.Evaluate) suggestion).candidate();
      int mood = (int) Math.floorMod(candidate.fingerprint(), 1000L);
      double loss = Math.abs(candidate.getDouble("x") - 0.3);
      for (int step = 1; step <= mood % 4; step++) {
        Thread.yield();
        if (evaluation.report(step, Metrics.of("loss", loss + 1.0 / step)) != Verdict.CONTINUE) {
          return Metrics.none();
        }
      }
      boolean once = mood % 5 == 1 && !hasFailed(evaluation.attempt().trial());
      if (once || mood % 11 == 0) {
        throw new IllegalStateException("in a bad mood");
      }
      return Metrics.of("loss", mood % 13 == 0 ? Double.NaN : loss);
    }

    private boolean hasFailed(TrialId trial) {
      return ledger.facts(NAME).stream()
          .anyMatch(
              event ->
                  event instanceof StudyEvent.AttemptFailed failed
                      && !failed.lost()
                      && failed.attempt().trial().equals(trial));
    }
  }

  private StudyBuilder<Configuration> describe(Order order, int parallelism) {
    return troupe
        .study(NAME, SPACE)
        .ledger(SharedLedger.SETTING)
        .home(home)
        .order(order)
        .lookahead(3)
        .parallelism(parallelism)
        .seed(7)
        .retries(1)
        .budget(Budget.trials(30))
        .strategy(Strategies.of("hash", request -> new HashStrategy(request, Long.MAX_VALUE)))
        .pruner(Pruners.of("hash", request -> HashStrategy::judge));
  }

  private StudyResult run(StudyBuilder<Configuration> builder) {
    return Outcomes.of(builder.startWith(new MoodyEstimator(ledger)));
  }

  private StudyResult run(Order order, int parallelism) {
    return run(describe(order, parallelism));
  }

  private static List<String> trials(SharedLedger ledger) {
    return kept(ledger).trials().stream().map(RecoveryTest::describe).toList();
  }

  private static KeptStudy kept(SharedLedger ledger) {
    return KeptStudy.of(NAME, new LedgerReader.Recorded(ledger.facts(NAME), List.of()));
  }

  private static String describe(KeptTrial trial) {
    return "%s %s %s %s %s"
        .formatted(
            trial.id(),
            trial.state(),
            trial.candidate(),
            trial.end() == null ? "running" : trial.end().outcome(),
            trial.measurements().stream().map(each -> each.step() + ":" + each.metrics()).toList());
  }

  private static void requireWhole(SharedLedger ledger, int trials) {
    var suggested = new ArrayList<TrialId>();
    var ended = new ArrayList<TrialId>();
    for (StudyEvent event : ledger.facts(NAME)) {
      if (event instanceof StudyEvent.TrialSuggested suggestion) {
        suggested.add(suggestion.trial());
      } else if (event instanceof StudyEvent.TrialEnded end
          && !(end.trial().outcome() instanceof Outcome.Stopped)) {
        ended.add(end.trial().id());
      }
    }
    assertThat(suggested).hasSize(trials).doesNotHaveDuplicates().isSorted();
    assertThat(ended).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(suggested);
  }

  @ParameterizedTest
  @CsvSource({
    "LOGICAL, 1, 0",
    "LOGICAL, 3, 0",
    "ARRIVAL, 1, 0",
    "ARRIVAL, 3, 0",
    "LOGICAL, 1, 1",
    "LOGICAL, 3, 1",
    "ARRIVAL, 1, 1",
    "ARRIVAL, 3, 1"
  })
  void start_afterACrashAtAnyFact_goesOnAsIfThereHadBeenNone(
      Order order, int parallelism, long snapshotFacts) {
    StudyResult undisturbed = run(order, parallelism);
    List<String> expected = trials(ledger);
    int facts = ledger.facts(NAME).size();
    assertThat(expected).hasSize(30);

    for (int place = 1; place < facts; place++) {
      var broken = new RecoveryTest();
      broken.ledger.breakAfter(place);
      broken.ledger.keepSnapshots(snapshotFacts);
      StudyResult crashed = broken.run(order, parallelism);
      broken.ledger.mend();
      StudyResult result = broken.run(order, parallelism);

      assertThat(result.state()).as("broken at %d", place).isEqualTo(StudyState.DONE);
      requireWhole(broken.ledger, 30);
      if (order == Order.LOGICAL || parallelism == 1) {
        assertThat(crashed.state()).as("broken at %d", place).isEqualTo(StudyState.FAILED);
        assertThat(trials(broken.ledger)).as("broken at %d", place).isEqualTo(expected);
        assertThat(result.trials()).isEqualTo(undisturbed.trials());
        assertThat(result.best().id()).isEqualTo(undisturbed.best().id());
      }
      if (snapshotFacts > 0) {
        assertThat(broken.ledger.snapshotAt(NAME)).isGreaterThan(facts / 2);
      }
      assertReplays(broken, order, parallelism);
    }
  }

  /** A larger budget makes a new strategy go through the whole record once more. */
  private static void assertReplays(RecoveryTest test, Order order, int parallelism) {
    StudyResult result = test.run(test.describe(order, parallelism).budget(Budget.trials(31)));

    assertThat(result.trials()).isEqualTo(31);
    requireWhole(test.ledger, 31);
  }

  @ParameterizedTest
  @CsvSource({"LOGICAL, 3", "ARRIVAL, 1"})
  void start_afterManyCrashes_goesOnAsIfThereHadBeenNone(Order order, int parallelism) {
    run(order, parallelism);
    List<String> expected = trials(ledger);
    var broken = new RecoveryTest();
    int crashes = 0;
    broken.ledger.breakAfter(5);
    while (broken.run(order, parallelism).state() == StudyState.FAILED) {
      crashes++;
      broken.ledger.breakAfter(9 + crashes % 7);
    }

    assertThat(crashes).isGreaterThan(5);
    assertThat(trials(broken.ledger)).isEqualTo(expected);
  }

  @Test
  void start_afterItsTroupeWasClosed_goesOnAsIfItHadNot() {
    run(Order.LOGICAL, 3);
    List<String> expected = trials(ledger);
    var closed = new RecoveryTest();
    var begun = new CountDownLatch(12);
    try (Troupe first = Troupe.start(Troupe.cpuSlots(2))) {
      StudyBuilder<Configuration> builder =
          first
              .study(NAME, SPACE)
              .ledger(SharedLedger.SETTING)
              .home(closed.home)
              .order(Order.LOGICAL)
              .lookahead(3)
              .parallelism(3)
              .seed(7)
              .retries(1)
              .budget(Budget.trials(30))
              .strategy(Strategies.of("hash", request -> new HashStrategy(request, Long.MAX_VALUE)))
              .pruner(Pruners.of("hash", request -> HashStrategy::judge))
              .listener(
                  event -> {
                    if (event instanceof StudyEvent.TrialEnded) {
                      begun.countDown();
                    }
                  });
      builder.startWith(new MoodyEstimator(closed.ledger));
      await(begun);
    }

    StudyResult result = closed.run(Order.LOGICAL, 3);

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(trials(closed.ledger)).isEqualTo(expected);
  }

  private static void await(CountDownLatch latch) {
    try {
      assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Test
  void append_turnOfTheStrategy_isOneWithItsSuggestions() {
    run(Order.ARRIVAL, 3);

    for (List<StudyEvent> batch : ledger.batches()) {
      for (int i = 0; i < batch.size(); i++) {
        if (batch.get(i) instanceof StudyEvent.StrategyAsked asked) {
          assertThat(batch.subList(i + 1, i + 1 + asked.made()))
              .hasOnlyElementsOfType(StudyEvent.TrialSuggested.class);
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"random", "sobol", "grid"})
  void start_shippedStrategyAfterCrashes_goesOnAsIfThereHadBeenNone(String strategy) {
    StudyBuilder<Configuration> whole = describe(Order.ARRIVAL, 1).retries(0);
    run(whole.strategy(Strategies.named(strategy, Map.of())));
    var broken = new RecoveryTest();
    for (int place = 3; place < 60; place += 19) {
      broken.ledger.breakAfter(place);
      broken.run(
          broken
              .describe(Order.ARRIVAL, 1)
              .retries(0)
              .strategy(Strategies.named(strategy, Map.of())));
    }
    broken.ledger.mend();
    broken.run(
        broken
            .describe(Order.ARRIVAL, 1)
            .retries(0)
            .strategy(Strategies.named(strategy, Map.of())));

    assertThat(trials(broken.ledger)).isEqualTo(trials(ledger));
  }

  // Studies that have ended

  @Test
  void start_endedStudy_givesItsResultAgainAndRunsNothing() {
    StudyResult first = run(Order.ARRIVAL, 2);
    int facts = ledger.facts(NAME).size();
    List<TrialId> earlier = Collections.synchronizedList(new ArrayList<>());

    StudyResult again =
        Outcomes.of(
            describe(Order.ARRIVAL, 2)
                .earlierListener(trial -> earlier.add(trial.id()))
                .startWith(
                    (suggestion, evaluation) -> {
                      throw new AssertionError("nothing may run");
                    }));

    assertThat(ledger.facts(NAME)).hasSize(facts);
    assertThat(earlier).hasSize(30).doesNotHaveDuplicates();
    assertThat(again)
        .usingRecursiveComparison()
        .ignoringFields("deviceHours", "seconds", "utilisation", "utilisationWhileSuggesting")
        .isEqualTo(first);
    assertThat(again.deviceHours()).isCloseTo(first.deviceHours(), within(1e-6));
  }

  private static Offset<Double> within(double value) {
    return Offset.offset(value);
  }

  @Test
  void start_endedStudyWithSmallerBudget_givesItsResultAsItIs() {
    run(Order.ARRIVAL, 2);

    StudyResult again = run(describe(Order.ARRIVAL, 2).budget(Budget.trials(20)));

    assertThat(again.trials()).isEqualTo(30);
    assertThat(ledger.facts(NAME)).noneMatch(StudyEvent.StudyResumed.class::isInstance);
  }

  @Test
  void start_endedStudyWithLargerBudget_isExtended() {
    run(describe(Order.LOGICAL, 3).budget(Budget.trials(40)));
    List<String> expected = trials(ledger);
    var extended = new RecoveryTest();
    extended.run(Order.LOGICAL, 3);

    StudyResult result =
        extended.run(extended.describe(Order.LOGICAL, 3).budget(Budget.trials(40)));

    assertThat(result.trials()).isEqualTo(40);
    assertThat(trials(extended.ledger)).isEqualTo(expected);
    assertThat(extended.ledger.facts(NAME)).anyMatch(StudyEvent.StudyResumed.class::isInstance);
  }

  @Test
  void start_stoppedStudy_resumesWhatTheStopInterrupted() throws Exception {
    run(Order.LOGICAL, 3);
    List<String> expected = trials(ledger);
    var stopped = new RecoveryTest();
    var begun = new CountDownLatch(2);
    var moody = new MoodyEstimator(stopped.ledger);
    Study<Configuration> study =
        stopped
            .describe(Order.LOGICAL, 3)
            .startWith(
                (suggestion, evaluation) -> {
                  if (evaluation.attempt().trial().number() > 8) {
                    begun.countDown();
                    while (true) {
                      Thread.sleep(10_000); // until it is interrupted
                    }
                  }
                  return moody.evaluate(suggestion, evaluation);
                });
    begun.await();
    study.stop(true);
    StudyResult interrupted = Outcomes.of(study);
    assertThat(interrupted.state()).isEqualTo(StudyState.STOPPED);
    assertThat(interrupted.stopped()).isPositive();

    StudyResult result = stopped.run(Order.LOGICAL, 3);

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(result.stopped()).isZero();
    assertThat(trials(stopped.ledger)).isEqualTo(expected);
  }

  @Test
  void start_afterACrash_listenersLearnWhereItStands() {
    ledger.breakAfter(40);
    run(Order.ARRIVAL, 1);
    ledger.mend();
    List<StudyEvent> events = Collections.synchronizedList(new ArrayList<>());
    List<TrialId> earlier = Collections.synchronizedList(new ArrayList<>());

    run(
        describe(Order.ARRIVAL, 1)
            .listener(events::add)
            .earlierListener(trial -> earlier.add(trial.id())));

    assertThat(events.get(0)).isInstanceOf(StudyEvent.StudyStarted.class);
    assertThat(events).anyMatch(StudyEvent.StudyResumed.class::isInstance);
    Set<TrialId> all = new HashSet<>(earlier);
    for (StudyEvent event : events) {
      if (event instanceof StudyEvent.TrialEnded ended) {
        assertThat(all.add(ended.trial().id())).isTrue();
      }
    }
    assertThat(all).hasSize(30);
  }

  @Test
  void start_trialWhoseProcessEnded_isBookedAsLostAttempt() {
    ledger.breakAfter(3); // begun, asked, suggested
    run(Order.ARRIVAL, 1);
    ledger.mend();

    run(Order.ARRIVAL, 1);

    StudyEvent.AttemptFailed lost =
        ledger.facts(NAME).stream()
            .filter(StudyEvent.AttemptFailed.class::isInstance)
            .map(StudyEvent.AttemptFailed.class::cast)
            .findFirst()
            .orElseThrow();
    assertThat(lost.reason()).isEqualTo("its process ended");
    assertThat(lost.lost()).isTrue();
    assertThat(kept(ledger).trials().get(0).attempts()).isGreaterThan(1);
  }

  // Studies that are not the same

  @Test
  void start_otherDefinition_isRefusedWithWhatDiffers() {
    run(Order.ARRIVAL, 1);
    SearchSpace other =
        SearchSpace.builder()
            .add(FloatParameter.linear("x", 0, 2))
            .add(IntParameter.linear("n", 1, 1000))
            .build();

    assertThatThrownBy(
            () ->
                troupe
                    .study(NAME, other)
                    .ledger(SharedLedger.SETTING)
                    .home(home)
                    .seed(8)
                    .start((candidate, trial) -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Study 'kept': it must be the same as when it began")
        .hasMessageContaining("its seed was '7', and is '8'")
        .hasMessageContaining("its space was 'x: a number from 0.0 to 1.0'")
        .hasMessageContaining("--fresh");
    assertThat(ledger.facts(NAME)).noneMatch(StudyEvent.StudyResumed.class::isInstance);
  }

  @Test
  void start_strategyThatSuggestsOtherwise_isRefused() {
    ledger.breakAfter(50);
    run(Order.ARRIVAL, 1);
    ledger.mend();
    int facts = ledger.facts(NAME).size();

    assertThatThrownBy(
            () ->
                run(
                    describe(Order.ARRIVAL, 1)
                        .strategy(
                            Strategies.of(
                                "hash", request -> Strategies.random().factory().apply(request)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "its strategy 'hash' is not the one on record: for trial 1 it suggests");
    assertThat(ledger.facts(NAME)).hasSize(facts);
  }

  @Test
  void fresh_nameThatIsKept_beginsAnewBesideIt() {
    run(Order.ARRIVAL, 1);
    List<StudyEvent> before = ledger.facts(NAME);

    Study<Configuration> second =
        describe(Order.ARRIVAL, 1).fresh().startWith(new MoodyEstimator(ledger));
    Outcomes.of(second);
    Study<Configuration> third =
        describe(Order.ARRIVAL, 1).fresh().startWith(new MoodyEstimator(ledger));
    Outcomes.of(third);

    assertThat(second.name()).isEqualTo("kept-2");
    assertThat(third.name()).isEqualTo("kept-3");
    assertThat(ledger.facts(NAME)).isEqualTo(before);
    assertThat(ledger.facts("kept-2")).isNotEmpty();
  }

  @Test
  void open_afterACrash_handsOutAgainWhatACallerHad() throws Exception {
    StudyBuilder<Configuration> first =
        troupe.study(NAME, SPACE).ledger(SharedLedger.SETTING).home(home).budget(Budget.trials(2));
    ledger.breakAfter(3);
    Study<Configuration> study = first.open();
    Configuration had = ask(study).value();
    study.ask(); // nothing of it can be recorded
    Outcomes.of(study);
    ledger.mend();

    Study<Configuration> again =
        troupe
            .study(NAME, SPACE)
            .ledger(SharedLedger.SETTING)
            .home(home)
            .budget(Budget.trials(2))
            .open();
    Asked<Configuration> asked = ask(again);
    assertThat(asked.value()).isEqualTo(had);
    again.tell(asked, 0.5).toCompletableFuture().join();
    again.tell(ask(again), 0.25).toCompletableFuture().join();
    assertThat(again.ask().toCompletableFuture().join()).isEmpty();

    assertThat(Outcomes.of(again).completed()).isEqualTo(2);
    assertThat(kept(ledger).counts()).containsEntry(TrialState.COMPLETED, 2L);
  }

  // Time

  private StudyBuilder<Configuration> describe(Troupe simulation) {
    return simulation
        .study(NAME, SPACE)
        .ledger(SharedLedger.SETTING)
        .home(home)
        .parallelism(2)
        .order(Order.LOGICAL)
        .seed(3)
        .budget(Budget.unlimited().withVirtualTime(Duration.ofSeconds(50)));
  }

  private static Metrics spend(Suggestion suggestion, Evaluation evaluation) {
    double x = ((Suggestion.Evaluate) suggestion).candidate().getDouble("x");
    evaluation.spend(5);
    return Metrics.of("loss", x);
  }

  @Test
  void start_virtualTimeAfterACrash_clockGoesOnFromTheRecord() {
    try (Troupe simulation = Troupe.simulated(Simulation.of(2))) {
      ledger.breakAfter(18);
      Outcomes.of(describe(simulation).startWith(RecoveryTest::spend));
    }
    ledger.mend();
    Instant left = kept(ledger).last();

    StudyResult result;
    try (Troupe simulation = Troupe.simulated(Simulation.of(2))) {
      result = Outcomes.of(describe(simulation).startWith(RecoveryTest::spend));
    }

    assertThat(left).isAfter(Instant.EPOCH);
    assertThat(kept(ledger).last()).isEqualTo(Instant.EPOCH.plusSeconds(50));
    assertThat(result.virtualSeconds()).isEqualTo(50);
    assertThat(result.completed()).isGreaterThan(10);
    assertThat(ledger.facts(NAME))
        .filteredOn(StudyEvent.StudyResumed.class::isInstance)
        .allMatch(event -> ((StudyEvent.StudyResumed) event).at().equals(left));
  }

  @Test
  void start_otherClock_isRefused() {
    try (Troupe simulation = Troupe.simulated(Simulation.of(1))) {
      Outcomes.of(describe(simulation).budget(Budget.trials(2)).startWith(RecoveryTest::spend));
    }

    assertThatThrownBy(
            () -> describe(troupe).budget(Budget.trials(3)).startWith(RecoveryTest::spend))
        .hasMessageContaining("its clock was 'virtual', and is 'real'");
  }

  private static Asked<Configuration> ask(Study<Configuration> study) {
    return study.ask().toCompletableFuture().join().orElseThrow();
  }
}
