package dev.troupe.estimator.curve;

/**
 * The standard normal law, by the series of G. Marsaglia, "Evaluating the Normal Distribution",
 * Journal of Statistical Software 11(4), 2004, doi:10.18637/jss.v011.i04.
 */
final class StandardNormal {

  private static final double LOG_ROOT_TWO_PI = 0.9189385332046727;

  /** Beyond it, less probability is left than a double next to 1 can tell. */
  private static final double END = 8.3;

  private StandardNormal() {}

  /** Returns the probability of less than {@code x}; NaN of NaN. */
  static double cumulative(double x) {
    if (x < -END) {
      return 0;
    }
    if (x > END) {
      return 1;
    }
    double sum = x;
    double term = x;
    double last = Double.NaN;
    for (int i = 3; sum != last; i += 2) {
      last = sum;
      term *= x * x / i;
      sum += term;
      if (Double.isNaN(sum)) {
        return Double.NaN;
      }
    }
    return Math.min(1, Math.max(0, 0.5 + sum * StrictMath.exp(logDensity(x))));
  }

  /** Returns the logarithm of the density. */
  static double logDensity(double x) {
    return -0.5 * x * x - LOG_ROOT_TWO_PI;
  }
}
