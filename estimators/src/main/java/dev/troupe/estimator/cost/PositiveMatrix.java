package dev.troupe.estimator.cost;

/** Small positive definite matrices. */
final class PositiveMatrix {

  private PositiveMatrix() {}

  /**
   * Returns the inverse, by Gauss-Jordan elimination, which needs no pivots here.
   *
   * @param matrix positive definite, shape [n, n]; not changed
   */
  static double[][] inverse(double[][] matrix) {
    int n = matrix.length;
    var left = new double[n][];
    var right = new double[n][n];
    for (int i = 0; i < n; i++) {
      left[i] = matrix[i].clone();
      right[i][i] = 1;
    }
    for (int pivot = 0; pivot < n; pivot++) {
      double scale = left[pivot][pivot];
      for (int row = 0; row < n; row++) {
        double factor = left[row][pivot] / scale;
        for (int column = 0; row != pivot && column < n; column++) {
          left[row][column] -= factor * left[pivot][column];
          right[row][column] -= factor * right[pivot][column];
        }
      }
      for (int column = 0; column < n; column++) {
        left[pivot][column] /= scale;
        right[pivot][column] /= scale;
      }
    }
    return right;
  }
}
