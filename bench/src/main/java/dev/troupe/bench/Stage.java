package dev.troupe.bench;

import dev.troupe.StrategyChoice;
import dev.troupe.Study;
import dev.troupe.StudyBuilder;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.estimator.Estimator;
import dev.troupe.space.Configuration;
import dev.troupe.study.Metrics;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Where one run after the other takes place. Studies on the same workers share a {@link Troupe},
 * since starting one takes longer than many a study. Used by one thread at a time.
 */
final class Stage implements AutoCloseable {

  /**
   * What came out of a run.
   *
   * @param trajectory how it went
   * @param run the same at each checkpoint
   * @param suggestSeconds what the strategy took for all suggestions
   * @param cpuSeconds how long its thread computed for them
   * @param suggestions how many it made
   * @param seconds real time of the run
   */
  record Performance(
      Trajectory trajectory,
      Run run,
      double suggestSeconds,
      double cpuSeconds,
      long suggestions,
      double seconds) {}

  /** A virtual clock has 292 years, which many long studies would exceed. */
  private static final double MOST_SECONDS = 50 * 365.0 * 24 * 3600;

  private @Nullable Troupe troupe;

  /** What it runs on: the simulated workers, or the study whose devices it has. */
  private @Nullable Object place;

  /** How far the virtual clock has come. */
  private double virtualSeconds;

  /**
   * Runs a strategy on a problem.
   *
   * @param problem of which the seed has an instance
   * @param strategy its name, with the pruner's as in {@code random+asha} if there is one
   * @throws IllegalArgumentException if strategy or pruner refuse the study
   * @throws IllegalStateException if the study fails
   */
  Performance perform(Problem problem, String strategy, long seed, @Nullable Double target) {
    Problem instance = problem.instance(seed);
    StudyFile file = instance.study();
    var recorder = new TrajectoryRecorder(problem.objective(), instance.simulated());
    StudyBuilder<Configuration> description =
        file.builder(troupe(file), List.of(recorder)).seed(seed).ledger("memory");
    Entrant entrant = Entrant.parse(strategy);
    StrategyChoice choice = entrant.strategyFor(file);
    description.pruner(entrant.prunerFor(file));
    var cpu = new LongAdder();
    description.strategy(
        new StrategyChoice(
            choice.name(), request -> new TimedStrategy(choice.factory().apply(request), cpu)));
    long begin = System.nanoTime();
    StudyResult result = finish(description, instance.estimator(seed));
    double seconds = (System.nanoTime() - begin) * 1e-9;
    Double elapsed = result.virtualSeconds();
    virtualSeconds += elapsed == null ? 0 : elapsed;
    if (result.state() == StudyState.FAILED) {
      throw new IllegalStateException(
          "Problem '%s', strategy '%s', seed %d: the study failed: %s."
              .formatted(problem.name(), strategy, seed, result.reason()));
    }
    var trajectory =
        new Trajectory(
            problem.name(),
            strategy,
            seed,
            problem.objective().direction(),
            problem.horizon(),
            recorder.steps());
    Double test = mainTest(result.test(), problem.objective().metric());
    return new Performance(
        trajectory,
        Run.of(trajectory, instance.isOptimumKnown(), test, target),
        recorder.suggestSeconds(),
        cpu.sum() * 1e-9,
        recorder.suggestions(),
        seconds);
  }

  private static StudyResult finish(StudyBuilder<Configuration> description, Estimator estimator) {
    Study<Configuration> study;
    try {
      study = description.startWith(estimator);
    } catch (RuntimeException e) {
      estimator.close();
      throw e;
    }
    return study.outcome().toCompletableFuture().join();
  }

  /** Returns the score by the objective's name, else by the name test, else the first by name. */
  private static @Nullable Double mainTest(Metrics scores, String metric) {
    Map<String, Double> numbers = scores.numbers();
    for (String name : List.of(metric, "test")) {
      if (numbers.containsKey(name)) {
        return numbers.get(name);
      }
    }
    return numbers.keySet().stream().sorted().findFirst().map(numbers::get).orElse(null);
  }

  private Troupe troupe(StudyFile file) {
    Simulation plan = file.simulation();
    Object wanted = plan == null ? file : plan;
    // Workers die by the clock, so that a study must find it at zero for the same deaths each time.
    boolean isReusable = plan == null || plan.meanLife() == null && virtualSeconds < MOST_SECONDS;
    Troupe current = troupe;
    if (current == null || !wanted.equals(place) || !isReusable) {
      close();
      current = file.startTroupe();
      troupe = current;
      place = wanted;
      virtualSeconds = 0;
    }
    return current;
  }

  @Override
  public void close() {
    if (troupe != null) {
      troupe.close();
      troupe = null;
    }
  }
}
