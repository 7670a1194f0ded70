package dev.troupe.strategy.bayes;

import java.util.Arrays;

/**
 * A covariance of points: a function of the distance of their numeric features, each divided by its
 * length scale, times the exponential of minus the weighted number of codes that differ (METHODS
 * 1.1), times a signal variance; and the noise. Its parameters are logarithms, in this order: the
 * length scales of {@link FeatureMap}, one length for each code (its weight is the inverse), the
 * signal variance, the noise variance. Keeps the points it was made for, scaled. Not thread safe.
 */
final class Kernel {

  private final FeatureMap map;
  private final KernelShape shape;
  private final FeaturePoints points;

  /** Shape [numeric features], what a feature is multiplied with. */
  private final double[] factors;

  /** Shape [codes]. */
  private final double[] weights;

  /** Shape [numeric features, at least n]. */
  private final double[][] scaled;

  private double variance = 1;
  private double noise;
  private double[] squared = new double[0];
  private double[] hamming = new double[0];
  private final double[] numeric;
  private final double[] code;

  /** Returns a kernel over points that may grow later. */
  Kernel(FeatureMap map, KernelShape shape, FeaturePoints points) {
    this.map = map;
    this.shape = shape;
    this.points = points;
    factors = new double[map.numericCount()];
    weights = new double[map.codeCount()];
    scaled = new double[factors.length][0];
    numeric = new double[factors.length];
    code = new double[weights.length];
  }

  /** Returns the number of parameters. */
  int parameterCount() {
    return map.scaleCount() + weights.length + 2;
  }

  /** Returns the index of the logarithm of the signal variance; that of the noise is the next. */
  int varianceIndex() {
    return map.scaleCount() + weights.length;
  }

  double variance() {
    return variance;
  }

  double noise() {
    return noise;
  }

  /** Takes over parameters, and the points that there are. */
  void set(double[] parameters) {
    for (int f = 0; f < factors.length; f++) {
      factors[f] = StrictMath.exp(-parameters[map.scale(f)]);
    }
    for (int c = 0; c < weights.length; c++) {
      weights[c] = StrictMath.exp(-parameters[map.scaleCount() + c]);
    }
    variance = StrictMath.exp(parameters[varianceIndex()]);
    noise = StrictMath.exp(parameters[varianceIndex() + 1]);
    refresh(0);
  }

  /** Takes over points that were added from an index on. */
  void refresh(int from) {
    int size = points.size();
    if (squared.length < size) {
      int capacity = 2 * size;
      squared = new double[capacity];
      hamming = new double[capacity];
      for (int f = 0; f < scaled.length; f++) {
        scaled[f] = Arrays.copyOf(scaled[f], capacity);
      }
    }
    for (int f = 0; f < scaled.length; f++) {
      double[] column = points.numeric(f);
      for (int i = from; i < size; i++) {
        scaled[f][i] = column[i] * factors[f];
      }
    }
  }

  /** Computes the covariances of point {@code index} with those from {@code from} to {@code to}. */
  void row(int index, int from, int to, double[] result) {
    points.get(index, numeric, code);
    cross(numeric, code, from, to, result);
  }

  /** Computes the covariances of a point with some of its own, and their slopes. */
  void row(int index, int from, int to, double[] result, double[] slopes) {
    points.get(index, numeric, code);
    cross(numeric, code, from, to, result, slopes);
  }

  /** Computes the covariances of any point, given by its features, with some of its own. */
  void cross(double[] features, double[] codes, int from, int to, double[] result) {
    distances(features, codes, from, to);
    shape.covariances(squared, hamming, from, to, result);
    multiply(result, from, to);
  }

  /** Computes the slopes too; see {@link KernelShape#covariancesAndSlopes}. */
  void cross(
      double[] features, double[] codes, int from, int to, double[] result, double[] slopes) {
    distances(features, codes, from, to);
    shape.covariancesAndSlopes(squared, hamming, from, to, result, slopes);
    multiply(result, from, to);
    multiply(slopes, from, to);
  }

  private void multiply(double[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] *= variance;
    }
  }

  private void distances(double[] features, double[] codes, int from, int to) {
    Arrays.fill(squared, from, to, 0);
    Arrays.fill(hamming, from, to, 0);
    for (int f = 0; f < factors.length; f++) {
      addSquares(features[f] * factors[f], scaled[f], from, to, squared);
    }
    for (int c = 0; c < weights.length; c++) {
      addDifferent(codes[c], weights[c], points.code(c), from, to, hamming);
    }
  }

  private static void addSquares(
      double value, double[] others, int from, int to, double[] sums) {
    for (int i = from; i < to; i++) {
      double difference = value - others[i];
      sums[i] += difference * difference;
    }
  }

  private static void addDifferent(
      double value, double weight, double[] others, int from, int to, double[] sums) {
    for (int i = from; i < to; i++) {
      sums[i] += others[i] == value ? 0 : weight;
    }
  }

  /**
   * Adds the derivatives of a sum over pairs (index, i) by the kernel's length parameters.
   *
   * @param slopeFactors what the slope of each pair counts, slopes included
   * @param codeFactors what the covariance of each pair counts, covariances included
   * @param gradient receives the sums, by parameter
   */
  void addLengthGradients(
      int index,
      int from,
      int to,
      double[] slopeFactors,
      double[] codeFactors,
      double[] gradient) {
    for (int f = 0; f < factors.length; f++) {
      gradient[map.scale(f)] += weightedSquares(scaled[f][index], scaled[f], from, to, slopeFactors);
    }
    for (int c = 0; c < weights.length; c++) {
      double[] column = points.code(c);
      double sum = 0;
      for (int i = from; i < to; i++) {
        sum += column[i] == column[index] ? 0 : codeFactors[i];
      }
      gradient[map.scaleCount() + c] += weights[c] * sum;
    }
  }

  private static double weightedSquares(
      double value, double[] others, int from, int to, double[] factors) {
    double even = 0;
    double odd = 0;
    int i = from;
    for (; i < to - 1; i += 2) {
      double one = value - others[i];
      double other = value - others[i + 1];
      even += factors[i] * one * one;
      odd += factors[i + 1] * other * other;
    }
    if (i < to) {
      double last = value - others[i];
      even += factors[i] * last * last;
    }
    return even + odd;
  }

  /**
   * Computes the gradient, by a point's numeric features, of a weighted sum of its covariances.
   *
   * @param features of the point, unscaled
   * @param slopeFactors weight times slope for each of the points
   * @param gradient receives it, shape [numeric features]
   */
  void featureGradient(double[] features, int to, double[] slopeFactors, double[] gradient) {
    for (int f = 0; f < factors.length; f++) {
      double value = features[f] * factors[f];
      double[] others = scaled[f];
      double even = 0;
      double odd = 0;
      int i = 0;
      for (; i < to - 1; i += 2) {
        even += slopeFactors[i] * (value - others[i]);
        odd += slopeFactors[i + 1] * (value - others[i + 1]);
      }
      if (i < to) {
        even += slopeFactors[i] * (value - others[i]);
      }
      gradient[f] = -factors[f] * (even + odd);
    }
  }
}
