package dev.troupe.estimator.synthetic;

import java.util.random.RandomGenerator;

/** Random orthogonal matrices. */
final class Rotations {

  private Rotations() {}

  /**
   * Returns an orthogonal matrix, evenly distributed: normal entries, made orthonormal row by row
   * (Gram and Schmidt).
   *
   * @return shape [n, n]
   */
  static double[][] random(int n, RandomGenerator random) {
    var matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        matrix[i][j] = random.nextGaussian();
      }
    }
    for (int i = 0; i < n; i++) {
      for (int k = 0; k < i; k++) {
        double overlap = product(matrix[i], matrix[k]);
        for (int j = 0; j < n; j++) {
          matrix[i][j] -= overlap * matrix[k][j];
        }
      }
      double length = StrictMath.sqrt(product(matrix[i], matrix[i]));
      for (int j = 0; j < n; j++) {
        matrix[i][j] /= length;
      }
    }
    return matrix;
  }

  private static double product(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
