package dev.troupe.strategy.bayes.linear;

import java.util.Arrays;

/**
 * Cholesky's factor in rows of Java arrays. All inner loops run along two to five different rows,
 * which the just-in-time compiler turns into vector instructions; four pivots are subtracted in one
 * go, one after the other in ascending order, so that each element is computed by the same
 * operations whether the factor was built at once or row by row.
 */
final class RowCholesky implements CholeskyFactor {

  private static final int PIVOTS = 4;
  private static final int LEAST_CAPACITY = 16;

  /** What is left of a diagonal element must be larger than this part of it: it is not rounding. */
  private static final double LEAST_PIVOT = 1e-14;

  /** Row i counts from column i on; shape [capacity, capacity]. */
  private double[][] rows;

  /** Scratch: the columns of the inverse of the factor, zero below the diagonal. */
  private double[][] columns = new double[0][0];

  private int size;

  RowCholesky(int capacity) {
    int atLeast = Math.max(capacity, LEAST_CAPACITY);
    rows = new double[atLeast][atLeast];
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public boolean factorise(double[][] upper, int count, double jitter) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(upper[i], i, rows[i], i, count - i);
      rows[i][i] += jitter;
    }
    size = 0;
    for (int start = 0; start < count; start += PIVOTS) {
      int end = Math.min(start + PIVOTS, count);
      if (!factorisePanel(upper, jitter, start, end, count)) {
        return false;
      }
      for (int i = end; i < count; i++) {
        subtractPanel(rows[i], i, start, end, i, count);
      }
    }
    size = count;
    return true;
  }

  private boolean factorisePanel(double[][] upper, double jitter, int start, int end, int count) {
    for (int k = start; k < end; k++) {
      double[] row = rows[k];
      for (int earlier = start; earlier < k; earlier++) {
        subtract(row, rows[earlier], rows[earlier][k], k, count);
      }
      double pivot = row[k];
      if (!isPositive(pivot, upper[k][k] + jitter)) {
        return false;
      }
      double root = Math.sqrt(pivot);
      for (int j = k; j < count; j++) {
        row[j] /= root;
      }
      row[k] = root;
    }
    return true;
  }

  private static boolean isPositive(double pivot, double diagonal) {
    return pivot > LEAST_PIVOT * diagonal && pivot < Double.POSITIVE_INFINITY;
  }

  /** Subtracts from a row the products with the pivots of a panel, from a column on. */
  private void subtractPanel(double[] row, int column, int start, int end, int from, int to) {
    if (end - start < PIVOTS) {
      for (int k = start; k < end; k++) {
        subtract(row, rows[k], rows[k][column], from, to);
      }
      return;
    }
    subtractFour(
        row,
        rows[start],
        rows[start + 1],
        rows[start + 2],
        rows[start + 3],
        rows[start][column],
        rows[start + 1][column],
        rows[start + 2][column],
        rows[start + 3][column],
        from,
        to);
  }

  private static void subtract(double[] row, double[] other, double factor, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] -= factor * other[j];
    }
  }

  private static void subtractFour(
      double[] row,
      double[] row0,
      double[] row1,
      double[] row2,
      double[] row3,
      double factor0,
      double factor1,
      double factor2,
      double factor3,
      int from,
      int to) {
    for (int j = from; j < to; j++) {
      row[j] =
          row[j] - factor0 * row0[j] - factor1 * row1[j] - factor2 * row2[j] - factor3 * row3[j];
    }
  }

  @Override
  public boolean append(double[] column, double diagonal) {
    reserve(size + 1);
    solveTransposed(column);
    double pivot = diagonal;
    for (int k = 0; k < size; k++) {
      pivot -= column[k] * column[k];
    }
    if (!isPositive(pivot, diagonal)) {
      return false;
    }
    for (int k = 0; k < size; k++) {
      rows[k][size] = column[k];
    }
    rows[size][size] = Math.sqrt(pivot);
    size++;
    return true;
  }

  private void reserve(int count) {
    if (count <= rows.length) {
      return;
    }
    int capacity = Math.max(count, rows.length + rows.length / 2);
    var larger = new double[capacity][];
    for (int i = 0; i < capacity; i++) {
      larger[i] = i < rows.length ? Arrays.copyOf(rows[i], capacity) : new double[capacity];
    }
    rows = larger;
  }

  @Override
  public void truncate(int count) {
    size = Math.min(size, count);
  }

  @Override
  public void solveTransposed(double[] b) {
    for (int start = 0; start < size; start += PIVOTS) {
      int end = Math.min(start + PIVOTS, size);
      for (int k = start; k < end; k++) {
        for (int earlier = start; earlier < k; earlier++) {
          b[k] -= b[earlier] * rows[earlier][k];
        }
        b[k] /= rows[k][k];
      }
      if (end - start == PIVOTS) {
        subtractFour(
            b,
            rows[start],
            rows[start + 1],
            rows[start + 2],
            rows[start + 3],
            b[start],
            b[start + 1],
            b[start + 2],
            b[start + 3],
            end,
            size);
      }
    }
  }

  @Override
  public void solve(double[] b) {
    for (int i = size - 1; i >= 0; i--) {
      b[i] = (b[i] - dot(rows[i], b, i + 1, size)) / rows[i][i];
    }
  }

  /** Four sums side by side, since each addition waits for the one before it. */
  private static double dot(double[] a, double[] b, int from, int to) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int j = from;
    for (; j < to - 3; j += 4) {
      sum0 += a[j] * b[j];
      sum1 += a[j + 1] * b[j + 1];
      sum2 += a[j + 2] * b[j + 2];
      sum3 += a[j + 3] * b[j + 3];
    }
    for (; j < to; j++) {
      sum0 += a[j] * b[j];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  @Override
  public void solveTransposed(double[][] b, int count) {
    for (int start = 0; start < size; start += PIVOTS) {
      int end = Math.min(start + PIVOTS, size);
      for (int k = start; k < end; k++) {
        double[] row = b[k];
        for (int earlier = start; earlier < k; earlier++) {
          subtract(row, b[earlier], rows[earlier][k], 0, count);
        }
        double root = rows[k][k];
        for (int c = 0; c < count; c++) {
          row[c] /= root;
        }
      }
      if (end - start == PIVOTS) {
        for (int i = end; i < size; i++) {
          subtractFour(
              b[i],
              b[start],
              b[start + 1],
              b[start + 2],
              b[start + 3],
              rows[start][i],
              rows[start + 1][i],
              rows[start + 2][i],
              rows[start + 3][i],
              0,
              count);
        }
      }
    }
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < size; i++) {
      sum += StrictMath.log(rows[i][i]);
    }
    return 2 * sum;
  }

  @Override
  public void invert(double[][] upper) {
    invertFactor();
    for (int i = 0; i < size; i++) {
      Arrays.fill(upper[i], i, size, 0);
    }
    for (int start = 0; start < size; start += PIVOTS) {
      int end = Math.min(start + PIVOTS, size);
      for (int i = 0; i < end; i++) {
        addProducts(upper[i], start, end, i);
      }
    }
  }

  /** Adds to row i of the inverse, which is SS', the products of some columns of S. */
  private void addProducts(double[] row, int start, int end, int i) {
    if (end - start == PIVOTS && i <= start) {
      subtractFour(
          row,
          columns[start],
          columns[start + 1],
          columns[start + 2],
          columns[start + 3],
          -columns[start][i],
          -columns[start + 1][i],
          -columns[start + 2][i],
          -columns[start + 3][i],
          i,
          end);
      return;
    }
    for (int k = Math.max(start, i); k < end; k++) {
      subtract(row, columns[k], -columns[k][i], i, k + 1);
    }
  }

  /** Computes S, the inverse of R, column by column from SR = I. */
  private void invertFactor() {
    if (columns.length < size) {
      columns = new double[rows.length][rows.length];
    }
    for (int k = 0; k < size; k++) {
      double[] column = columns[k];
      Arrays.fill(column, 0, k, 0);
      int i = 0;
      for (; i + PIVOTS <= k; i += PIVOTS) {
        subtractFour(
            column,
            columns[i],
            columns[i + 1],
            columns[i + 2],
            columns[i + 3],
            rows[i][k],
            rows[i + 1][k],
            rows[i + 2][k],
            rows[i + 3][k],
            0,
            i + PIVOTS);
      }
      for (; i < k; i++) {
        subtract(column, columns[i], rows[i][k], 0, i + 1);
      }
      column[k] = 1 / rows[k][k];
      for (int j = 0; j < k; j++) {
        column[j] *= column[k];
      }
    }
  }
}
