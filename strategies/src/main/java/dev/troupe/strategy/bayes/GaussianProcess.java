package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.CholeskyFactor;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.Arrays;

/**
 * Exact regression by a Gaussian process with a constant mean (Rasmussen, Williams 2006, algorithm
 * 2.1; METHODS 1.1). Observations are added one by one in O(n^2), with or without a value: one
 * without has the value that is expected there, so that it leaves the mean as it is and lowers the
 * variance around it (Desautels, Krause, Burdick 2014, JMLR 15:3873-3923). What was added last can
 * be taken back. Adding gives, to the last bit, what conditioning on all would. Not thread safe.
 */
final class GaussianProcess {

  /** Deviation that the constant mean is believed to have around 0. */
  private static final double MEAN_DEVIATION = 1;

  /** Predicted variances are at least this part of the signal variance. */
  private static final double LEAST_VARIANCE = 1e-12;

  /** Queries whose covariances are computed before they are moved to their columns. */
  private static final int SIDE_BY_SIDE = 8;

  private final FeatureMap map;
  private final Kernel kernel;
  private final GrowingCovariance covariance;
  private final CholeskyFactor factor;
  private final boolean zeroMean;

  private double[] targets = new double[0];
  private double[] alpha = new double[0];
  private double[] scratch = new double[0];
  private double[] slopes = new double[0];
  private double[] weighted = new double[0];
  private double[][] crossRows = new double[SIDE_BY_SIDE][0];
  private double[][] columns = new double[0][0];
  private double[] marked = new double[0];
  private double mean;

  private final FeatureVector features;
  private final FeatureVector featureGradient;

  private GaussianProcess(
      FeatureMap map, KernelShape shape, LinearAlgebra algebra, boolean zeroMean) {
    this.map = map;
    this.zeroMean = zeroMean;
    var points = new FeaturePoints(map);
    kernel = new Kernel(map, shape, points);
    covariance = new GrowingCovariance(points, kernel, algebra);
    factor = covariance.factor();
    features = map.vector();
    featureGradient = map.vector();
  }

  /** Returns a process without observations, whose constant mean is found with them. */
  static GaussianProcess of(FeatureMap map, LinearAlgebra algebra) {
    return new GaussianProcess(map, KernelShape.MATERN_52, algebra, false);
  }

  /** Returns a process without observations of mean 0. */
  static GaussianProcess ofZeroMean(FeatureMap map, KernelShape shape, LinearAlgebra algebra) {
    return new GaussianProcess(map, shape, algebra, true);
  }

  /** Returns the number of observations. */
  int size() {
    return covariance.size();
  }

  /** Returns the variance of the noise, jitter included. */
  double noise() {
    return covariance.noise();
  }

  /** Forgets all observations and takes over the kernel's parameters. */
  void reset(double[] kernelParameters) {
    covariance.reset(kernelParameters);
    mean = 0;
  }

  /**
   * Adds observations that have values; call {@link #condition} before predicting.
   *
   * @param point shape [d]
   * @param active shape [d]
   */
  void add(double[] point, boolean[] active, double target) {
    int index = size();
    reserve(index + 1);
    appendPoint(point, active);
    targets[index] = target;
  }

  /** Sets the values of all observations anew; call {@link #condition} before predicting. */
  void setTargets(double[] values) {
    System.arraycopy(values, 0, targets, 0, size());
  }

  /** Makes predictions agree with the observations, in O(n^2). */
  void condition() {
    solveWeights();
  }

  /** Remembers its state, for {@link #rollBack}. */
  void mark() {
    marked = Arrays.copyOf(alpha, size());
  }

  /** Takes back all observations since {@link #mark}: predictions are, to the last bit, as then. */
  void rollBack() {
    truncate(marked.length);
    System.arraycopy(marked, 0, alpha, 0, marked.length);
  }

  /** Adds an observation without a value, and returns the one that is expected there. */
  double believe(double[] point, boolean[] active) {
    return believe(point, active, Double.NEGATIVE_INFINITY);
  }

