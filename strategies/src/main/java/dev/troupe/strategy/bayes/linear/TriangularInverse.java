package dev.troupe.strategy.bayes.linear;

import java.util.Arrays;

/**
 * The inverse of a matrix from its factor in plain Java: first S, the inverse of the transpose of
 * R, then S'S. Inner loops run along rows and take four pivots in one go. Keeps scratch; not thread
 * safe.
 */
final class TriangularInverse {

  private static final int PIVOTS = 4;

  /**
   * Rows of the result that are computed together, and stay in the cache; some times the pivots.
   */
  private static final int TILE = 64;

  /** S, zero right of the diagonal; shape [capacity, capacity]. */
  private double[][] rows = new double[0][0];

  /**
   * Computes the inverse of R'R.
   *
   * @param factor R in the upper and its transpose in the lower triangle, row by row without gaps
   * @param upper receives it: row i from column i on
   */
  void invert(double[] factor, int size, double[][] upper) {
    if (rows.length < size) {
      int capacity = size + size / 4;
      rows = new double[capacity][capacity];
    }
    for (int i = 0; i < size; i++) {
      invertRow(factor, i * size, i);
    }
    for (int from = 0; from < size; from += TILE) {
      multiply(from, Math.min(from + TILE, size), size, upper);
    }
  }

  /** Computes row i of S, of which R'S = I, from those above. */
  private void invertRow(double[] factor, int offset, int i) {
    double[] row = rows[i];
    Arrays.fill(row, 0, i, 0);
    int k = 0;
    for (; k + PIVOTS <= i; k += PIVOTS) {
      TriangularRows.subtractFour(
          row,
          rows[k],
          rows[k + 1],
          rows[k + 2],
          rows[k + 3],
          factor[offset + k],
          factor[offset + k + 1],
          factor[offset + k + 2],
          factor[offset + k + 3],
          0,
          k + PIVOTS);
    }
    for (; k < i; k++) {
      TriangularRows.subtract(row, rows[k], factor[offset + k], 0, k + 1);
    }
    row[i] = 1 / factor[offset + i];
    for (int j = 0; j < i; j++) {
      row[j] *= row[i];
    }
  }

  /** Computes some rows of S'S. */
  private void multiply(int from, int to, int size, double[][] upper) {
    for (int i = from; i < to; i++) {
      Arrays.fill(upper[i], i, size, 0);
    }
    for (int start = from; start < size; start += PIVOTS) {
      int end = Math.min(start + PIVOTS, size);
      for (int i = from; i < Math.min(to, end); i++) {
        addProducts(upper[i], start, end, i);
      }
    }
  }

  /** Adds to row i of the result the products of some rows of S. */
  private void addProducts(double[] row, int start, int end, int i) {
    if (end - start == PIVOTS && i <= start) {
      TriangularRows.subtractFour(
          row,
          rows[start],
          rows[start + 1],
          rows[start + 2],
          rows[start + 3],
          -rows[start][i],
          -rows[start + 1][i],
          -rows[start + 2][i],
          -rows[start + 3][i],
          i,
          end);
      return;
    }
    for (int k = Math.max(start, i); k < end; k++) {
      TriangularRows.subtract(row, rows[k], -rows[k][i], i, k + 1);
    }
  }
}
