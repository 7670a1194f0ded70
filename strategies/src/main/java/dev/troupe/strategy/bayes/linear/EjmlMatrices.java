package dev.troupe.strategy.bayes.linear;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionBlock_DDRM;

/**
 * Whole matrices with EJML. Its inverses run along columns, which takes several times as long as
 * {@link TriangularInverse} does along rows.
 */
final class EjmlMatrices implements WholeMatrices {

  /** Columns that are eliminated before the rest follows; wider blocks spend more on themselves. */
  private static final int BLOCK_WIDTH = 8;

  private final CholeskyDecompositionBlock_DDRM cholesky =
      new CholeskyDecompositionBlock_DDRM(BLOCK_WIDTH);
  private final TriangularInverse inverse = new TriangularInverse();

  /** Stands for arrays that are handed in. */
  private final DMatrixRMaj view = new DMatrixRMaj(0, 0);

  private int capacity;

  @Override
  public boolean factorise(double[] matrix, int size) {
    if (size > capacity) {
      capacity = size + size / 4;
      cholesky.setExpectedMaxSize(capacity, capacity);
    }
    view.setData(matrix);
    view.reshape(size, size, false);
    if (!cholesky.decompose(view)) {
      return false;
    }
    transpose(matrix, size);
    return true;
  }

  /** Copies the lower triangle to the upper one. */
  private static void transpose(double[] matrix, int size) {
    for (int i = 0; i < size; i++) {
      for (int j = 0; j < i; j++) {
        matrix[j * size + i] = matrix[i * size + j];
      }
    }
  }

  @Override
  public void invert(double[] factor, int size, double[][] upper) {
    inverse.invert(factor, size, upper);
  }
}
