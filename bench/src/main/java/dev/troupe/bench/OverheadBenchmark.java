package dev.troupe.bench;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What strategies cost beside the evaluations: one trial after the other in a cube, each suggested
 * and learned from, with a bowl for a function. What is counted is the strategy alone, without the
 * actors and the ledger of a study.
 *
 * @param dimensions parameters of the cube, from 1 to 1,000
 * @param trials how many there are, from 1 to 10,000,000
 */
public record OverheadBenchmark(int dimensions, int trials) {

  /** A time is the mean over so many trials, unless there are fewer. */
  private static final int WINDOW = 100;

  private static final int MOST_DIMENSIONS = 1000;
  private static final int MOST_TRIALS = 10_000_000;
  private static final long[] CHECKPOINTS = {100, 1000, 10_000, 100_000, 1_000_000};
  private static final double OPTIMUM = 0.3;
  private static final double NANOS_PER_MILLI = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /**
   * What one strategy cost.
   *
   * @param strategy its name
   * @param dimensions parameters of the cube
   * @param trials how many there were; fewer than wanted if the strategy had no more to suggest
   * @param millisPerTrial suggestion and update of the hundred trials before, in milliseconds of
   *     wall time, by the number of trials; the last entry is the end
   * @param seconds wall time of all
   * @param cpuSeconds time of all processors, the compiler's and the collector's included
   */
  public record Cost(
      String strategy,
      int dimensions,
      long trials,
      Map<Long, Double> millisPerTrial,
      double seconds,
      double cpuSeconds) {}

  /** Checks the ranges above. */
  public OverheadBenchmark {
    if (dimensions < 1 || dimensions > MOST_DIMENSIONS || trials < 1 || trials > MOST_TRIALS) {
      throw new IllegalArgumentException(
          "Overhead is measured in 1 to %d dimensions over 1 to %d trials, but was to be in %d over %d. Maybe 7 and 10000."
              .formatted(MOST_DIMENSIONS, MOST_TRIALS, dimensions, trials));
    }
  }

  /**
   * Measures a strategy.
   *
   * @throws IllegalArgumentException if there is none of this name
   */
  public Cost measure(String name) {
    StrategyProvider provider = Providers.find(StrategyProvider.class, "strategy", name);
    Strategy strategy = provider.create(request());
    var millis = new TreeMap<Long, Double>();
    long cpu = processNanos();
    long start = System.nanoTime();
    long windowStart = start;
    long windowSize = 0;
    long done = 0;
    int next = 0;
    while (done < trials) {
      List<Suggestion> suggestions = strategy.suggest(1);
      if (suggestions.isEmpty()) {
        break;
      }
      done++;
      strategy.update(List.of(ended(done, suggestions.get(0))), List.of());
      windowSize++;
      boolean isCheckpoint = next < CHECKPOINTS.length && done == CHECKPOINTS[next];
      if (isCheckpoint || done == trials) {
        millis.put(done, (System.nanoTime() - windowStart) / NANOS_PER_MILLI / windowSize);
        next += isCheckpoint ? 1 : 0;
      }
      if (isBeforeWindow(done, next)) {
        windowStart = System.nanoTime();
        windowSize = 0;
      }
    }
    double seconds = (System.nanoTime() - start) / NANOS_PER_SECOND;
    return new Cost(
        name, dimensions, done, millis, seconds, (processNanos() - cpu) / NANOS_PER_SECOND);
  }

  /** Returns whether the next trials are those that the next time is about. */
  private boolean isBeforeWindow(long done, int next) {
    return done == trials - WINDOW
        || next < CHECKPOINTS.length && done == CHECKPOINTS[next] - WINDOW;
  }

  private StrategyRequest request() {
    SearchSpace.Builder cube = SearchSpace.builder();
    for (int i = 0; i < dimensions; i++) {
      cube.add(FloatParameter.linear("x" + i, 0, 1));
    }
    return new StrategyRequest(
        cube.build(),
        List.of(Objective.minimize("value")),
        RandomStreams.of(1),
        Settings.none("strategy"),
        new StudyPlan((long) trials, 1));
  }

  private EndedTrial ended(long number, Suggestion suggestion) {
    double value = 0;
    for (int i = 0; i < dimensions; i++) {
      double difference =
          ((Suggestion.Evaluate) suggestion).candidate().getDouble("x" + i) - OPTIMUM;
      value += difference * difference;
    }
    var outcome = new Outcome.Completed(Metrics.of("value", value));
    return new EndedTrial(TrialId.of(number), suggestion, List.of(), outcome, 0);
  }

  /** Returns the time that all threads of this process have computed. */
  private static long processNanos() {
    return ManagementFactory.getOperatingSystemMXBean()
            instanceof com.sun.management.OperatingSystemMXBean machine
        ? machine.getProcessCpuTime()
        : System.nanoTime();
  }
}
