package dev.troupe.strategy.bayes.linear;

/**
 * What a library computes on whole matrices, at O(n^3). Matrices lie row by row, without gaps.
 * Keeps scratch; not thread safe.
 */
interface WholeMatrices {

  /**
   * Overwrites a symmetric matrix by its factor R, which comes into the upper triangle, and the
   * transpose of R, into the lower one.
   *
   * @param matrix shape [n n or more], read from the upper triangle
   * @param size n, at least 1
   * @return false if the matrix is not positive definite, if that was noticed; it is overwritten
   *     then, too
   */
  boolean factorise(double[] matrix, int size);

  /**
   * Computes the inverse of a matrix from its factor.
   *
   * @param factor shape [n n or more], as {@link #factorise} leaves it; overwritten
   * @param size n, at least 1
   * @param upper receives the inverse, shape [n or more, n or more]: row i from column i on
   */
  void invert(double[] factor, int size, double[][] upper);
}