  /**
   * Adds an observation whose value is the expected one, or {@code least} if that is larger.
   * Predictions follow without {@link #condition}.
   */
  double believe(double[] point, boolean[] active, double least) {
    map.map(point, active, features);
    int index = size();
    reserve(index + 1);
    kernel.cross(features, 0, index, scratch);
    double expected = mean + dot(alpha, scratch, index);
    appendPoint(point, active);
    targets[index] = Math.max(expected, least);
    if (expected >= least) {
      alpha[index] = 0; // exactly what was expected: the others' weights stay
    } else {
      solveKeepingMean();
    }
    return targets[index];
  }

  /**
   * Adds an observation whose value is drawn, and returns that. Values that are drawn one after the
   * other are a joint sample of the process. Predictions follow without {@link #condition}.
   *
   * @param normal a draw of the standard normal distribution
   */
  double draw(double[] point, boolean[] active, double normal) {
    map.map(point, active, features);
    int index = size();
    reserve(index + 1);
    kernel.cross(features, 0, index, scratch);
    double expected = mean + dot(alpha, scratch, index);
    factor.solveTransposed(scratch);
    double variance = kernel.variance(features) - dot(scratch, scratch, index);
    appendPoint(point, active);
    targets[index] = expected + Math.sqrt(Math.max(0, variance)) * normal;
    solveKeepingMean();
    return targets[index];
  }

  private void appendPoint(double[] point, boolean[] active) {
    map.map(point, active, features);
    covariance.add(features);
  }

  /** Takes back all observations from an index on; call {@link #condition} before predicting. */
  void truncate(int count) {
    covariance.truncate(count);
  }

  private void solveWeights() {
    int size = size();
    mean = zeroMean ? 0 : bestMean(size);
    solveKeepingMean();
  }

  /** The mean that is most probable given the observations. */
  private double bestMean(int size) {
    Arrays.fill(scratch, 0, size, 1);
    factor.solveTransposed(scratch);
    System.arraycopy(targets, 0, alpha, 0, size);
    factor.solveTransposed(alpha);
    double precision = dot(scratch, scratch, size) + 1 / (MEAN_DEVIATION * MEAN_DEVIATION);
    return dot(scratch, alpha, size) / precision;
  }

  private void solveKeepingMean() {
    int size = size();
    for (int i = 0; i < size; i++) {
      alpha[i] = targets[i] - mean;
    }
    factor.solveTransposed(alpha);
    factor.solve(alpha);
  }

  private void reserve(int size) {
    if (targets.length >= size) {
      return;
    }
    int capacity = Math.max(16, 2 * size);
    targets = Arrays.copyOf(targets, capacity);
    alpha = Arrays.copyOf(alpha, capacity);
    scratch = new double[capacity];
    slopes = new double[capacity];
    weighted = new double[capacity];
    crossRows = new double[SIDE_BY_SIDE][capacity];
  }

