package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Objective;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.statistics.descriptive.StandardDeviation;
import org.jspecify.annotations.Nullable;

/**
 * How one strategy, or one system whose runs were recorded, did on one problem. Immutable and
 * thread safe.
 *
 * @param problem the problem's name
 * @param strategy the strategy's name, or the system's
 * @param isRecorded whether the runs were read from a file
 * @param objective what is optimised
 * @param labels what the checkpoints are called; the end has none
 * @param runs one for each seed; each has as many values and regrets as there are labels and one
 *     more, or none
 * @param effort what the runs took; null where that is not known
 * @param target a value to reach, or null
 */
public record Row(
    String problem,
    String strategy,
    boolean isRecorded,
    Objective objective,
    List<String> labels,
    List<Run> runs,
    @Nullable Effort effort,
    @Nullable Double target) {

  /** Fewer runs than this are shown, not ranked. */
  static final int LEAST_RANKED = 5;

  /**
   * Real time, which differs from one time to the next.
   *
   * @param millisPerSuggestion how long the strategy took, in milliseconds; what else the machine
   *     did meanwhile is part of it
   * @param cpuMillisPerSuggestion how long the strategy's thread computed, in milliseconds; what
   *     other threads did for it is not part of it, and neither is compilation
   * @param seconds of all runs together
   */
  public record Effort(double millisPerSuggestion, double cpuMillisPerSuggestion, double seconds) {}

  /**
   * The mean and the standard deviation of test scores.
   *
   * @param mean over the runs that have one
   * @param sd likewise, of the sample; 0 for one run
   */
  public record Test(double mean, double sd) {}

  /** Requires all, copies the lists, and checks their lengths. */
  public Row {
    requireNonNull(problem, "problem");
    requireNonNull(strategy, "strategy");
    requireNonNull(objective, "objective");
    labels = List.copyOf(labels);
    runs = List.copyOf(runs);
    for (Run run : runs) {
      requireLength(run.values(), labels.size() + 1, strategy);
      requireLength(run.regrets(), labels.size() + 1, strategy);
    }
  }

  private static void requireLength(List<?> list, int length, String strategy) {
    if (!list.isEmpty() && list.size() != length) {
      throw new IllegalArgumentException(
          "Row '%s': a run must have %d values or none, but has %d."
              .formatted(strategy, length, list.size()));
    }
  }

  /** Returns what it is called among other rows: recorded ones carry a mark. */
  String label() {
    return isRecorded ? strategy + " *" : strategy;
  }

  /** Returns the index of the end among the checkpoints. */
  int end() {
    return labels.size();
  }

  boolean hasValues() {
    return runs.stream().anyMatch(run -> !run.values().isEmpty());
  }

  boolean hasRegrets() {
    return runs.stream().anyMatch(run -> !run.regrets().isEmpty());
  }

  /** Returns the best values at a checkpoint, or null if no run has one. */
  @Nullable Summary values(int checkpoint) {
    return summary(runs.stream().map(Run::values).toList(), checkpoint);
  }

  /** Returns the regrets at a checkpoint, or null if no run has one. */
  @Nullable Summary regrets(int checkpoint) {
    return summary(runs.stream().map(Run::regrets).toList(), checkpoint);
  }

  private static @Nullable Summary summary(List<List<@Nullable Double>> series, int checkpoint) {
    var column = new ArrayList<@Nullable Double>();
    for (List<@Nullable Double> each : series) {
      column.add(each.isEmpty() ? null : each.get(checkpoint));
    }
    return Summary.of(column);
  }

  /** Returns the test scores, or null if there is none. */
  @Nullable Test test() {
    double[] scores =
        runs.stream()
            .map(Run::test)
            .filter(Objects::nonNull)
            .mapToDouble(Double::doubleValue)
            .toArray();
    Summary summary = Summary.of(runs.stream().map(Run::test).toList());
    return summary == null
        ? null
        : new Test(summary.mean(), StandardDeviation.of(scores).getAsDouble());
  }

  /** Returns the evaluations to the target over the runs that reached it, or null if none did. */
  @Nullable Summary reached() {
    return Summary.of(runs.stream().map(Run::reached).toList());
  }

  /** Returns how bad the end of each run is, by its seed: its regret, or its value as a loss. */
  Map<Long, Double> losses(boolean byRegret) {
    var losses = new HashMap<Long, Double>();
    for (Run run : runs) {
      List<@Nullable Double> series = byRegret ? run.regrets() : run.values();
      Double last = series.isEmpty() ? null : series.get(end());
      if (last != null) {
        losses.put(run.seed(), byRegret ? last : objective.direction().toLoss(last));
      }
    }
    return losses;
  }

  /** Returns whether several seeds made no difference at all. */
  boolean isDeterministic() {
    Run first = runs.get(0);
    return runs.size() > 1
        && runs.stream()
            .allMatch(
                run ->
                    run.values().equals(first.values()) && run.regrets().equals(first.regrets()));
  }

  /**
   * Returns the p-value of a two-sided Wilcoxon signed-rank test of the ends against those of
   * another row on the same seeds; null if they have no seed in common, or nothing but the numbers
   * of their seeds, since one was recorded elsewhere.
   */
  @Nullable Double pValue(Row other) {
    if (isRecorded || other.isRecorded || strategy.equals(other.strategy)) {
      return null;
    }
    boolean byRegret = hasRegrets() && other.hasRegrets();
    Map<Long, Double> own = losses(byRegret);
    Map<Long, Double> others = other.losses(byRegret);
    double[] differences =
        own.keySet().stream()
            .filter(others::containsKey)
            .sorted()
            .mapToDouble(seed -> requireNonNull(own.get(seed)) - requireNonNull(others.get(seed)))
            .toArray();
    return differences.length == 0 ? null : SignedRank.pValue(differences);
  }
}
