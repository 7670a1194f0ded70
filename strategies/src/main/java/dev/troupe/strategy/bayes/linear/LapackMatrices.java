package dev.troupe.strategy.bayes.linear;

import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotrf;
import static org.bytedeco.openblas.global.openblas.LAPACKE_dpotri;
import static org.bytedeco.openblas.global.openblas.LAPACK_COL_MAJOR;

/**
 * Whole matrices with LAPACK. To it, rows are columns and the upper triangle is the lower one,
 * which spares the transposed copies of its row-wise calls. Arrays are copied to native memory and
 * back for each call, O(n^2) in O(n^3), and nothing of it is kept.
 */
final class LapackMatrices implements WholeMatrices {

  private static final byte LOWER = 'L';

  @Override
  public boolean factorise(double[] matrix, int size) {
    if (LAPACKE_dpotrf(LAPACK_COL_MAJOR, LOWER, size, matrix, size) != 0) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        matrix[j * size + i] = matrix[i * size + j];
      }
    }
    return true;
  }

  @Override
  public void invert(double[] factor, int size, double[][] upper) {
    int singular = LAPACKE_dpotri(LAPACK_COL_MAJOR, LOWER, size, factor, size);
    if (singular != 0) {
      throw new IllegalStateException(
          "A factor of %d rows must have a diagonal without zeros, but LAPACK found one (%d). Maybe it was changed."
              .formatted(size, singular));
    }
    for (int i = 0; i < size; i++) {
      System.arraycopy(factor, i * size + i, upper[i], i, size - i);
    }
  }
}