  /** Returns the least loss that is expected at any of the observations, of which there is one. */
  double leastMean() {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < size(); i++) {
      least = Math.min(least, meanAt(i));
    }
    return least;
  }

  /** Returns the constant mean. */
  double mean() {
    return mean;
  }

  /** Returns the value of an observation, or what was believed in its place. */
  double target(int index) {
    return targets[index];
  }

  /** Returns the loss that is expected at an observation. */
  double meanAt(int index) {
    // (K + noise) alpha = targets - mean, of which K alpha + mean is wanted.
    return targets[index] - noise() * alpha[index];
  }

  /** Returns the logarithm of the probability density of the observations. */
  double logMarginalLikelihood() {
    int size = size();
    double fit = 0;
    for (int i = 0; i < size; i++) {
      fit += (targets[i] - mean) * alpha[i];
    }
    return -fit / 2 - factor.logDeterminant() / 2 - size * StrictMath.log(2 * Math.PI) / 2;
  }

  /**
   * Predicts the mean and the variance of the noiseless loss at many points.
   *
   * @param queries shape [count, d]
   * @param actives shape [count, d]
   * @param means receives the means, shape [count]
   * @param variances receives the variances, shape [count]
   */
  void predict(
      double[][] queries, boolean[][] actives, int count, double[] means, double[] variances) {
    int size = size();
    if (columns.length < targets.length || columns.length > 0 && columns[0].length < count) {
      columns = new double[targets.length][count];
    }
    for (int from = 0; from < count; from += SIDE_BY_SIDE) {
      int to = Math.min(from + SIDE_BY_SIDE, count);
      for (int c = from; c < to; c++) {
        double[] row = crossRows[c - from];
        map.map(queries[c], actives[c], features);
        kernel.cross(features, 0, size, row);
        means[c] = mean + dot(alpha, row, size);
        variances[c] = kernel.variance(features);
      }
      transpose(from, to, size);
    }
    factor.solveTransposed(columns, count);
    for (int i = 0; i < size; i++) {
      double[] row = columns[i];
      for (int c = 0; c < count; c++) {
        variances[c] -= row[c] * row[c];
      }
    }
    for (int c = 0; c < count; c++) {
      variances[c] = Math.max(variances[c], LEAST_VARIANCE * kernel.variance());
    }
  }

  /** Moves covariances of some queries to their columns: whole lines of the cache at a time. */
  private void transpose(int from, int to, int size) {
    for (int i = 0; i < size; i++) {
      double[] row = columns[i];
      for (int c = from; c < to; c++) {
        row[c] = crossRows[c - from][i];
      }
    }
  }

  /** Returns the mean at a point. */
  double predictMean(double[] point, boolean[] active) {
    map.map(point, active, features);
    kernel.cross(features, 0, size(), scratch);
    return mean + dot(alpha, scratch, size());
  }

  /**
   * Predicts at one point, with gradients by its coordinates.
   *
   * @param point shape [d]
   * @param active shape [d]
   * @param meanGradient receives that of the mean, shape [d]
   * @param varianceGradient receives that of the variance, shape [d]
   * @param prediction receives mean and variance, shape [2]
   */
  void predict(
      double[] point,
      boolean[] active,
      double[] meanGradient,
      double[] varianceGradient,
      double[] prediction) {
    int size = size();
    map.map(point, active, features);
    kernel.cross(features, 0, size, scratch, slopes);
    prediction[0] = mean + dot(alpha, scratch, size);
    weigh(alpha);
    pullBack(point, active, meanGradient);
    factor.solveTransposed(scratch);
    double variance = kernel.variance(features) - dot(scratch, scratch, size);
    prediction[1] = Math.max(variance, LEAST_VARIANCE * kernel.variance());
    factor.solve(scratch);
    for (int i = 0; i < size; i++) {
      scratch[i] *= -2;
    }
    weigh(scratch);
    kernel.addVarianceGradient(features, featureGradient);
    pullBack(point, active, varianceGradient);
  }

  /** Computes the gradient, by features, of the sum of covariances with the observations. */
  private void weigh(double[] weights) {
    int size = size();
    for (int i = 0; i < size; i++) {
      weighted[i] = weights[i] * slopes[i];
    }
    kernel.featureGradient(features, size, weighted, weights, featureGradient);
  }

  private void pullBack(double[] point, boolean[] active, double[] gradient) {
    map.pullBack(point, active, featureGradient.numeric(), featureGradient.trend(), gradient);
  }

  /**
   * Computes how far the first observations are from a point: the standard deviations that the
   * differences of their losses are believed to have before any is seen.
   *
   * @param count how many
   * @param result receives them, shape [count]
   */
  void distances(double[] point, boolean[] active, int count, double[] result) {
    map.map(point, active, features);
    kernel.cross(features, 0, count, result);
    double own = kernel.variance(features);
    for (int i = 0; i < count; i++) {
      result[i] = Math.sqrt(Math.max(0, own + kernel.variance(i) - 2 * result[i]));
    }
  }

  private static double dot(double[] a, double[] b, int size) {
    return PointLoops.dot(a, b, 0, size);
  }
}
