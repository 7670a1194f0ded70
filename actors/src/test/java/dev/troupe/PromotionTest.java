package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.actor.LedgerReader;
import dev.troupe.actor.RecordCheck;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Order;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trials that pause at a low fidelity and go on under the same number. */
@Timeout(300)
class PromotionTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(IntParameter.linear("n", 1, 1000))
          .build();

  private static final String NAME = "promoted";
  private static final int EPOCHS = 9;
  private static final int TRIALS = 24;
  private static final AtomicLong HOMES = new AtomicLong();

  private static Troupe troupe;

  private final Path home = Path.of("promotion-" + HOMES.incrementAndGet());
  private final SharedLedger ledger = SharedLedger.at(home);
  private final Training training = new Training(true);

  @BeforeAll
  static void start() {
    troupe = Troupe.start(Troupe.cpuSlots(4));
  }

  @AfterAll
  static void close() {
    troupe.close();
  }

  private static double loss(Configuration candidate, long epoch) {
    return Math.abs(candidate.getDouble("x") - 0.3) + 1.0 / epoch;
  }

  /** Fails as one candidate in nine wants, and diverges at the third epoch as one in seven does. */
  private static boolean fails(Configuration candidate, long epoch) {
    return epoch == 2 && Math.floorMod(candidate.fingerprint(), 9L) == 0;
  }

  private static Metrics metrics(Configuration candidate, long epoch) {
    boolean diverged = epoch > 2 && Math.floorMod(candidate.fingerprint(), 7L) == 0;
    return Metrics.of("loss", diverged ? Double.NaN : loss(candidate, epoch));
  }

  /** Trains epoch by epoch; saves where it stands at the end, if it is one that does. */
  private static final class Training implements Estimator {

    final AtomicLong epochs = new AtomicLong();
    private final boolean saves;

    Training(boolean saves) {
      this.saves = saves;
    }

    @Override
    public List<FidelityRange> fidelities() {
      return List.of(new FidelityRange("epochs", 1, EPOCHS));
    }

    @Override
    public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws IOException {
      var evaluate = (Suggestion.Evaluate) suggestion;
      long wanted = (long) evaluate.fidelity().amount("epochs", EPOCHS);
      Optional<Checkpoint> before = saves ? evaluation.restored() : Optional.empty();
      long first = before.isEmpty() ? 1 : before.get().step() + 1;
      Metrics last = Metrics.none();
      for (long epoch = first; epoch <= wanted; epoch++) {
        epochs.incrementAndGet();
        if (fails(evaluate.candidate(), epoch)) {
          throw new IllegalStateException("in a bad mood");
        }
        last = metrics(evaluate.candidate(), epoch);
        if (evaluation.report(epoch, last) != Verdict.CONTINUE) {
          return Metrics.none();
        }
      }
      if (saves) {
        evaluation.save(wanted, out -> out.write(1));
      }
      return last;
    }
  }

  private StudyBuilder<Configuration> describe(String strategy, Order order, int parallelism) {
    return troupe
        .study(NAME, SPACE)
        .ledger(SharedLedger.SETTING)
        .home(home)
        .checkpoints("memory")
        .order(order)
        .lookahead(3)
        .parallelism(parallelism)
        .seed(11)
        .budget(Budget.trials(TRIALS))
        .strategy(Strategies.named(strategy, Map.of()));
  }

  private StudyResult run(StudyBuilder<Configuration> builder) {
    return Outcomes.of(builder.startWith(training));
  }

  private List<KeptTrial> kept() {
    return KeptStudy.of(NAME, new LedgerReader.Recorded(ledger.facts(NAME), List.of())).trials();
  }

  private List<String> trials() {
    return kept().stream()
        .map(
            trial ->
                "%s %s %s %s %s"
                    .formatted(
                        trial.id(),
                        trial.state(),
                        trial.suggestion().unexplained(),
                        trial.metrics(),
                        steps(trial)))
        .toList();
  }

  private static List<Long> steps(KeptTrial trial) {
    return trial.measurements().stream().map(Measurement::step).toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"asha", "hyperband", "successive-halving", "bohb"})
  void start_promotionStrategy_resumesUnderTheSameIdAndPaysForTheRestAlone(String strategy) {
    StudyResult result = run(describe(strategy, Order.ARRIVAL, 2));

    assertThat(result.completed()).isPositive();
    assertThat(result.paused()).isPositive();
    assertThat(result.trials() + result.paused()).isEqualTo(TRIALS);
    List<KeptTrial> trials = kept();
    assertThat(trials).hasSize(TRIALS);
    long farthest = 0;
    for (KeptTrial trial : trials) {
      int last = trial.measurements().size();
      assertThat(steps(trial)).isEqualTo(LongStream.rangeClosed(1, last).boxed().toList());
      if (trial.state() == TrialState.COMPLETED) {
        assertThat(last).isEqualTo(EPOCHS);
      }
      farthest += last + (trial.state() == TrialState.FAILED && last == 1 ? 1 : 0);
    }
    assertThat(training.epochs.get()).isEqualTo(farthest);
  }

  @Test
  void start_estimatorThatSavesNothing_beginsAnewAndIsChargedForIt() {
    var forgetful = new Training(false);

    StudyResult result = Outcomes.of(describe("asha", Order.ARRIVAL, 1).startWith(forgetful));

    assertThat(result.completed()).isPositive();
    long kept = kept().stream().mapToLong(trial -> trial.measurements().size()).sum();
    assertThat(forgetful.epochs.get()).isGreaterThan(kept);
    for (KeptTrial trial : kept()) {
      assertThat(steps(trial)).doesNotHaveDuplicates().isSorted();
    }
  }

  @ParameterizedTest
  @CsvSource({"asha, LOGICAL, false", "hyperband, LOGICAL, true", "dehb, LOGICAL, true"})
  void start_afterACrashAtAnyFact_goesOnAsIfThereHadBeenNone(
      String strategy, Order order, boolean snapshots) {
    run(describe(strategy, order, 3));
    List<String> expected = trials();
    int facts = ledger.facts(NAME).size();

    for (int crash = 3; crash < facts; crash += 1 + facts / 25) {
      Path other = Path.of(home + "-" + crash);
      SharedLedger broken = SharedLedger.at(other);
      if (snapshots) {
        broken.keepSnapshots(5);
      }
      broken.breakAfter(crash);
      Outcomes.of(describe(strategy, order, 3).home(other).startWith(training));
      broken.mend();
      Outcomes.of(describe(strategy, order, 2).home(other).startWith(training));

      ledger.copy(NAME, broken.facts(NAME));
      assertThat(trials()).as("after a crash at fact %d", crash).isEqualTo(expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"asha", "successive-halving", "bohb"})
  void start_inLogicalOrder_givesTheSameTrialsOnAnyNumberOfSlots(String strategy) {
    run(describe(strategy, Order.LOGICAL, 1));
    List<String> one = trials();
    ledger.copy(NAME, List.of());
    run(describe(strategy, Order.LOGICAL, 4));

    assertThat(trials()).isEqualTo(one);
  }

  @Test
  void start_withALargerBudget_resumesWhatWasPaused() {
    run(describe("asha", Order.ARRIVAL, 1));
    long completed = kept().stream().filter(trial -> trial.state() == TrialState.COMPLETED).count();

    StudyResult more = run(describe("asha", Order.ARRIVAL, 1).budget(Budget.trials(4 * TRIALS)));

    assertThat(more.completed()).isGreaterThan(completed);
    List<Long> resumed =
        ledger.facts(NAME).stream()
            .filter(StudyEvent.TrialSuggested.class::isInstance)
            .map(StudyEvent.TrialSuggested.class::cast)
            .filter(StudyEvent.TrialSuggested::resumes)
            .map(event -> event.trial().number())
            .toList();
    assertThat(resumed).anyMatch(number -> number <= TRIALS);
    assertThat(kept()).hasSize(4 * TRIALS);
  }

  @Test
  void check_ofAPromotingStudy_suggestsAllThatIsOnRecord() {
    run(describe("hyperband", Order.ARRIVAL, 4));

    RecordCheck check = describe("hyperband", Order.ARRIVAL, 4).check(training);

    assertThat(check.isEqual()).isTrue();
    assertThat(check.suggestions()).isGreaterThan(TRIALS);
  }

  @Test
  void start_withAPrunerInLogicalOrder_isRefused() {
    StudyBuilder<Configuration> builder =
        describe("asha", Order.LOGICAL, 1)
            .pruner(Pruners.of("never", request -> (trial, ended, active) -> Verdict.CONTINUE));

    assertThatThrownBy(() -> builder.startWith(training))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pauses and resumes trials, and no pruner can judge beside it");
  }

  /** Each epoch takes a second. */
  private static final class Played implements SimulatedEstimator {

    @Override
    public List<FidelityRange> fidelities() {
      return List.of(new FidelityRange("epochs", 1, EPOCHS));
    }

    @Override
    public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
      long wanted = (long) suggestion.fidelity().amount("epochs", EPOCHS);
      var points = new ArrayList<Playback.Point>();
      for (long epoch = 1; epoch <= wanted; epoch++) {
        Metrics metrics = Metrics.of("loss", loss(suggestion.candidate(), epoch));
        points.add(new Playback.Point(epoch, metrics, epoch));
      }
      return Playback.of(points);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 16})
  void start_onTheVirtualClock_takesTheTimeOfTheRestAlone(int workers) {
    try (Troupe simulated = Troupe.simulated(Simulation.of(workers))) {
      StudyResult result =
          Outcomes.of(
              simulated
                  .study(NAME, SPACE)
                  .ledger(SharedLedger.SETTING)
                  .home(home)
                  .parallelism(workers)
                  .seed(5)
                  .budget(Budget.trials(200))
                  .strategy(Strategies.named("asha", Map.of()))
                  .startWith(new Played()));

      double epochs = kept().stream().mapToLong(trial -> trial.measurements().size()).sum();
      assertThat(result.deviceHours() * 3600).isCloseTo(epochs, within(1e-6));
      assertThat(result.utilisationWhileSuggesting()).isGreaterThan(0.95);
      for (KeptTrial trial : kept()) {
        Measurement last = trial.measurements().get(trial.measurements().size() - 1);
        assertThat(last.seconds()).isCloseTo(last.step(), within(1e-6));
      }
    }
  }
}
