package dev.troupe.monitoring.report;

import dev.troupe.plot.Axis;
import dev.troupe.plot.NumberText;
import dev.troupe.study.Direction;
import dev.troupe.study.Objective;
import java.util.Arrays;

/**
 * The axis of an objective. It is logarithmic where all values are above zero and the largest is
 * {@value #WIDE} times the smallest or more. Values that are far worse than most are drawn at its
 * edge: more than {@value #FAR} distances of the quartiles beyond the worse quartile, by the axis'
 * own scale; of curves {@value #FAR_OF_CURVES}.
 *
 * @param axis for plots
 * @param note what is drawn at the edge; empty if nothing is
 */
record ValueAxis(PlotAxis axis, String note) {

  private static final double WIDE = 1000;
  private static final double FAR = 5;
  private static final double FAR_OF_CURVES = 30;

  /** Beyond these, sums and logarithms are not finite any more. */
  private static final double MOST = 1e300;

  private static final double LEAST = 1e-300;

  /**
   * Returns the axis.
   *
   * @param values finite, at least one; in the metric's own unit
   */
  static ValueAxis of(Objective objective, double[] values) {
    return of(objective, values, FAR);
  }

  /** Returns the axis of curves, which begin far from where they end. */
  static ValueAxis ofCurves(Objective objective, double[] values) {
    return of(objective, values, FAR_OF_CURVES);
  }

  private static ValueAxis of(Objective objective, double[] values, double far) {
    double[] sorted = Arrays.stream(values).map(ValueAxis::within).sorted().toArray();
    double lowest = sorted[0];
    double highest = sorted[sorted.length - 1];
    boolean isLog = lowest > LEAST && highest / lowest >= WIDE;
    double edge = edge(sorted, isLog, objective.direction(), far);
    boolean isMinimised = objective.direction() == Direction.MINIMIZE;
    long beyond =
        Arrays.stream(sorted).filter(value -> isMinimised ? value > edge : value < edge).count();
    double low = isMinimised ? lowest : edge;
    double high = isMinimised ? edge : highest;
    boolean staysLog = isLog && low > 0 && high / low >= WIDE / 10;
    Axis axis = staysLog ? Axis.logAround(low, high) : linear(low, high);
    return new ValueAxis(PlotAxis.of(objective.metric(), axis), note(beyond, isMinimised, edge));
  }

  private static double within(double value) {
    return Math.max(-MOST, Math.min(MOST, value));
  }

  /** Values that differ in their last digits alone have no marks between them. */
  private static Axis linear(double low, double high) {
    boolean isFlat = high - low <= 1e-12 * Math.max(Math.abs(low), Math.abs(high)) + LEAST;
    return isFlat ? Axis.linear(low, low) : Axis.linear(low, high);
  }

  private static String note(long beyond, boolean isAbove, double edge) {
    return beyond == 0
        ? ""
        : "%d %s %s %s %s drawn at the edge."
            .formatted(
                beyond,
                beyond == 1 ? "value" : "values",
                isAbove ? "above" : "below",
                NumberText.brief(edge),
                beyond == 1 ? "is" : "are");
  }

  /** Returns the worst value that is still shown in its place. */
  private static double edge(double[] sorted, boolean isLog, Direction direction, double far) {
    boolean isMinimised = direction == Direction.MINIMIZE;
    double worst = isMinimised ? sorted[sorted.length - 1] : sorted[0];
    double q1 = scaled(sorted[(sorted.length - 1) / 4], isLog);
    double q3 = scaled(sorted[sorted.length - 1 - (sorted.length - 1) / 4], isLog);
    double reach = far * (q3 - q1);
    if (!(reach > 0)) {
      return worst;
    }
    double edge = isMinimised ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    for (double value : sorted) {
      double place = scaled(value, isLog);
      if (isMinimised ? place <= q3 + reach : place >= q1 - reach) {
        edge = isMinimised ? Math.max(edge, value) : Math.min(edge, value);
      }
    }
    return edge;
  }

  private static double scaled(double value, boolean isLog) {
    return isLog ? Math.log10(value) : value;
  }
}
