package dev.troupe.estimator.table;

import dev.troupe.estimator.Playback;
import dev.troupe.study.Metrics;
import java.util.AbstractList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the repeats that were chosen for a trial say, point by point: the value of one, or the mean
 * of several without their blank cells. Immutable and thread safe.
 */
final class Trace {

  private final Results results;
  private final List<Run> runs;
  private final int points;

  /**
   * Follows some repeats.
   *
   * @param runs at least one
   * @param points how far, at least 1 and at most the repeats' own
   */
  Trace(Results results, List<Run> runs, int points) {
    this.results = results;
    this.runs = List.copyOf(runs);
    this.points = points;
  }

  /** Returns the values at a point; blank ones are left out. */
  Metrics metrics(int point) {
    List<Series> all = results.metrics();
    if (all.size() == 1) {
      Series only = all.get(0);
      return isBlank(only, point) ? Metrics.none() : Metrics.of(only.name(), value(only, point));
    }
    var numbers = new LinkedHashMap<String, Double>();
    for (Series series : all) {
      if (!isBlank(series, point)) {
        numbers.put(series.name(), value(series, point));
      }
    }
    return Metrics.of(numbers);
  }

  private boolean isBlank(Series series, int point) {
    for (Run run : runs) {
      if (run.has(series, point) && !run.isBlank(series, point)) {
        return false;
      }
    }
    return true;
  }

  private double value(Series series, int point) {
    double sum = 0;
    int count = 0;
    for (Run run : runs) {
      if (!run.isBlank(series, point)) {
        sum += run.value(series, point);
        count++;
      }
    }
    return sum / count; // NaN if all are blank
  }

  /** Returns why there is no result at a point, or null. */
  @Nullable String problem(List<Series> objectives, int point) {
    for (Series series : objectives) {
      if (runs.get(0).has(series, point)) {
        if (!Double.isFinite(value(series, point))) {
          return refusal(series, point, "must be a finite number");
        }
      } else if (point == points - 1) {
        return "%s: there is a value at the last step only, but the fidelity ends before. Maybe use full fidelity, or a column for each step."
            .formatted(results.place(series, runs.get(0), point));
      }
    }
    return null;
  }

  private String refusal(Series series, int point, String rule) {
    Run culprit =
        runs.stream()
            .filter(run -> !Double.isFinite(run.value(series, point)))
            .findFirst()
            .orElse(runs.get(0));
    double value = culprit.value(series, point);
    return "%s: a value %s, but was %s. Maybe that run diverged, or was not recorded."
        .formatted(
            results.place(series, culprit, point),
            rule,
            culprit.isBlank(series, point) ? "blank" : value);
  }

  /** Returns why the cost of a point is no time, or null. */
  @Nullable String costProblem(int point) {
    Series cost = results.cost();
    if (cost == null) {
      return null;
    }
    double seconds = value(cost, costPoint(point));
    boolean isTime = seconds >= 0 && Double.isFinite(seconds);
    return isTime ? null : refusal(cost, costPoint(point), "must be seconds of at least 0");
  }

  private int costPoint(int point) {
    return results.hasCostPerStep() ? point : runs.get(0).points() - 1;
  }

  /**
   * Returns when each point is reported, in seconds since the begin.
   *
   * @param perPoint seconds of each point where the table has no cost
   * @param cumulative whether the cost of a step counts from the begin; one that is less than the
   *     one before counts as that
   */
  double[] seconds(double perPoint, boolean cumulative) {
    var seconds = new double[points];
    Series cost = results.cost();
    if (cost == null) {
      Arrays.setAll(seconds, point -> (point + 1) * perPoint);
      return seconds;
    }
    if (!results.hasCostPerStep()) {
      int all = runs.get(0).points();
      double whole = time(value(cost, all - 1));
      Arrays.setAll(seconds, point -> whole * ((point + 1) / (double) all));
      return seconds;
    }
    double before = 0;
    for (int point = 0; point < points; point++) {
      double value = time(value(cost, point));
      before = cumulative ? Math.max(before, value) : before + value;
      seconds[point] = before;
    }
    return seconds;
  }

  /** What is no time ends the trial anyway, but must not spoil the times before. */
  private static double time(double seconds) {
    return seconds >= 0 && Double.isFinite(seconds) ? seconds : 0;
  }

  /** Returns the reports up to a point; each is made when it is read. */
  List<Playback.Point> reports(long[] steps, double[] seconds, int count) {
    return new AbstractList<>() {
      @Override
      public Playback.Point get(int point) {
        if (point < 0 || point >= count) {
          throw new IndexOutOfBoundsException(point);
        }
        return new Playback.Point(steps[point], metrics(point), seconds[point]);
      }

      @Override
      public int size() {
        return count;
      }
    };
  }
}
