package dev.troupe.strategy.bayes.linear;

/**
 * The upper triangular R with R'R = A of a symmetric, positive definite A, where R' is the
 * transpose of R. It is computed at once, or grows row by row. The two agree to rounding only: what
 * has to go on to the last digit after it was saved and loaded grows in both cases. No method
 * allocates but for more rows than there ever were. Not thread safe.
 */
public interface CholeskyFactor {

  /** Returns the number n of rows. */
  int size();

  /**
   * Factorises a matrix in O(n^3).
   *
   * @param upper shape [n or more, n or more], of which row i is read from column i on
   * @param size n, at least 0
   * @param jitter added to the diagonal, at least 0
   * @return false, and the factor is without rows, if the sum is not positive definite to rounding
   *     or not finite
   */
  boolean factorise(double[][] upper, int size, double jitter);

  /**
   * Appends a row and column to the matrix in O(n^2). The same rows appended to a factor without
   * rows give the same digits, whatever it held before.
   *
   * @param column the covariances with the n rows so far, shape [n or more]; overwritten
   * @param diagonal the last element of the new row, jitter included
   * @return false, and the factor is as it was, if the larger matrix is not positive definite to
   *     rounding or not finite
   */
  boolean append(double[] column, double diagonal);

  /** Forgets all rows from {@code size} on, as if they had never been appended. */
  void truncate(int size);

  /** Overwrites b, shape [n or more], by the solution of R'x = b in O(n^2). */
  void solveTransposed(double[] b);

  /** Overwrites b, shape [n or more], by the solution of Rx = b in O(n^2). */
  void solve(double[] b);

  /**
   * Overwrites many right-hand sides by the solutions of R'X = B, each as it would be alone.
   *
   * @param b shape [n or more, count or more]: a row for each row of the factor
   * @param count how many columns count
   */
  void solveTransposed(double[][] b, int count);

  /** Returns the logarithm of the determinant of A. */
  double logDeterminant();

  /**
   * Computes the inverse of A in O(n^3).
   *
   * @param upper receives it, shape [n or more, n or more]: row i from column i on
   */
  void invert(double[][] upper);
}
