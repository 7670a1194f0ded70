package dev.troupe.estimator.dl4j.data;

import java.util.Arrays;

/**
 * Shifts and stretches features so that those of the training part have mean 0 and standard
 * deviation 1: each feature of a vector by itself, all pixels of a picture alike. A feature that is
 * constant there is only shifted. Immutable and thread safe.
 */
final class Scaling {

  private final float[] mean;
  private final float[] factor;

  private Scaling(float[] mean, float[] factor) {
    this.mean = mean;
    this.factor = factor;
  }

  /** Returns the scaling by the statistics of {@code rows} alone. */
  static Scaling of(LabelledData data, int[] rows) {
    int width = data.shape().size();
    var sums = new double[width];
    var squares = new double[width];
    var row = new float[width];
    // Around the first row, so that large values with a small spread keep their digits.
    var origin = new float[width];
    data.features().read(rows[0], origin, 0);
    if (data.shape().isImage()) {
      Arrays.fill(origin, origin[0]);
    }
    for (int index : rows) {
      data.features().read(index, row, 0);
      for (int i = 0; i < width; i++) {
        double value = (double) row[i] - origin[i];
        sums[i] += value;
        squares[i] += value * value;
      }
    }
    double count = rows.length;
    if (data.shape().isImage()) {
      Arrays.fill(sums, Arrays.stream(sums).sum());
      Arrays.fill(squares, Arrays.stream(squares).sum());
      count *= width;
    }
    var mean = new float[width];
    var factor = new float[width];
    for (int i = 0; i < width; i++) {
      double shift = sums[i] / count;
      double variance = Math.max(0, squares[i] / count - shift * shift);
      mean[i] = (float) (origin[i] + shift);
      factor[i] = factor(variance, mean[i]);
    }
    return new Scaling(mean, factor);
  }

  private static float factor(double variance, float mean) {
    double deviation = Math.sqrt(variance);
    return deviation > 1e-7 * Math.max(1e-30, Math.abs(mean)) ? (float) (1 / deviation) : 1;
  }

  /** Scales the row that starts at {@code offset}, in place. */
  void apply(float[] values, int offset) {
    for (int i = 0; i < mean.length; i++) {
      values[offset + i] = (values[offset + i] - mean[i]) * factor[i];
    }
  }

  float mean(int feature) {
    return mean[feature];
  }

  float factor(int feature) {
    return factor[feature];
  }
}
