package dev.troupe.bench;

import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.StudyBuilder;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.device.Device;
import dev.troupe.space.Configuration;
import dev.troupe.study.Metrics;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where one run after the other takes place. Studies on the same devices share a {@link Troupe},
 * since starting one takes longer than many a study. Used by one thread at a time.
 */
final class Stage implements AutoCloseable {

  /**
   * What came out of a run.
   *
   * @param trajectory how it went
   * @param run the same at each checkpoint
   * @param suggestSeconds what the strategy took for all suggestions
   * @param suggestions how many it made
   * @param seconds real time of the run
   */
  record Performance(
      Trajectory trajectory, Run run, double suggestSeconds, long suggestions, double seconds) {}

  private @Nullable Troupe troupe;
  private @Nullable Object devices;

  /**
   * Runs a strategy on a problem.
   *
   * @throws IllegalArgumentException if the strategy refuses the space
   * @throws IllegalStateException if the study fails
   */
  Performance perform(Problem problem, String strategy, long seed, @Nullable Double target) {
    StudyFile file = problem.study();
    var recorder = new TrajectoryRecorder(problem.objective(), problem.simulated());
    StudyBuilder<Configuration> description =
        file.builder(troupe(file), List.of(recorder)).seed(seed).ledger("memory");
    if (!strategy.equals(file.strategyName())) {
      description.strategy(Strategies.named(strategy, Map.of()));
    }
    long begin = System.nanoTime();
    StudyResult result = finish(description, problem.estimator(seed));
    double seconds = (System.nanoTime() - begin) * 1e-9;
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
        Run.of(trajectory, problem.isOptimumKnown(), test, target),
        recorder.suggestSeconds(),
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
    List<Device> wanted = file.devices().slots();
    Troupe current = troupe;
    if (current == null || !wanted.equals(devices)) {
      close();
      current = Troupe.start(wanted);
      troupe = current;
      devices = wanted;
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
