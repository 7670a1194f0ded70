package dev.troupe.monitoring.report;

import dev.troupe.plot.Axis;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/** A parameter's values in trials. Immutable. */
final class Column {

  private static final int FEW = 12;

  private final String name;
  private final boolean isLog;
  private final List<String> names;
  private final double[] values;

  /**
   * @param name the parameter
   * @param isLog whether it is searched on a logarithmic scale
   * @param names its choices in order, if it is categorical; empty if it is a number
   * @param values by trial, shape [trials]: the number, or the index of the choice; NaN where it is
   *     inactive
   */
  Column(String name, boolean isLog, List<String> names, double[] values) {
    this.name = name;
    this.isLog = isLog;
    this.names = List.copyOf(names);
    this.values = values.clone();
  }

  String name() {
    return name;
  }

  /** Returns a copy of the values. */
  double[] values() {
    return values.clone();
  }

  /** Returns the value in a trial; NaN where it is inactive. */
  double value(int trial) {
    return values[trial];
  }

  boolean isCategorical() {
    return !names.isEmpty();
  }

  boolean isActive(int trial) {
    return !Double.isNaN(values[trial]);
  }

  /** Returns the axis of a plot; only of a parameter that is active in some trial. */
  PlotAxis axis() {
    if (isCategorical()) {
      return PlotAxis.of(name, names);
    }
    double low = Arrays.stream(values).filter(value -> !Double.isNaN(value)).min().orElse(0);
    double high = Arrays.stream(values).filter(value -> !Double.isNaN(value)).max().orElse(1);
    if (isLog && low > 0) {
      return PlotAxis.of(name, Axis.logAround(low, high));
    }
    return PlotAxis.of(name, isWhole() ? Axis.whole(low, high) : Axis.linear(low, high));
  }

  private boolean isWhole() {
    return Arrays.stream(values)
        .allMatch(value -> Double.isNaN(value) || value == Math.rint(value));
  }

  /** Returns whether its values are so few that trials with the same one hide each other. */
  boolean isCrowded() {
    return isCategorical()
        || !isLog
            && isWhole()
            && Arrays.stream(values).filter(value -> !Double.isNaN(value)).distinct().count()
                <= FEW;
  }

  /** Returns the values of some trials, in their order. */
  Column of(int[] trials) {
    return new Column(
        name, isLog, names, IntStream.of(trials).mapToDouble(trial -> values[trial]).toArray());
  }
}
