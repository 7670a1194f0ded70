package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.CholeskyFactor;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.Arrays;

/**
 * A {@link GaussianProcess} under several assumptions at once of what the losses at its points are,
 * each a joint draw. Covariances do not depend on losses, so that all draws share one factor R'R,
 * and a draw is kept as u with R'u = losses - mean: a point whose loss is drawn given the earlier
 * ones has a standard normal number as its u. Not thread safe.
 */
final class DrawnProcess {

  /** Added to the diagonal, as a part of the local variance, so that points may coincide. */
  private static final double NUGGET = 1e-6;

  private final FeatureMap map;
  private final FeaturePoints points;
  private final Kernel kernel;
  private final CholeskyFactor factor;
  private final double mean;
  private final double diagonal;

  /** Shape [draws, capacity]: u, and from {@link #finish} on the weights R^-1 u. */
  private final double[][] draws;

  private double[] row = new double[0];
  private double[] column = new double[0];
  private double[] slopes = new double[0];
  private double[] weights = new double[0];
  private double[][] columns = new double[0][0];
  private final FeatureVector features;
  private final FeatureVector featureGradient;
  private final FeatureVector varianceGradient;

  /**
   * Returns one without points.
   *
   * @param draws how many, at least 1
   * @param parameters of the kernel
   * @param isNoisy whether what is added are losses with the kernel's noise, not those without
   * @param mean of the losses
   */
  DrawnProcess(
      FeatureMap map,
      LinearAlgebra algebra,
      int draws,
      double[] parameters,
      boolean isNoisy,
      double mean) {
    this.map = map;
    this.mean = mean;
    this.draws = new double[draws][0];
    points = new FeaturePoints(map);
    kernel = new Kernel(map, KernelShape.MATERN_52, points);
    kernel.set(parameters);
    diagonal = NUGGET * kernel.variance() + (isNoisy ? kernel.noise() : 0);
    factor = algebra.factor(0);
    features = map.vector();
    featureGradient = map.vector();
    varianceGradient = map.vector();
  }

  /** Returns the number of points. */
  int size() {
    return factor.size();
  }

  /** Returns what is added to the variance of each point. */
  double diagonal() {
    return diagonal;
  }

  /** Adds a point whose loss is the same in all draws. */
  void add(double[] point, boolean[] active, double loss) {
    int index = size();
    double root = append(point, active);
    for (double[] draw : draws) {
      draw[index] = (loss - expected(draw, index)) / root;
    }
  }

  /**
   * Adds a point whose loss is another in each draw.
   *
   * @param losses shape [draws]
   */
  void add(double[] point, boolean[] active, double[] losses) {
    int index = size();
    double root = append(point, active);
    for (int s = 0; s < draws.length; s++) {
      draws[s][index] = (losses[s] - expected(draws[s], index)) / root;
    }
  }

  /**
   * Adds a point whose loss is drawn, given those of the earlier points.
   *
   * @param normals draws of the standard normal distribution, shape [draws]
   * @param losses receives what was drawn, shape [draws]
   */
  void draw(double[] point, boolean[] active, double[] normals, double[] losses) {
    int index = size();
    double root = append(point, active);
    for (int s = 0; s < draws.length; s++) {
      draws[s][index] = normals[s];
      losses[s] = expected(draws[s], index) + root * normals[s];
    }
  }

  /**
   * Replaces the losses of all points.
   *
   * @param losses shape [n, draws]
   */
  void assign(double[][] losses) {
    for (int s = 0; s < draws.length; s++) {
      for (int i = 0; i < losses.length; i++) {
        draws[s][i] = losses[i][s] - mean;
      }
      factor.solveTransposed(draws[s]);
    }
  }

  /** Returns the weight of a point's covariance in a draw's mean; after {@link #finish}. */
  double weight(int draw, int index) {
    return draws[draw][index];
  }

  /** Appends a point; leaves its row of R' in {@code row} and returns the last element. */
  private double append(double[] point, boolean[] active) {
    int index = size();
    reserve(index + 1);
    map.map(point, active, features);
    points.add(features);
    kernel.refresh(index);
    kernel.row(index, 0, index, row);
    System.arraycopy(row, 0, column, 0, index);
    factor.solveTransposed(row);
    double whole = kernel.variance(features) + diagonal;
    double square = whole - dot(row, row, index);
    if (!factor.append(column, whole)) {
      throw new IllegalStateException(
          "A covariance matrix must be positive definite, but after %d points it is not. Maybe a parameter of the kernel is not a number."
              .formatted(index));
    }
    return Math.sqrt(Math.max(square, diagonal * 1e-3));
  }

