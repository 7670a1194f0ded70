package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.CholeskyFactor;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.Arrays;

/**
 * Minus the logarithm of the posterior density of a {@link Kernel}'s parameters, given
 * observations, with its gradient (Rasmussen, Williams 2006, equation 5.9); the constant mean is
 * the best for each. A value costs O(n^3). Not thread safe.
 */
final class MarginalLikelihood implements Differentiable {

  private static final double JITTER = 1e-10;

  private final FeaturePoints points;
  private final Kernel kernel;
  private final KernelPrior prior;
  private final CholeskyFactor factor;

  private double[] targets = new double[0];
  private double[] alpha = new double[0];
  private double[] ones = new double[0];
  private double[] pairs = new double[0];
  private double[] slopeFactors = new double[0];
  private double[] codeFactors = new double[0];
  private double[] trendRow = new double[0];

  /** Covariances without the trend, and their slopes; shape [n, n], row i from column i on. */
  private double[][] local = new double[0][0];

  private double[][] slopes = new double[0][0];

  /** All covariances with the noise, then the inverse. */
  private double[][] matrix = new double[0][0];

  MarginalLikelihood(FeatureMap map, KernelPrior prior, LinearAlgebra algebra) {
    this.points = new FeaturePoints(map);
    this.kernel = new Kernel(map, KernelShape.MATERN_52, points);
    this.prior = prior;
    this.factor = algebra.factor(0);
  }

  /** Returns where observations are added, or cleared. */
  FeaturePoints points() {
    return points;
  }

  /** Sets the values of the observations, standardised, as many as there are points. */
  void setTargets(double[] values) {
    targets = values.clone();
    int size = targets.length;
    if (alpha.length < size) {
      int capacity = size + size / 4;
      alpha = new double[capacity];
      ones = new double[capacity];
      pairs = new double[capacity];
      slopeFactors = new double[capacity];
      codeFactors = new double[capacity];
      trendRow = new double[capacity];
      local = new double[capacity][capacity];
      slopes = new double[capacity][capacity];
      matrix = new double[capacity][capacity];
    }
  }

  @Override
  public double value(double[] parameters, double[] gradient) {
    kernel.set(parameters);
    int size = targets.length;
    for (int i = 0; i < size; i++) {
      kernel.localRow(i, i, size, local[i], slopes[i]);
      System.arraycopy(local[i], i, matrix[i], i, size - i);
      kernel.addTrend(i, i + 1, size, matrix[i]);
      matrix[i][i] = kernel.variance(i) + kernel.noise();
    }
    if (!factor.factorise(matrix, size, JITTER)) {
      return Double.POSITIVE_INFINITY;
    }
    double mean = bestMean(size);
    double fit = 0;
    for (int i = 0; i < size; i++) {
      fit += (targets[i] - mean) * alpha[i];
    }
    Arrays.fill(gradient, 0);
    addGradient(fit, gradient);
    double value = (fit + mean * mean + factor.logDeterminant()) / 2;
    return value + prior.penalty(parameters, gradient);
  }

  /** Returns the most probable mean, believed to be standard normal; sets the weights. */
  private double bestMean(int size) {
    Arrays.fill(ones, 0, size, 1);
    factor.solveTransposed(ones);
    System.arraycopy(targets, 0, alpha, 0, size);
    factor.solveTransposed(alpha);
    double product = 0;
    double precision = 1;
    for (int i = 0; i < size; i++) {
      product += ones[i] * alpha[i];
      precision += ones[i] * ones[i];
    }
    double mean = product / precision;
    for (int i = 0; i < size; i++) {
      alpha[i] -= mean * ones[i];
    }
    factor.solve(alpha);
    return mean;
  }

  private void addGradient(double fit, double[] gradient) {
    int size = targets.length;
    factor.invert(matrix);
    double trace = 0;
    double squares = 0;
    double trend = 0;
    for (int i = 0; i < size; i++) {
      trace += matrix[i][i];
      squares += alpha[i] * alpha[i];
      trend += (matrix[i][i] - alpha[i] * alpha[i]) * (kernel.variance(i) - kernel.variance()) / 2;
      trend += addRow(i, size, gradient);
    }
    double ridge = kernel.noise() + JITTER;
    double all = (size - ridge * trace - fit + ridge * squares) / 2;
    int variance = kernel.varianceIndex();
    gradient[variance] += all - trend;
    gradient[variance + 1] += trend;
    gradient[variance + 2] += kernel.noise() * (trace - squares) / 2;
  }

  /**
   * Adds the pairs of an observation with later ones; each counts twice, which makes up for the
   * half in front of the gradient. Returns the sum that belongs to the trend.
   */
  private double addRow(int i, int size, double[] gradient) {
    double weight = alpha[i];
    double[] inverseRow = matrix[i];
    double[] slopeRow = slopes[i];
    double[] localRow = local[i];
    for (int j = i + 1; j < size; j++) {
      pairs[j] = inverseRow[j] - weight * alpha[j];
      slopeFactors[j] = pairs[j] * slopeRow[j];
      codeFactors[j] = pairs[j] * localRow[j];
    }
    kernel.addLengthGradients(i, i + 1, size, slopeFactors, codeFactors, gradient);
    Arrays.fill(trendRow, i + 1, size, 0);
    kernel.addTrend(i, i + 1, size, trendRow);
    return PointLoops.dot(pairs, trendRow, i + 1, size);
  }
}
