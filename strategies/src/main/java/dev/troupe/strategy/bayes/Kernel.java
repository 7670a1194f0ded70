package dev.troupe.strategy.bayes;

import java.util.Arrays;

/**
 * A covariance of points, the sum of two: a local one, which is a function of the distance of
 * numeric features, each divided by its length scale, times the exponential of minus the weighted
 * number of codes that differ (METHODS 1.1), times a variance; and that of a trend, a sum of a term
 * for each parameter alone, whose weights are believed to be normal and equally large. What each
 * parameter does by itself explains most of many losses, and a few observations tell it, where the
 * local part needs them all over the space.
 *
 * <p>Its parameters are logarithms, in this order: the length scales of {@link FeatureMap}, one
 * length for each code (its weight is the inverse), the variances of the local part, of the trend
 * and of the noise. Keeps the points it was made for, scaled. Not thread safe.
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

  private final FeatureVector own;
  private double variance = 1;
  private double noise;

  /** Variance of the weight of a term of the trend: the code's, and of the others half of it. */
  private double codeTerm;

  private double[] squared = new double[0];
  private double[] hamming = new double[0];

  /** Returns a kernel over points that may grow later. */
  Kernel(FeatureMap map, KernelShape shape, FeaturePoints points) {
    this.map = map;
    this.shape = shape;
    this.points = points;
    factors = new double[map.numericCount()];
    weights = new double[map.codeCount()];
    scaled = new double[factors.length][0];
    own = map.vector();
  }

  /** Returns the index of the logarithm of the local variance; trend and noise are the next two. */
  int varianceIndex() {
    return map.scaleCount() + weights.length;
  }

  /** Returns the variance of the local part. */
  double variance() {
    return variance;
  }

  /** Returns the variance of the noise. */
  double noise() {
    return noise;
  }

  private double numericTerm() {
    return codeTerm / 2;
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
    codeTerm =
        StrictMath.exp(parameters[varianceIndex() + 1])
            / Math.max(1, map.scaleCount() + weights.length);
    noise = StrictMath.exp(parameters[varianceIndex() + 2]);
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

  /** Returns the variance at a point, without noise. */
  double variance(FeatureVector features) {
    double sum = 0;
    for (double term : features.trend()) {
      sum += term * term;
    }
    return variance + numericTerm() * sum + codeTerm * weights.length;
  }

  /** Returns the variance at one of its points, without noise. */
  double variance(int index) {
    points.get(index, own);
    return variance(own);
  }

  /** Computes the covariances of point {@code index} with those from {@code from} to {@code to}. */
  void row(int index, int from, int to, double[] result) {
    points.get(index, own);
    cross(own, from, to, result);
  }

  /**
   * Computes the local part of the covariances of point {@code index} with some of its own, and the
   * slopes; see {@link KernelShape#covariancesAndSlopes}.
   */
  void localRow(int index, int from, int to, double[] result, double[] slopes) {
    points.get(index, own);
    local(own, from, to, result, slopes);
  }

  /** Computes the covariances of any point with some of its own. */
  void cross(FeatureVector features, int from, int to, double[] result) {
    distances(features, from, to);
    shape.covariances(squared, hamming, from, to, result);
    multiply(result, from, to);
    addTrend(features, from, to, result);
  }

  /** Computes the covariances of any point with some of its own, and the slopes. */
  void cross(FeatureVector features, int from, int to, double[] result, double[] slopes) {
    local(features, from, to, result, slopes);
    addTrend(features, from, to, result);
  }

  private void local(FeatureVector features, int from, int to, double[] result, double[] slopes) {
    distances(features, from, to);
    shape.covariancesAndSlopes(squared, hamming, from, to, result, slopes);
    multiply(result, from, to);
    multiply(slopes, from, to);
  }

  private void multiply(double[] values, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] *= variance;
    }
  }

  private void distances(FeatureVector features, int from, int to) {
    Arrays.fill(squared, from, to, 0);
    Arrays.fill(hamming, from, to, 0);
    double[] numeric = features.numeric();
    int f = 0;
    for (; f + 4 <= factors.length; f += 4) {
      PointLoops.addSquares(
          numeric[f] * factors[f],
          scaled[f],
          numeric[f + 1] * factors[f + 1],
          scaled[f + 1],
          numeric[f + 2] * factors[f + 2],
          scaled[f + 2],
          numeric[f + 3] * factors[f + 3],
          scaled[f + 3],
          from,
          to,
          squared);
    }
    for (; f < factors.length; f++) {
      PointLoops.addSquares(numeric[f] * factors[f], scaled[f], from, to, squared);
    }
    for (int c = 0; c < weights.length; c++) {
      PointLoops.addWhereDifferent(
          features.code()[c], weights[c], points.code(c), from, to, hamming);
    }
  }

  /** Adds the trend's part of the covariances of point {@code index} with some of its own. */
  void addTrend(int index, int from, int to, double[] sums) {
    points.get(index, own);
    addTrend(own, from, to, sums);
  }

  private void addTrend(FeatureVector features, int from, int to, double[] sums) {
    if (codeTerm == 0) {
      return;
    }
    double[] trend = features.trend();
    double weight = numericTerm();
    int t = 0;
    for (; t + 4 <= trend.length; t += 4) {
      PointLoops.addMultiples(
          trend[t] * weight,
          points.trend(t),
          trend[t + 1] * weight,
          points.trend(t + 1),
          trend[t + 2] * weight,
          points.trend(t + 2),
          trend[t + 3] * weight,
          points.trend(t + 3),
          from,
          to,
          sums);
    }
    if (t < trend.length) { // each ordered parameter has two terms
      PointLoops.addMultiples(
          trend[t] * weight,
          points.trend(t),
          trend[t + 1] * weight,
          points.trend(t + 1),
          from,
          to,
          sums);
    }
    for (int c = 0; c < weights.length; c++) {
      PointLoops.addWhereEqual(features.code()[c], codeTerm, points.code(c), from, to, sums);
    }
  }

  /**
   * Adds the derivatives of a sum over pairs (index, i) of covariances by the length parameters.
   *
   * @param slopeFactors what the slope of each pair counts, slopes included
   * @param codeFactors what the covariance of each pair counts, covariances included
   * @param gradient receives the sums, by parameter
   */
  void addLengthGradients(
      int index, int from, int to, double[] slopeFactors, double[] codeFactors, double[] gradient) {
    for (int f = 0; f < factors.length; f++) {
      gradient[map.scale(f)] +=
          PointLoops.weightedSquares(scaled[f][index], scaled[f], from, to, slopeFactors);
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

  /**
   * Computes the gradient, by a point's features, of a weighted sum of its covariances.
   *
   * @param features of the point
   * @param slopeFactors weight times slope for each of the points
   * @param factorsOfPoints weight of each of the points
   * @param result receives it; its codes are left as they are
   */
  void featureGradient(
      FeatureVector features,
      int to,
      double[] slopeFactors,
      double[] factorsOfPoints,
      FeatureVector result) {
    for (int f = 0; f < factors.length; f++) {
      double value = features.numeric()[f] * factors[f];
      result.numeric()[f] =
          -factors[f] * PointLoops.weightedSum(value, scaled[f], 0, to, slopeFactors);
    }
    for (int t = 0; t < features.trend().length; t++) {
      result.trend()[t] = numericTerm() * PointLoops.dot(points.trend(t), factorsOfPoints, 0, to);
    }
  }

  /** Adds the gradient of the variance at a point. */
  void addVarianceGradient(FeatureVector features, FeatureVector result) {
    for (int t = 0; t < features.trend().length; t++) {
      result.trend()[t] += 2 * numericTerm() * features.trend()[t];
    }
  }
}
