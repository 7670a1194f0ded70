package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.CholeskyFactor;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;

/**
 * Linear regression with a normal prior on its weights and normal noise (Bishop 2006, section 3.3;
 * METHODS 1.2): the posterior of the weights is normal with precision {@code alpha I + beta X'X}.
 * Immutable.
 */
final class BayesianLinearRegression {

  private final double beta;
  private final double[] weights;
  private final CholeskyFactor factor;

  private BayesianLinearRegression(double beta, double[] weights, CholeskyFactor factor) {
    this.beta = beta;
    this.weights = weights;
    this.factor = factor;
  }

  /**
   * Fits.
   *
   * @param rows shape [n, d], d at least 1
   * @param values shape [n]
   * @param alpha precision of the prior, above 0
   * @param beta precision of the noise, above 0
   */
  static BayesianLinearRegression fit(
      double[][] rows, double[] values, double alpha, double beta, LinearAlgebra algebra) {
    int d = rows[0].length;
    var precision = new double[d][d];
    var weights = new double[d];
    for (int i = 0; i < d; i++) {
      precision[i][i] = alpha;
      for (int r = 0; r < rows.length; r++) {
        weights[i] += beta * rows[r][i] * values[r];
        for (int j = i; j < d; j++) {
          precision[i][j] += beta * rows[r][i] * rows[r][j];
        }
      }
    }
    CholeskyFactor factor = algebra.factor(d);
    if (!factor.factorise(precision, d, 0)) {
      throw new IllegalArgumentException(
          "A regression needs finite rows whose squares do not swamp the prior's precision, but its matrix is not positive definite. Maybe raise alpha (%s)."
              .formatted(alpha));
    }
    factor.solveTransposed(weights);
    factor.solve(weights);
    return new BayesianLinearRegression(beta, weights, factor);
  }

  /** Returns a copy of the posterior mean of the weights, shape [d]. */
  double[] weights() {
    return weights.clone();
  }

  /** Returns the posterior covariance of the weights: shape [d, d], row i from column i on. */
  double[][] covariance() {
    var covariance = new double[weights.length][weights.length];
    factor.invert(covariance);
    return covariance;
  }

  /** Returns the mean at a row. */
  double mean(double[] row) {
    double sum = 0;
    for (int i = 0; i < row.length; i++) {
      sum += row[i] * weights[i];
    }
    return sum;
  }

  /** Returns the variance at a row, noise included. */
  double variance(double[] row) {
    double[] solved = row.clone();
    factor.solveTransposed(solved);
    double sum = 1 / beta;
    for (double each : solved) {
      sum += each * each;
    }
    return sum;
  }
}
