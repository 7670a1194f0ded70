package dev.troupe.estimator.curve;

import java.util.Arrays;

/** A mixture of normal laws. Immutable. */
final class GaussianMixture {

  private static final int CELLS = 512;

  /** How many deviations are looked at. */
  private static final double REACH = 4;

  private final double[] weights;
  private final double[] means;
  private final double[] deviations;

  /** Adopts the arrays, all of shape [n]; weights need not sum to 1, deviations are above 0. */
  GaussianMixture(double[] weights, double[] means, double[] deviations) {
    this.weights = weights;
    this.means = means;
    this.deviations = deviations;
  }

  double mean() {
    double total = 0;
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      total += weights[k];
      sum += weights[k] * means[k];
    }
    return sum / total;
  }

  double deviation() {
    double mean = mean();
    double total = 0;
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      double gap = means[k] - mean;
      total += weights[k];
      sum += weights[k] * (deviations[k] * deviations[k] + gap * gap);
    }
    return Math.sqrt(sum / total);
  }

  /** Returns the probability of less than {@code value}. */
  double cumulative(double value) {
    double total = 0;
    double sum = 0;
    for (int k = 0; k < weights.length; k++) {
      total += weights[k];
      sum += weights[k] * StandardNormal.cumulative((value - means[k]) / deviations[k]);
    }
    return sum / total;
  }

  /** Returns this and another one, in the ratio of 1 - share to share. */
  GaussianMixture with(GaussianMixture other, double share) {
    double mine = (1 - share) / Arrays.stream(weights).sum();
    double theirs = share / Arrays.stream(other.weights).sum();
    int n = weights.length;
    double[] joined = Arrays.copyOf(weights, n + other.weights.length);
    double[] joinedMeans = Arrays.copyOf(means, joined.length);
    double[] joinedDeviations = Arrays.copyOf(deviations, joined.length);
    for (int k = 0; k < joined.length; k++) {
      joined[k] = k < n ? joined[k] * mine : other.weights[k - n] * theirs;
    }
    System.arraycopy(other.means, 0, joinedMeans, n, other.means.length);
    System.arraycopy(other.deviations, 0, joinedDeviations, n, other.deviations.length);
    return new GaussianMixture(joined, joinedMeans, joinedDeviations);
  }

  /** Returns equally probable values, increasing, shape [size]. */
  double[] quantiles(int size) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double most = Arrays.stream(weights).max().orElseThrow();
    for (int k = 0; k < weights.length; k++) {
      if (weights[k] > 1e-4 * most) {
        low = Math.min(low, means[k] - REACH * deviations[k]);
        high = Math.max(high, means[k] + REACH * deviations[k]);
      }
    }
    return invert(low, high, size, 1e-4 * most);
  }

  private double[] invert(double low, double high, int size, double least) {
    double[] cumulative = grid(low, high, least);
    double first = cumulative[0];
    double mass = cumulative[CELLS] - first;
    double[] quantiles = new double[size];
    int cell = 0;
    for (int k = 0; k < size; k++) {
      double wanted = first + mass * QuantilePrediction.probability(k, size);
      while (cell < CELLS - 1 && cumulative[cell + 1] < wanted) {
        cell++;
      }
      double step = cumulative[cell + 1] - cumulative[cell];
      double share = step > 0 ? (wanted - cumulative[cell]) / step : 0.5;
      quantiles[k] = low + (high - low) * (cell + share) / CELLS;
    }
    return quantiles;
  }

  /** Returns the probabilities, times a constant, of less than each of the grid's points. */
  private double[] grid(double low, double high, double least) {
    double[] cumulative = new double[CELLS + 1];
    double cell = (high - low) / CELLS;
    for (int k = 0; k < weights.length; k++) {
      if (weights[k] > least) {
        double first = (low - means[k]) / deviations[k];
        double step = cell / deviations[k];
        int from = firstFrom(-StandardNormal.END, first, step);
        int to = firstFrom(StandardNormal.END, first, step);
        for (int i = from; i < to; i++) {
          cumulative[i] += weights[k] * StandardNormal.quickCumulative(first + i * step);
        }
        for (int i = to; i <= CELLS; i++) {
          cumulative[i] += weights[k];
        }
      }
    }
    return cumulative;
  }

  /** Returns the first point of the grid, of that many deviates, that is not below a limit. */
  private static int firstFrom(double limit, double first, double step) {
    return (int) Math.max(0, Math.min(CELLS + 1, Math.ceil((limit - first) / step)));
  }
}
