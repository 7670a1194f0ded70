package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.actor.LedgerReader;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.Order;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Trials that save themselves go on where they were, whenever their process or their worker ends,
 * and nobody can tell from the results. Strategy and pruner depend on every bit that they are told.
 */
@Timeout(300)
class CheckpointTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(IntParameter.linear("n", 1, 1000))
          .build();

  private static final String NAME = "saved";
  private static final int STEPS = 6;
  private static final AtomicLong HOMES = new AtomicLong();

  @TempDir private static Path homes;
  private static Troupe troupe;

  @BeforeAll
  static void start() {
    troupe = Troupe.start(Troupe.cpuSlots(3));
  }

  @AfterAll
  static void close() {
    troupe.close();
  }

  /** A study in a home of its own, and what its estimator did. */
  private static final class Run implements Estimator {

    final Path home = homes.resolve("home-" + HOMES.incrementAndGet());
    final SharedLedger ledger = SharedLedger.at(home);
    final AtomicInteger resumed = new AtomicInteger();
    private final String store;

    Run() {
      this("file");
    }

    Run(String store) {
      this.store = store;
    }

    /** A walk whose every step depends on all before; it saves itself after every other one. */
    @Override
    public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) {
      Configuration candidate = ((Suggestion.Evaluate) suggestion).candidate();
      long state = candidate.fingerprint();
      long from = 0;
      var restored = evaluation.restored();
      if (restored.isPresent()) {
        resumed.incrementAndGet();
        from = restored.get().step();
        state = state(restored.get());
      }
      for (long step = from + 1; step <= STEPS; step++) {
        Thread.yield();
        evaluation.spend(1);
        state = state * 6364136223846793005L + step;
        double loss = Math.floorMod(state, 1000L) / 1000.0;
        if (evaluation.report(step, Metrics.of("loss", loss)) != Verdict.CONTINUE) {
          return Metrics.none();
        }
        if (step % 2 == 0) {
          long now = state;
          evaluation.save(step, out -> out.write(bytes(now)));
        }
      }
      return Metrics.none();
    }

    private static byte[] bytes(long state) {
      return ByteBuffer.allocate(Long.BYTES).putLong(state).array();
    }

    private static long state(Checkpoint checkpoint) {
      try {
        return ByteBuffer.wrap(checkpoint.bytes()).getLong();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    StudyBuilder<Configuration> describe(Troupe where, Order order, int parallelism) {
      return where
          .study(NAME, SPACE)
          .ledger(SharedLedger.SETTING)
          .home(home)
          .checkpoints(store)
          .order(order)
          .lookahead(3)
          .parallelism(parallelism)
          .seed(7)
          .budget(Budget.trials(8))
          .strategy(Strategies.of("hash", request -> new HashStrategy(request, Long.MAX_VALUE)))
          .pruner(Pruners.of("hash", request -> HashStrategy::judge));
    }

    StudyResult run(Order order, int parallelism) {
      return Outcomes.of(describe(troupe, order, parallelism).startWith(this));
    }

    List<String> trials() {
      return KeptStudy.of(NAME, new LedgerReader.Recorded(ledger.facts(NAME), List.of()))
          .trials()
          .stream()
          .map(
              trial ->
                  "%s %s %s %s"
                      .formatted(
                          trial.id(),
                          trial.candidate(),
                          trial.end() == null ? "running" : trial.end().outcome(),
                          (trial.end() == null ? trial.measurements() : trial.end().measurements())
                              .stream().map(each -> each.step() + ":" + each.metrics()).toList()))
          .toList();
    }

    Path folder() {
      return home.resolve("checkpoints").resolve(NAME);
    }

    List<Path> files() {
      try (Stream<Path> files = Files.list(folder())) {
        return files.sorted().toList();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    /** Waits for what is removed in the background, where there are no files. */
    void awaitNothingKept() throws InterruptedException {
      for (int i = 0; i < 1000 && !SharedCheckpoints.attempts(home, NAME).isEmpty(); i++) {
        Thread.sleep(1);
      }
      assertThat(SharedCheckpoints.attempts(home, NAME)).isEmpty();
    }

    /** Waits for what is removed in the background. */
    void awaitNoFiles() throws InterruptedException {
      for (int i = 0; i < 1000 && !files().isEmpty(); i++) {
        Thread.sleep(10);
      }
      assertThat(files()).isEmpty();
    }

    List<StudyEvent.CheckpointSaved> checkpoints() {
      return ledger.facts(NAME).stream()
          .filter(StudyEvent.CheckpointSaved.class::isInstance)
          .map(StudyEvent.CheckpointSaved.class::cast)
          .toList();
    }

    Path file(StudyEvent.CheckpointSaved saved) {
      return folder()
          .resolve(
              new CheckpointKey(saved.attempt(), saved.step(), saved.id(), saved.bytes()).name());
    }
  }

  @ParameterizedTest
  @CsvSource({"LOGICAL, 1", "LOGICAL, 3", "ARRIVAL, 1", "ARRIVAL, 3"})
  void start_afterACrashAtAnyFact_goesOnFromCheckpoints(Order order, int parallelism)
      throws Exception {
    var whole = new Run(SharedCheckpoints.SETTING);
    StudyResult undisturbed = whole.run(order, parallelism);
    int facts = whole.ledger.facts(NAME).size();
    whole.awaitNothingKept();
    int resumed = 0;

    for (int place = 1; place < facts; place++) {
      var broken = new Run(SharedCheckpoints.SETTING);
      broken.ledger.breakAfter(place);
      broken.ledger.keepSnapshots(place % 2); // every other time
      broken.run(order, parallelism);
      broken.ledger.mend();
      StudyResult result = broken.run(order, parallelism);

      resumed += broken.resumed.get();
      assertThat(result.state()).as("broken at %d", place).isEqualTo(StudyState.DONE);
      assertThat(result.trials()).isEqualTo(8);
      if (order == Order.LOGICAL || parallelism == 1) {
        assertThat(broken.trials()).as("broken at %d", place).isEqualTo(whole.trials());
        assertThat(result.best().id()).isEqualTo(undisturbed.best().id());
      }
      // A larger budget makes a new strategy go through the whole record once more.
      Outcomes.of(
          broken.describe(troupe, order, parallelism).budget(Budget.trials(9)).startWith(broken));
      assertThat(broken.trials()).hasSize(9).noneMatch(trial -> trial.contains("running"));
      broken.awaitNothingKept();
    }
    assertThat(resumed).isGreaterThan(facts / 5);
  }

  @ParameterizedTest
  @CsvSource({"LOGICAL, 3", "ARRIVAL, 1"})
  void start_afterManyCrashes_trialsHaveAscendingStepsAndCountOnce(Order order, int parallelism) {
    var whole = new Run();
    whole.run(order, parallelism);
    var broken = new Run();
    int crashes = 0;
    broken.ledger.breakAfter(5);
    while (broken.run(order, parallelism).state() == StudyState.FAILED) {
      crashes++;
      broken.ledger.breakAfter(6 + crashes % 5);
    }

    assertThat(crashes).isGreaterThan(5);
    assertThat(broken.resumed.get()).isPositive();
    assertThat(broken.trials()).isEqualTo(whole.trials());
  }

  /** Breaks the study after the second checkpoint of its first trial. */
  private static Run interrupted() {
    var whole = new Run();
    whole.run(Order.LOGICAL, 1);
    List<StudyEvent> facts = whole.ledger.facts(NAME);
    List<StudyEvent.CheckpointSaved> saved = whole.checkpoints();
    StudyEvent second = saved.stream().filter(event -> event.step() == 4).findFirst().orElseThrow();
    var broken = new Run();
    broken.ledger.breakAfter(facts.indexOf(second) + 1);
    broken.run(Order.LOGICAL, 1);
    broken.ledger.mend();
    return broken;
  }

  private static StudyEvent.CheckpointSaved newest(Run run) {
    List<StudyEvent.CheckpointSaved> saved = run.checkpoints();
    return saved.get(saved.size() - 1);
  }

  private static List<Long> resumptions(Run run) {
    var steps = new ArrayList<Long>();
    for (StudyEvent event : run.ledger.facts(NAME)) {
      if (event instanceof StudyEvent.AttemptResumed resumed) {
        steps.add(resumed.step());
      }
    }
    return steps;
  }

  @Test
  void start_newestCheckpointIsIntact_goesOnFromThere() {
    Run run = interrupted();

    run.run(Order.LOGICAL, 1);

    assertThat(resumptions(run)).containsExactly(4L);
  }

  @Test
  void start_newestCheckpointIsDamaged_goesOnFromTheOneBefore() throws Exception {
    Run run = interrupted();
    Path file = run.file(newest(run));
    byte[] bytes = Files.readAllBytes(file);
    bytes[3] ^= 1;
    Files.write(file, bytes);

    run.run(Order.LOGICAL, 1);

    assertThat(resumptions(run)).containsExactly(2L);
    assertUndisturbed(run);
  }

  @Test
  void start_allCheckpointsAreDamaged_beginsAnew() throws Exception {
    Run run = interrupted();
    for (Path file : run.files()) {
      Files.write(file, new byte[3]);
    }

    run.run(Order.LOGICAL, 1);

    assertThat(resumptions(run)).isEmpty();
    assertUndisturbed(run);
  }

  private static void assertUndisturbed(Run run) throws InterruptedException {
    var whole = new Run();
    whole.run(Order.LOGICAL, 1);
    assertThat(run.trials()).isEqualTo(whole.trials());
    run.awaitNoFiles();
  }

  @Test
  void start_leftoversOfAKilledProcess_areSweptAway() throws Exception {
    Run run = interrupted();
    Files.writeString(run.folder().resolve("1-1-cafe.part"), "interrupted");
    Files.writeString(run.folder().resolve("1-1-5-" + "0".repeat(64)), "not on record");

    run.run(Order.LOGICAL, 1);

    run.awaitNoFiles();
  }

  @Test
  void start_folderThatCannotBeWritten_trialsGoOnWithout() throws Exception {
    var run = new Run();
    Files.createDirectories(run.home);
    Files.writeString(run.home.resolve("checkpoints"), "in the way");

    StudyResult result = run.run(Order.LOGICAL, 3);

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(run.checkpoints()).isEmpty();
    var whole = new Run();
    whole.run(Order.LOGICAL, 3);
    assertThat(run.trials()).isEqualTo(whole.trials());
  }

  @Test
  void checkpoints_none_nothingIsSaved() {
    var run = new Run();

    Outcomes.of(run.describe(troupe, Order.LOGICAL, 1).checkpoints("none").startWith(run));

    assertThat(run.checkpoints()).isEmpty();
    assertThat(run.folder()).doesNotExist();
  }

  /** Leaves its number, and adds up what all trials before it have left. */
  private static Metrics heir(Evaluation evaluation, Map<Long, Long> inherited) {
    long number = evaluation.attempt().trial().number();
    long sum = 0;
    for (long other = 1; other < number; other++) {
      sum += evaluation.left(TrialId.of(other)).map(bytes -> (long) bytes[0]).orElse(0L);
    }
    inherited.put(number, sum);
    assertThat(evaluation.leave(out -> out.write((int) number))).isTrue();
    return Metrics.of("loss", 1.0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", SharedCheckpoints.SETTING})
  void left_byTrialsBefore_isThereForTheLifeOfTheStudy(String store) {
    var run = new Run(store);
    var inherited = new ConcurrentHashMap<Long, Long>();
    StudyBuilder<Configuration> study = run.describe(troupe, Order.LOGICAL, 1);

    Outcomes.of(
        study
            .budget(Budget.trials(3))
            .startWith((suggestion, evaluation) -> heir(evaluation, inherited)));
    Outcomes.of(
        study
            .budget(Budget.trials(5))
            .startWith((suggestion, evaluation) -> heir(evaluation, inherited)));

    assertThat(inherited).isEqualTo(Map.of(1L, 0L, 2L, 1L, 3L, 3L, 4L, 6L, 5L, 10L));
  }

  @Test
  void left_byAnEarlierStudyOfTheName_isGone() throws Exception {
    var run = new Run();
    Path folder = Files.createDirectories(run.folder().resolve("weights"));
    Path file = folder.resolve("left-1-1-5-" + "0".repeat(64));
    Files.writeString(file, "stale");

    run.run(Order.LOGICAL, 1);

    assertThat(file).doesNotExist();
  }

  @Test
  void retries_afterAFailure_trialBeginsAnew() {
    var run = new Run();
    var calls = new AtomicInteger();

    Outcomes.of(
        run.describe(troupe, Order.LOGICAL, 1)
            .budget(Budget.trials(1))
            .retries(1)
            .start(
                (candidate, trial) -> {
                  assertThat(trial.restored()).isEmpty();
                  trial.report(1, 0.0);
                  assertThat(trial.save(1, new byte[] {1})).isTrue();
                  if (calls.incrementAndGet() == 1) {
                    throw new IllegalStateException("of its own");
                  }
                  return 0.5;
                }));

    assertThat(calls.get()).isEqualTo(2);
    assertThat(resumptions(run)).isEmpty();
  }

  @Test
  void restored_afterTheFirstReport_isNothing() {
    Run run = interrupted();
    var restored = new ArrayList<Boolean>();

    Outcomes.of(
        run.describe(troupe, Order.LOGICAL, 1)
            .startWith(
                (suggestion, evaluation) -> {
                  evaluation.report(1, Metrics.of("loss", 0.5));
                  restored.add(evaluation.restored().isPresent());
                  return Metrics.none();
                }));

    assertThat(restored).isNotEmpty().doesNotContain(true);
    assertThat(resumptions(run)).isEmpty();
  }

  @Test
  void simulated_workersThatDie_trialsGoOnAndNothingChanges() {
    var whole = new Run();
    List<String> expected = simulated(whole, Simulation.of(3));
    var mortal = new Run();

    List<String> trials =
        simulated(
            mortal, Simulation.of(3).withDeaths(Duration.ofSeconds(15), Duration.ofSeconds(1)));

    assertThat(mortal.resumed.get()).isPositive();
    assertThat(trials).isEqualTo(expected);
    assertThat(resumptions(mortal)).hasSizeGreaterThanOrEqualTo(mortal.resumed.get());
  }

  private static List<String> simulated(Run run, Simulation plan) {
    try (Troupe simulation = Troupe.simulated(plan)) {
      StudyResult result = Outcomes.of(run.describe(simulation, Order.LOGICAL, 3).startWith(run));
      assertThat(result.trials()).isEqualTo(8);
    }
    return run.trials();
  }
}