  private double expected(double[] draw, int index) {
    return mean + dot(row, draw, index);
  }

  private void reserve(int size) {
    if (row.length >= size) {
      return;
    }
    int capacity = Math.max(32, 2 * size);
    row = new double[capacity];
    column = new double[capacity];
    slopes = new double[capacity];
    weights = new double[capacity];
    for (int s = 0; s < draws.length; s++) {
      draws[s] = Arrays.copyOf(draws[s], capacity);
    }
  }

  /** Makes it ready to predict; nothing can be added any more. */
  void finish() {
    reserve(1);
    for (double[] draw : draws) {
      factor.solve(draw);
    }
  }

  /**
   * Predicts means and variances of the noiseless loss at many points.
   *
   * @param queries shape [count, d]
   * @param actives shape [count, d]
   * @param means receives the means, shape [count, draws]
   * @param variances receives the variances, which all draws share, shape [count]
   */
  void predict(
      double[][] queries, boolean[][] actives, int count, double[][] means, double[] variances) {
    int size = size();
    if (columns.length < size || size > 0 && columns[0].length < count) {
      columns = new double[size][count];
    }
    for (int c = 0; c < count; c++) {
      map.map(queries[c], actives[c], features);
      kernel.cross(features, 0, size, row);
      for (int s = 0; s < draws.length; s++) {
        means[c][s] = mean + dot(row, draws[s], size);
      }
      variances[c] = kernel.variance(features);
      for (int i = 0; i < size; i++) {
        columns[i][c] = row[i];
      }
    }
    factor.solveTransposed(columns, count);
    for (int i = 0; i < size; i++) {
      double[] solved = columns[i];
      for (int c = 0; c < count; c++) {
        variances[c] -= solved[c] * solved[c];
      }
    }
    for (int c = 0; c < count; c++) {
      variances[c] = atLeastNugget(variances[c]);
    }
  }

  private double atLeastNugget(double variance) {
    return Math.max(variance, NUGGET * NUGGET * kernel.variance());
  }

  /**
   * Predicts at one point. {@link #gradient} is about the same point.
   *
   * @param means receives the means, shape [draws]
   * @return the variance
   */
  double predict(double[] point, boolean[] active, double[] means) {
    int size = size();
    map.map(point, active, features);
    kernel.cross(features, 0, size, row, slopes);
    for (int s = 0; s < draws.length; s++) {
      means[s] = mean + dot(row, draws[s], size);
    }
    factor.solveTransposed(row);
    double variance = kernel.variance(features) - dot(row, row, size);
    factor.solve(row);
    return atLeastNugget(variance);
  }

  /**
   * Computes the gradient, by coordinates of the point that was predicted last, of a weighted sum
   * of its means and its variance.
   *
   * @param meanSlopes what the mean of each draw counts, shape [draws]
   * @param varianceSlope what the variance counts
   * @param gradient receives it, shape [d]
   */
  void gradient(
      double[] point,
      boolean[] active,
      double[] meanSlopes,
      double varianceSlope,
      double[] gradient) {
    int size = size();
    for (int i = 0; i < size; i++) {
      weights[i] = -2 * varianceSlope * row[i];
    }
    for (int s = 0; s < draws.length; s++) {
      double slope = meanSlopes[s];
      double[] draw = draws[s];
      for (int i = 0; i < size; i++) {
        weights[i] += slope * draw[i];
      }
    }
    for (int i = 0; i < size; i++) {
      slopes[i] *= weights[i];
    }
    kernel.featureGradient(features, size, slopes, weights, featureGradient);
    Arrays.fill(varianceGradient.trend(), 0);
    kernel.addVarianceGradient(features, varianceGradient);
    for (int t = 0; t < featureGradient.trend().length; t++) {
      featureGradient.trend()[t] += varianceSlope * varianceGradient.trend()[t];
    }
    map.pullBack(point, active, featureGradient.numeric(), featureGradient.trend(), gradient);
  }

  private static double dot(double[] a, double[] b, int size) {
    double even = 0;
    double odd = 0;
    int i = 0;
    for (; i < size - 1; i += 2) {
      even += a[i] * b[i];
      odd += a[i + 1] * b[i + 1];
    }
    return i < size ? even + a[i] * b[i] + odd : even + odd;
  }
}
