package dev.troupe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Order;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Under logical order one seed gives the same trials on any number of slots, whatever the timings.
 * The strategy and the pruner of these tests depend on every bit that they are told, and the
 * evaluations take random times: if anything leaked from the timing, the runs would part.
 */
@Timeout(120)
class LogicalOrderTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(FloatParameter.log("rate", 1e-4, 1))
          .add(IntParameter.linear("n", 1, 1000))
          .build();

  private static final int SEEDS = 36;
  private static final int[] SLOTS = {1, 2, 8, 64};

  private static final AtomicLong STUDIES = new AtomicLong();

  /** How many attempts were lost with their workers, in all studies. */
  private static final AtomicLong LOSSES = new AtomicLong();

  private static final Map<Integer, Troupe> TROUPES = new TreeMap<>();

  @BeforeAll
  static void start() {
    for (int slots : SLOTS) {
      TROUPES.put(slots, Troupe.start(Troupe.cpuSlots(slots)));
    }
  }

  @AfterAll
  static void close() {
    TROUPES.values().forEach(Troupe::close);
  }

  /** One study, but for where it runs. */
  private record Plan(long seed, int lookahead, Budget budget, long suggestions, boolean prunes) {

    static Plan of(long seed) {
      int[] lookaheads = {1, 2, 5};
      Budget[] budgets = {
        Budget.trials(25),
        Budget.trials(200).withTarget(0.1),
        Budget.trials(200).withNoImprovement(9),
        Budget.unlimited()
      };
      return new Plan(
          seed,
          lookaheads[(int) (seed % 3)],
          budgets[(int) (seed / 3 % 4)],
          budgets[(int) (seed / 3 % 4)].trials() == null ? 30 : Long.MAX_VALUE,
          seed % 5 != 0);
    }

    Report run(int slots, int parallelism) {
      return run(requireNonNull(TROUPES.get(slots)), parallelism);
    }

    /** Runs it once on workers that do not exist, some of which die. */
    Report runVirtually(int slots, long mishaps) {
      Simulation plan =
          Simulation.of(slots)
              .withStragglers(0.1, 10)
              .withDeaths(Duration.ofSeconds(20), Duration.ofSeconds(1))
              .withSeed(mishaps);
      try (Troupe troupe = Troupe.simulated(plan)) {
        return run(troupe, slots);
      }
    }

    private Report run(Troupe troupe, int parallelism) {
      List<EndedTrial> ended = Collections.synchronizedList(new ArrayList<>());
      var losses = new AtomicLong();
      StudyBuilder<Configuration> builder =
          describe(troupe, parallelism, "study-" + STUDIES.incrementAndGet())
              .listener(
                  event -> {
                    if (event instanceof StudyEvent.TrialEnded end) {
                      ended.add(end.trial());
                    } else if (event instanceof StudyEvent.AttemptFailed failed && failed.lost()) {
                      losses.incrementAndGet();
                    }
                  });
      StudyResult result = Outcomes.of(builder.startWith(new MoodyEstimator()));
      return Report.of(result, ended, losses.get());
    }

    private StudyBuilder<Configuration> describe(Troupe troupe, int parallelism, String name) {
      StudyBuilder<Configuration> builder =
          troupe
              .study(name, SPACE)
              .order(Order.LOGICAL)
              .lookahead(lookahead)
              .parallelism(parallelism)
              .seed(seed)
              .retries(1)
              .budget(budget)
              .strategy(Strategies.of("hash", request -> new HashStrategy(request, suggestions)));
      if (prunes) {
        builder.pruner(Pruners.of("hash", request -> HashStrategy::judge));
      }
      return builder;
    }
  }

  /**
   * What came of a study, without seconds.
   *
   * @param trials all that ended, by number
   * @param best the number of the best one
   * @param reason why it ended
   * @param states which ends there were
   */
  private record Report(List<String> trials, String best, String reason, Set<TrialState> states) {

    static Report of(StudyResult result, List<EndedTrial> ended, long losses) {
      assertThat(result.state()).as(result.reason()).isEqualTo(StudyState.DONE);
      LOSSES.addAndGet(losses);
      var sorted = new ArrayList<>(ended);
      sorted.sort(Comparator.comparing(EndedTrial::id));
      var states = EnumSet.noneOf(TrialState.class);
      sorted.forEach(trial -> states.add(trial.state()));
      EndedTrial best = result.best();
      return new Report(
          sorted.stream().map(Report::describe).toList(),
          best == null ? "none" : describe(best),
          result.reason(),
          states);
    }

    private static String describe(EndedTrial trial) {
      return "%s %s %s %s %s"
          .formatted(
              trial.id(),
              trial.state(),
              trial.candidate(),
              trial.outcome(),
              trial.measurements().stream().map(Report::describe).toList());
    }

    private static String describe(Measurement measurement) {
      return measurement.step() + ":" + measurement.metrics();
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void run_anySlotsAndTimings_sameTrialsAndSameBest(long third) {
    for (long seed = third; seed < SEEDS; seed += 3) {
      Plan plan = Plan.of(seed);
      Report first = plan.run(1, 1);

      assertThat(first.trials()).as("seed %d", seed).isNotEmpty();
      for (int slots : TROUPES.keySet()) {
        for (int parallelism : new int[] {slots, 8}) {
          assertThat(plan.run(slots, parallelism))
              .as("%s on %d slots, parallelism %d", plan, slots, parallelism)
              .isEqualTo(first);
        }
      }
    }
  }

  @Test
  void run_workersThatStraggleAndDie_sameTrialsAndSameBest() {
    LOSSES.set(0);
    for (long seed = 0; seed < SEEDS; seed += 2) {
      Plan plan = Plan.of(seed);
      Report first = plan.run(1, 1);

      for (int slots : SLOTS) {
        assertThat(plan.runVirtually(slots, seed + slots))
            .as("%s on %d workers", plan, slots)
            .isEqualTo(first);
      }
    }

    assertThat(LOSSES.get()).isGreaterThan(SEEDS);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 8, 64})
  void run_crashesInTheMiddle_sameTrialsAndSameBest(int slots) {
    for (long seed = 0; seed < 6; seed++) {
      Plan plan = Plan.of(seed);
      Report undisturbed = plan.run(1, 1);
      Path home = Path.of("order-" + slots + "-" + seed);
      SharedLedger ledger = SharedLedger.at(home);
      var estimator = new MoodyEstimator();
      String name = "crashes";
      StudyResult result;
      int crashes = 0;
      do {
        ledger.breakAfter(9 + 7 * crashes);
        crashes++;
        result =
            Outcomes.of(
                plan.describe(requireNonNull(TROUPES.get(slots)), slots, name)
                    .ledger(SharedLedger.SETTING)
                    .home(home)
                    .startWith(estimator));
      } while (result.state() == StudyState.FAILED);

      assertThat(crashes).isGreaterThan(1);
      List<EndedTrial> ended =
          ledger.facts(name).stream()
              .filter(StudyEvent.TrialEnded.class::isInstance)
              .map(event -> ((StudyEvent.TrialEnded) event).trial())
              .filter(trial -> trial.state() != TrialState.STOPPED)
              .toList();
      assertThat(Report.of(result, ended, 0))
          .as("%s, slots %d", plan, slots)
          .isEqualTo(undisturbed);
    }
  }

  @Test
  void run_theseSeeds_showEveryWayToEnd() {
    var states = EnumSet.noneOf(TrialState.class);
    var reasons = new TreeSet<String>();
    for (long seed = 0; seed < SEEDS; seed++) {
      Report report = Plan.of(seed).run(8, 8);
      states.addAll(report.states());
      reasons.add(report.reason());
    }

    assertThat(states).contains(TrialState.COMPLETED, TrialState.PRUNED, TrialState.FAILED);
    assertThat(reasons)
        .containsExactly(
            "9 trials in a row brought no improvement",
            "the budget of 25 trials is spent",
            "the strategy has nothing left to suggest",
            "the target of 0.1 is reached");
  }

  @Test
  void run_otherSeed_otherTrials() {
    assertThat(Plan.of(3).run(2, 2)).isNotEqualTo(Plan.of(15).run(2, 2));
  }
}
