package dev.troupe.estimator.curve;

/**
 * The standard normal law, by the series of G. Marsaglia, "Evaluating the Normal Distribution",
 * Journal of Statistical Software 11(4), 2004, doi:10.18637/jss.v011.i04.
 */
final class StandardNormal {

  private static final double LOG_ROOT_TWO_PI = 0.9189385332046727;

  /** Beyond it, less probability is left than a double next to 1 can tell. */
  static final double END = 8.3;

  private static final int NODES_PER_UNIT = 128;
  private static final int LAST_NODE = (int) Math.ceil(END * NODES_PER_UNIT);

  /** The probabilities and densities at all nodes, from the lowest on. */
  private static final double[] NODES = nodes();

  private StandardNormal() {}

  private static double[] nodes() {
    double[] nodes = new double[2 * (2 * LAST_NODE + 1)];
    for (int i = -LAST_NODE; i <= LAST_NODE; i++) {
      double x = (double) i / NODES_PER_UNIT;
      nodes[2 * (i + LAST_NODE)] = cumulative(x);
      nodes[2 * (i + LAST_NODE) + 1] = StrictMath.exp(logDensity(x));
    }
    return nodes;
  }

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

  /**
   * Returns the probability of less than {@code x} to 2e-11, in a few nanoseconds: by Taylor's
   * series of the third order around the nearest node of a table. NaN of NaN.
   */
  static double quickCumulative(double x) {
    if (x < -END) {
      return 0;
    }
    if (x > END) {
      return 1;
    }
    int node = (int) Math.rint(x * NODES_PER_UNIT);
    double at = (double) node / NODES_PER_UNIT;
    double gap = x - at;
    double series = 1 - gap * (at / 2 - gap * (at * at - 1) / 6);
    int place = 2 * (node + LAST_NODE);
    return NODES[place] + NODES[place + 1] * gap * series;
  }

  /** Returns the logarithm of the density. */
  static double logDensity(double x) {
    return -0.5 * x * x - LOG_ROOT_TWO_PI;
  }
}
