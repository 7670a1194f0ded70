package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.actor.LedgerReader;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.LogRange;
import dev.troupe.space.Range;
import dev.troupe.space.RecordSpace;
import dev.troupe.space.Require;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Instruction;
import dev.troupe.study.Order;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a running study can be asked, and that it stays so when it is taken up again. */
@Timeout(120)
class ControlTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(IntParameter.linear("n", 1, 1000))
          .build();

  private static final String NAME = "controlled";
  private static final AtomicLong HOMES = new AtomicLong();

  private static Troupe troupe;

  private final Path home = Path.of("control-" + HOMES.incrementAndGet());
  private final SharedLedger ledger = SharedLedger.at(home);

  /** A record that is a space. */
  @Require("layers < 3 or bias")
  record Mlp(
      @LogRange(low = 1e-4, high = 1e-1) double learningRate,
      @Range(low = 1, high = 3) int layers,
      boolean bias) {}

  @BeforeAll
  static void start() {
    troupe = Troupe.start(Troupe.cpuSlots(3));
  }

  @AfterAll
  static void close() {
    troupe.close();
  }

  private static <V> V await(CompletionStage<V> stage) {
    try {
      return stage.toCompletableFuture().get(20, TimeUnit.SECONDS);
    } catch (ExecutionException | TimeoutException e) {
      throw new AssertionError(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }

  private StudyBuilder<Configuration> describe(Order order) {
    return troupe
        .study(NAME, SPACE)
        .ledger(SharedLedger.SETTING)
        .home(home)
        .order(order)
        .lookahead(2)
        .seed(7)
        .budget(Budget.trials(6))
        .strategy(Strategies.of("hash", request -> new HashStrategy(request, Long.MAX_VALUE)));
  }

  private static Configuration candidate(int n) {
    return Configuration.of(Map.of("x", 0.5, "n", n));
  }

  private static double loss(Configuration candidate) {
    return Math.floorMod(candidate.fingerprint(), 1000L) / 1000.0;
  }

  /** Evaluates one trial. */
  private static boolean evaluate(Study<Configuration> study) {
    Optional<Asked<Configuration>> asked = await(study.ask());
    asked.ifPresent(trial -> await(study.tell(trial, loss(trial.value()))));
    return asked.isPresent();
  }

  private static StudyResult evaluateAll(Study<Configuration> study) {
    while (evaluate(study)) {
      // the next one
    }
    return Outcomes.of(study);
  }

  /** A study of six trials in which a lot is asked, always at the same places. */
  private StudyResult runControlled(Order order) {
    Study<Configuration> study = describe(order).open();
    evaluate(study);
    evaluate(study);
    await(study.enqueue(candidate(17)));
    evaluate(study);
    await(study.pause());
    await(study.parallelism(2));
    CompletionStage<Optional<Asked<Configuration>>> asked = study.ask();
    await(study.enqueue(candidate(18)));
    await(study.enqueue(candidate(19)));
    assertThat(asked.toCompletableFuture()).isNotDone();
    await(study.resume());
    Asked<Configuration> eighteen = await(asked).orElseThrow();
    await(study.tell(eighteen, loss(eighteen.value())));
    await(study.extend(Budget.trials(9)));
    return evaluateAll(study);
  }

  private static KeptStudy kept(SharedLedger ledger) {
    return KeptStudy.of(NAME, new LedgerReader.Recorded(ledger.facts(NAME), List.of()));
  }

  private static List<String> trials(SharedLedger ledger) {
    return kept(ledger).trials().stream()
        .map(trial -> "%s %s %s".formatted(trial.id(), trial.candidate(), trial.metrics()))
        .toList();
  }

  private static List<Instruction> instructions(List<StudyEvent> facts) {
    var instructions = new ArrayList<Instruction>();
    for (StudyEvent event : facts) {
      if (event instanceof StudyEvent.StudyInstructed instructed) {
        instructions.add(instructed.instruction());
      }
    }
    return instructions;
  }

  @Test
  void instructions_areFollowedInTurn() {
    StudyResult result = runControlled(Order.ARRIVAL);

    assertThat(result.completed()).isEqualTo(9);
    assertThat(result.reason()).isEqualTo("the budget of 9 trials is spent");
    List<KeptTrial> trials = kept(ledger).trials();
    for (int n = 17; n <= 19; n++) {
      assertThat(trials.get(n - 15).candidate()).isEqualTo(candidate(n));
    }
    assertThat(instructions(ledger.facts(NAME)))
        .containsExactly(
            new Instruction.Enqueue(candidate(17)),
            new Instruction.Pause(),
            new Instruction.Parallelism(2),
            new Instruction.Enqueue(candidate(18)),
            new Instruction.Enqueue(candidate(19)),
            new Instruction.Resume(),
            new Instruction.Extend(Budget.trials(9)));
    assertThat(ledger.facts(NAME))
        .filteredOn(StudyEvent.StudyInstructed.class::isInstance)
        .allMatch(event -> ((StudyEvent.StudyInstructed) event).by().equals("its own program"));
  }

  /** The process may end after any fact; what was asked by then holds, and is done once. */
  @ParameterizedTest
  @EnumSource(Order.class)
  void start_afterACrashAtAnyFact_whatWasAskedHolds(Order order) {
    runControlled(order);
    List<StudyEvent> facts = ledger.facts(NAME);
    List<String> expected = trials(ledger);

    for (int place = 1; place < facts.size(); place++) {
      if (facts.get(place - 1) instanceof StudyEvent.StrategyAsked asked && asked.made() > 0) {
        continue; // it is one with its suggestions
      }
      List<StudyEvent> prefix = facts.subList(0, place);
      List<Instruction> asked = instructions(prefix);
      var broken = new ControlTest();
      broken.ledger.copy(NAME, prefix);
      boolean paused = kept(broken.ledger).paused();

      Study<Configuration> study = broken.describe(order).open();
      if (paused) {
        CompletionStage<Optional<Asked<Configuration>>> first = study.ask();
        await(study.parallelism(2)); // so far everything has been done
        assertThat(first.toCompletableFuture()).as("broken at %d", place).isNotDone();
        await(study.resume());
        Asked<Configuration> trial = await(first).orElseThrow();
        await(study.tell(trial, loss(trial.value())));
      }
      evaluateAll(study);

      boolean extended = asked.contains(new Instruction.Extend(Budget.trials(9)));
      List<String> trials = trials(broken.ledger);
      assertThat(trials).as("broken at %d", place).hasSize(extended ? 9 : 6);
      for (int n = 17; n <= 19; n++) {
        long expectedTimes = asked.contains(new Instruction.Enqueue(candidate(n))) ? 1 : 0;
        Configuration candidate = candidate(n);
        assertThat(kept(broken.ledger).trials())
            .as("broken at %d", place)
            .filteredOn(trial -> candidate.equals(trial.candidate()))
            .hasSize((int) expectedTimes);
      }
      assertThat(kept(broken.ledger).counts()).containsOnlyKeys(TrialState.COMPLETED);
      if (asked.contains(new Instruction.Resume())) {
        assertThat(trials).as("broken at %d", place).isEqualTo(expected.subList(0, trials.size()));
      }
      // A larger budget makes a new strategy go through the whole record once more.
      evaluateAll(broken.describe(order).budget(Budget.trials(10)).open());
      assertThat(trials(broken.ledger)).hasSize(10);
    }
  }

  @Test
  void enqueue_record_isReadAndCheckedAgainstTheSpace() {
    Study<Mlp> study =
        troupe
            .study("records", RecordSpace.of(Mlp.class))
            .budget(Budget.trials(1))
            .ledger("memory")
            .open();
    var mlp = new Mlp(0.01, 3, true);

    assertThatThrownBy(() -> study.enqueue(new Mlp(0.01, 3, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layers < 3 or bias");
    assertThatThrownBy(() -> study.enqueue(new Mlp(7, 1, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("learning-rate");
    await(study.enqueue(mlp));
    Asked<Mlp> asked = await(study.ask()).orElseThrow();

    assertThat(asked.value()).isEqualTo(mlp);
    await(study.tell(asked, 0.5));
    assertThat(await(study.ask())).isEmpty();
    assertThat(Outcomes.of(study).completed()).isEqualTo(1);
  }

  @Test
  void extend_endedStudy_isRefusedButItsRecordCanBeExtended() {
    runControlled(Order.ARRIVAL);
    Study<Configuration> ended = describe(Order.ARRIVAL).open();

    assertThat(Outcomes.of(ended).completed()).as("the file's budget of 6 is no more").isEqualTo(9);
    assertThat(ended.extend(Budget.trials(12)))
        .failsWithin(Duration.ofSeconds(10))
        .withThrowableOfType(ExecutionException.class)
        .withCauseInstanceOf(IllegalStateException.class)
        .withMessageContaining("it has ended");
  }

  @Test
  void parallelism_logicalOrder_changesNoTrial() {
    var plain = new ControlTest();
    Outcomes.of(
        plain.describe(Order.LOGICAL).budget(Budget.trials(40)).start((x, trial) -> loss(x)));
    var seen = new AtomicInteger();
    var handle = new CompletableFuture<Study<Configuration>>();

    handle.complete(
        describe(Order.LOGICAL)
            .budget(Budget.trials(40))
            .start(
                (x, trial) -> {
                  if (seen.incrementAndGet() == 5) {
                    await(handle.get().parallelism(3));
                  }
                  return loss(x);
                }));

    assertThat(Outcomes.of(handle.join()).completed()).isEqualTo(40);
    assertThat(trials(ledger)).isEqualTo(trials(plain.ledger));
    assertThat(instructions(ledger.facts(NAME))).containsExactly(new Instruction.Parallelism(3));
  }

  @Test
  void pause_closedTroupe_staysPausedUntilItIsResumed() throws Exception {
    var seen = new AtomicInteger();
    var paused = new CountDownLatch(1);
    var handle = new CompletableFuture<Study<Configuration>>();
    try (Troupe first = Troupe.start(Troupe.cpuSlots(1))) {
      handle.complete(
          first
              .study(NAME, SPACE)
              .ledger(SharedLedger.SETTING)
              .home(home)
              .budget(Budget.trials(6))
              .start(
                  (x, trial) -> {
                    if (seen.incrementAndGet() == 2) {
                      await(handle.get().pause());
                      paused.countDown();
                    }
                    return loss(x);
                  }));
      assertThat(paused.await(20, TimeUnit.SECONDS)).isTrue();
    }
    assertThat(kept(ledger).paused()).isTrue();

    Study<Configuration> again =
        troupe
            .study(NAME, SPACE)
            .ledger(SharedLedger.SETTING)
            .home(home)
            .budget(Budget.trials(6))
            .start((x, trial) -> loss(x));
    assertThatThrownBy(() -> again.outcome().toCompletableFuture().get(100, TimeUnit.MILLISECONDS))
        .isInstanceOf(TimeoutException.class);
    await(again.resume());

    assertThat(Outcomes.of(again).completed()).isEqualTo(6);
    assertThat(kept(ledger).paused()).isFalse();
  }

  @Test
  void stop_softly_isOnRecordWithWhoAsked() {
    var running = new CountDownLatch(1);
    var release = new CountDownLatch(1);
    Study<Configuration> study =
        describe(Order.ARRIVAL)
            .start(
                (x, trial) -> {
                  running.countDown();
                  release.await();
                  return loss(x);
                });
    awaitLatch(running);
    study.stop(false);
    settled(study);
    release.countDown();

    assertThat(Outcomes.of(study).state()).isEqualTo(StudyState.STOPPED);
    assertThat(instructions(ledger.facts(NAME))).startsWith(new Instruction.Stop(false));
  }

  /** Waits until all is done that was asked before. */
  private static void settled(Study<?> study) {
    await(study.parallelism(1).handle((done, refusal) -> true));
  }

  private static void awaitLatch(CountDownLatch latch) {
    try {
      assertThat(latch.await(20, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** A virtual clock must neither run on while a study is paused, nor never again. */
  @Test
  void pause_virtualClock_waits() throws Exception {
    var seen = new AtomicInteger();
    var paused = new CountDownLatch(1);
    var handle = new CompletableFuture<Study<Configuration>>();
    try (Troupe simulation = Troupe.simulated(Simulation.of(1))) {
      handle.complete(
          simulation
              .study(NAME, SPACE)
              .budget(Budget.unlimited().withVirtualTime(Duration.ofSeconds(50)))
              .start(
                  (x, trial) -> {
                    if (seen.incrementAndGet() == 3) {
                      await(handle.get().pause());
                      paused.countDown();
                    }
                    trial.spend(5);
                    return loss(x);
                  }));
      Study<Configuration> study = handle.join();
      assertThat(paused.await(20, TimeUnit.SECONDS)).isTrue();
      assertThatThrownBy(
              () -> study.outcome().toCompletableFuture().get(100, TimeUnit.MILLISECONDS))
          .isInstanceOf(TimeoutException.class);
      assertThat(seen).hasValue(3);
      await(study.resume());

      StudyResult result = Outcomes.of(study);
      assertThat(result.virtualSeconds()).isEqualTo(50);
      assertThat(result.completed()).isEqualTo(10);
    }
  }
}
