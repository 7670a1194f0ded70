package dev.troupe.benchmarks;

import java.util.Arrays;

/**
 * Three quantiles of numbers, infinite ones among them. Immutable.
 *
 * @param low the first quartile
 * @param median the second
 * @param high the third
 */
record Quartiles(double low, double median, double high) {

  /**
   * Returns the quartiles of numbers, linear between neighbours; NaN if there are none. Between a
   * finite number and infinity lies infinity.
   */
  static Quartiles of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new Quartiles(quantile(sorted, 0.25), quantile(sorted, 0.5), quantile(sorted, 0.75));
  }

  private static double quantile(double[] sorted, double share) {
    if (sorted.length == 0) {
      return Double.NaN;
    }
    double place = share * (sorted.length - 1);
    int below = (int) place;
    double rest = place - below;
    return rest == 0 ? sorted[below] : sorted[below] * (1 - rest) + sorted[below + 1] * rest;
  }
}
