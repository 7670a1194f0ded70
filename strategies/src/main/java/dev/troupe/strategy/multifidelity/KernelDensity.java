package dev.troupe.strategy.multifidelity;

import java.util.List;

/**
 * A density of points: the mean of product kernels around them, Gaussian ones for numbers and those
 * of Aitchison and Aitken for choices, with a bandwidth for each coordinate: {@code 1.06 std
 * n^(-1/(4+d))} with the deviation of the population, at least 0.001 (the normal reference of
 * statsmodels, which HpBandSter uses). A bandwidth of a choice is at most that at which all choices
 * are alike, so that no kernel is negative. Immutable and thread safe.
 */
final class KernelDensity {

  static final double LEAST_BANDWIDTH = 1e-3;

  private static final double REFERENCE = 1.06;
  private static final double ROOT_OF_TWO_PI = Math.sqrt(2 * Math.PI);

  private final Axes axes;
  private final List<double[]> points;
  private final double[] bandwidths;

  /**
   * Fits one.
   *
   * @param points at least one, each of shape [d] in the unit cube, with a value for each
   *     coordinate
   */
  KernelDensity(Axes axes, List<double[]> points) {
    this.axes = axes;
    this.points = List.copyOf(points);
    this.bandwidths = new double[axes.size()];
    for (int axis = 0; axis < bandwidths.length; axis++) {
      bandwidths[axis] = bandwidth(axis);
    }
  }

  private double bandwidth(int axis) {
    double mean = 0;
    for (double[] point : points) {
      mean += value(axis, point) / points.size();
    }
    double squares = 0;
    for (double[] point : points) {
      double distance = value(axis, point) - mean;
      squares += distance * distance / points.size();
    }
    double factor = StrictMath.pow(points.size(), -1.0 / (4 + axes.size()));
    double width = Math.max(LEAST_BANDWIDTH, REFERENCE * Math.sqrt(squares) * factor);
    return axes.isChoice(axis) ? Math.min(width, widest(axes.choices().get(axis))) : width;
  }

  private double value(int axis, double[] point) {
    return axes.isChoice(axis) ? axes.choice(axis, point[axis]) : point[axis];
  }

  private static double widest(int choices) {
    return (choices - 1.0) / choices;
  }

  double bandwidth(int axis, double factor) {
    double width = bandwidths[axis] * factor;
    return axes.isChoice(axis) ? Math.min(width, widest(axes.choices().get(axis))) : width;
  }

  /** Returns the points that it is made of; unmodifiable. */
  List<double[]> points() {
    return points;
  }

  /** Returns the density at a point of shape [d]. */
  double at(double[] point) {
    double sum = 0;
    for (double[] center : points) {
      double product = 1;
      for (int axis = 0; axis < bandwidths.length; axis++) {
        product *= kernel(axis, center[axis], point[axis]);
      }
      sum += product;
    }
    return sum / points.size();
  }

  private double kernel(int axis, double center, double at) {
    double width = bandwidths[axis];
    if (!axes.isChoice(axis)) {
      double distance = (at - center) / width;
      return StrictMath.exp(-0.5 * distance * distance) / (ROOT_OF_TWO_PI * width);
    }
    boolean same = axes.choice(axis, center) == axes.choice(axis, at);
    return choiceKernel(same, width, axes.choices().get(axis));
  }

  /** Returns the kernel of Aitchison and Aitken. */
  static double choiceKernel(boolean same, double bandwidth, int choices) {
    if (choices == 1) {
      return 1;
    }
    return same ? 1 - bandwidth : bandwidth / (choices - 1);
  }
}
