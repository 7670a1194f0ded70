package dev.troupe.monitoring.report;

import dev.troupe.plot.Axis;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A parameter's values in trials.
 *
 * @param name the parameter
 * @param isLog whether it is searched on a logarithmic scale
 * @param names its choices in order, if it is categorical; empty if it is a number
 * @param values by trial, shape [trials]: the number, or the index of the choice; NaN where it is
 *     inactive
 */
record Column(String name, boolean isLog, List<String> names, double[] values) {

  private static final int FEW = 12;

  Column {
    names = List.copyOf(names);
    values = values.clone();
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

  @Override
  public boolean equals(Object other) {
    return other instanceof Column that
        && name.equals(that.name)
        && isLog == that.isLog
        && names.equals(that.names)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Objects.hash(name, isLog, names, Arrays.hashCode(values));
  }

  @Override
  public String toString() {
    return name + Arrays.toString(values);
  }
}
