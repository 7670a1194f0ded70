package dev.troupe.estimator.curve;

import java.util.Arrays;
import java.util.List;

/**
 * A weighted sum of families with noise, as a density of their parameters (Domhan et al. 2015). A
 * point of the chain holds the parameters of each family in turn, then a weight for each, then the
 * deviation of the noise. The prior is flat, within bounds, where weights are not negative and the
 * curve rises from its first point to the horizon; later points count more, up to ten times.
 */
final class WeightedFamilies {

  private static final double LEAST_NOISE = 1e-3;
  private static final double MOST_NOISE = 1;

  private final List<CurveFamily> families;
  private final double[] x;
  private final double[] y;
  private final double horizon;
  private final double[] recency;

  /**
   * Adopts the arrays.
   *
   * @param x shape [n], steps from 1
   * @param y shape [n], accuracies
   */
  WeightedFamilies(List<CurveFamily> families, double[] x, double[] y, double horizon) {
    this.families = families;
    this.x = x;
    this.y = y;
    this.horizon = horizon;
    recency = recency(x.length);
  }

  /** Returns how much each of {@code n} points counts. */
  static double[] recency(int n) {
    double[] weights = new double[n];
    for (int i = 0; i < n; i++) {
      weights[i] = StrictMath.pow(10, i / (double) n);
    }
    return weights;
  }

  /** Returns the number of coordinates of a point. */
  int dimensions() {
    return families.stream().mapToInt(CurveFamily::size).sum() + families.size() + 1;
  }

  /** Returns a point: fits, equal weights and the noise that they leave. */
  double[] point(List<double[]> parameters, double weight) {
    double[] point = new double[dimensions()];
    int at = 0;
    for (double[] each : parameters) {
      System.arraycopy(each, 0, point, at, each.length);
      at += each.length;
    }
    Arrays.fill(point, at, point.length - 1, weight);
    double squares = 0;
    for (int i = 0; i < x.length; i++) {
      double residual = y[i] - value(x[i], point);
      squares += residual * residual;
    }
    double noise = Math.sqrt(squares / x.length);
    point[point.length - 1] = Math.min(MOST_NOISE / 2, Math.max(2 * LEAST_NOISE, noise));
    return point;
  }

  /** Returns the deviation of the noise. */
  static double noise(double[] point) {
    return point[point.length - 1];
  }

  /** Returns the weighted mean of the families at a step. */
  double value(double step, double[] point) {
    int at = 0;
    int weightAt = point.length - 1 - families.size();
    double sum = 0;
    double total = 0;
    for (CurveFamily family : families) {
      double weight = point[weightAt++];
      double[] parameters = Arrays.copyOfRange(point, at, at + family.size());
      at += family.size();
      sum += weight * family.value(step, parameters);
      total += weight;
    }
    return sum / total;
  }

  /** Returns the logarithm of prior and likelihood, but for a constant. */
  double logDensity(double[] point) {
    double noise = noise(point);
    if (!(noise >= LEAST_NOISE && noise <= MOST_NOISE) || !isWithinBounds(point)) {
      return Double.NEGATIVE_INFINITY;
    }
    double end = value(horizon, point);
    if (!(value(x[0], point) <= end)) {
      return Double.NEGATIVE_INFINITY;
    }
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      double residual = (y[i] - value(x[i], point)) / noise;
      sum += recency[i] * (StandardNormal.logDensity(residual) - StrictMath.log(noise));
    }
    return Double.isNaN(sum) ? Double.NEGATIVE_INFINITY : sum;
  }

  private boolean isWithinBounds(double[] point) {
    int at = 0;
    for (CurveFamily family : families) {
      for (CurveFamily.Coefficient each : family.coefficients()) {
        double coordinate = point[at++];
        if (!(coordinate >= each.low() && coordinate <= each.high())) {
          return false;
        }
      }
    }
    double total = 0;
    for (; at < point.length - 1; at++) {
      if (!(point[at] >= 0)) {
        return false;
      }
      total += point[at];
    }
    return total > 0;
  }
}
