package dev.troupe.estimator.curve;

import dev.troupe.study.Direction;
import java.util.Arrays;

/**
 * A distribution as equally probable values, at the probabilities (k - 1/2) / n; between two of
 * them it is even. Values may be infinite.
 */
final class QuantilePrediction implements CurvePrediction {

  /** How many values tell enough: tails of a quarter of a percent. */
  static final int SIZE = 200;

  private final double[] values;

  private QuantilePrediction(double[] values) {
    this.values = values;
  }

  /** Returns the distribution of these values, of which there is at least one and none is NaN. */
  static QuantilePrediction of(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return new QuantilePrediction(sorted);
  }

  /** Returns what becomes of a training that has diverged: the worst of all values, for certain. */
  static QuantilePrediction diverged(Direction direction) {
    return new QuantilePrediction(
        new double[] {
          direction == Direction.MINIMIZE ? Double.POSITIVE_INFINITY : Double.NEGATIVE_INFINITY
        });
  }

  /** Returns the middle of the k-th of {@code n} equally probable parts. */
  static double probability(int k, int n) {
    return (k + 0.5) / n;
  }

  @Override
  public double mean() {
    double sum = 0;
    for (double value : values) {
      sum += value;
    }
    return sum / values.length;
  }

  @Override
  public double standardDeviation() {
    double mean = mean();
    if (Double.isInfinite(mean)) {
      return values[0] == values[values.length - 1] ? 0 : Double.POSITIVE_INFINITY;
    }
    double sum = 0;
    for (double value : values) {
      sum += (value - mean) * (value - mean);
    }
    return Math.sqrt(sum / values.length);
  }

  @Override
  public double quantile(double probability) {
    if (!(probability > 0 && probability < 1)) {
      throw new IllegalArgumentException(
          "A quantile needs a probability above 0 and below 1, but it was %s. Maybe give a fraction, not per cent."
              .formatted(probability));
    }
    double position = probability * values.length - 0.5;
    int below = (int) Math.floor(position);
    if (below < 0) {
      return values[0];
    }
    if (below >= values.length - 1) {
      return values[values.length - 1];
    }
    double low = values[below];
    double high = values[below + 1];
    double share = position - below;
    // Equal neighbours, infinite ones among them, must not become NaN.
    return low == high || share == 0 ? low : low + share * (high - low);
  }

  @Override
  public double probabilityBelow(double value) {
    int n = values.length;
    if (Double.isNaN(value)) {
      return Double.NaN;
    }
    int below = lowerBound(value);
    if (below == n || below == 0) {
      return below == n ? 1 : 0;
    }
    double low = values[below - 1];
    double high = values[below];
    double share = Double.isInfinite(high - low) ? 0.5 : (value - low) / (high - low);
    return (below - 0.5 + share) / n;
  }

  /** Returns how many values are smaller. */
  private int lowerBound(double value) {
    int low = 0;
    int high = values.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (values[middle] < value) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  @Override
  public String toString() {
    return "CurvePrediction[median %s, 5 %% %s, 95 %% %s]"
        .formatted(median(), quantile(0.05), quantile(0.95));
  }
}
