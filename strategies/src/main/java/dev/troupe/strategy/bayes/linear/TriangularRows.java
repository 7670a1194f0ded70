package dev.troupe.strategy.bayes.linear;

import java.util.Arrays;

/**
 * Cholesky's factor in rows of Java arrays, as it grows and as equations are solved by it.
 * Libraries lack the former, since their matrices lie without gaps, and are slow at the latter:
 * EJML sums one product after the other, and each addition waits for the one before it, while
 * LAPACK would have the factor copied to native memory for each call. Here all inner loops run
 * along rows and subtract four pivots in one go, which the just-in-time compiler turns into vector
 * instructions. For that, the factor is kept with its transpose, which the solution from the last
 * row up runs along.
 *
 * <p>Each element is computed by the same operations in the same order however many rows follow and
 * however many right-hand sides there are. Not thread safe.
 */
final class TriangularRows {

  private static final int PIVOTS = 4;
  private static final int LEAST_CAPACITY = 16;

  /** Row i holds R from column i on and its transpose up to there; shape [capacity, capacity]. */
  private double[][] rows;

  /** Inverses of the diagonal: a product is there sooner than a quotient. */
  private double[] inverses;

  private int size;

  TriangularRows(int capacity) {
    int atLeast = Math.max(capacity, LEAST_CAPACITY);
    rows = new double[atLeast][atLeast];
    inverses = new double[atLeast];
  }

  int size() {
    return size;
  }

  void truncate(int count) {
    size = Math.min(size, count);
  }

  /** Returns the element of R on the diagonal. */
  double diagonal(int index) {
    return rows[index][index];
  }

  /** Takes over a factor with its transpose, row by row without gaps. */
  void set(double[] factor, int count) {
    reserve(count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(factor, i * count, rows[i], 0, count);
      inverses[i] = 1 / rows[i][i];
    }
    size = count;
  }

  /** Copies the factor with its transpose, row by row without gaps. */
  void get(double[] factor) {
    for (int i = 0; i < size; i++) {
      System.arraycopy(rows[i], 0, factor, i * size, size);
    }
  }

  /** Appends a row: a column of R, as {@link #solveTransposed} gives it, and its last element. */
  void append(double[] column, double root) {
    reserve(size + 1);
    for (int k = 0; k < size; k++) {
      rows[k][size] = column[k];
    }
    System.arraycopy(column, 0, rows[size], 0, size);
    rows[size][size] = root;
    inverses[size] = 1 / root;
    size++;
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
    inverses = Arrays.copyOf(inverses, capacity);
  }

  /** Overwrites b by the solution of R'x = b. */
  void solveTransposed(double[] b) {
    for (int start = 0; start < size; start += PIVOTS) {
      int end = Math.min(start + PIVOTS, size);
      for (int k = start; k < end; k++) {
        for (int earlier = start; earlier < k; earlier++) {
          b[k] -= b[earlier] * rows[earlier][k];
        }
        b[k] *= inverses[k];
      }
      if (end < size) {
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

  /** Overwrites b by the solution of Rx = b. */
  void solve(double[] b) {
    for (int end = size; end > 0; end -= PIVOTS) {
      int start = Math.max(0, end - PIVOTS);
      for (int k = end - 1; k >= start; k--) {
        for (int later = end - 1; later > k; later--) {
          b[k] -= b[later] * rows[later][k];
        }
        b[k] *= inverses[k];
      }
      if (start > 0) {
        subtractFour(
            b,
            rows[start + 3],
            rows[start + 2],
            rows[start + 1],
            rows[start],
            b[start + 3],
            b[start + 2],
            b[start + 1],
            b[start],
            0,
            start);
      }
    }
  }

  /** Overwrites the first columns of B by the solutions of R'X = B. */
  void solveTransposed(double[][] b, int count) {
    for (int start = 0; start < size; start += PIVOTS) {
      int end = Math.min(start + PIVOTS, size);
      for (int k = start; k < end; k++) {
        double[] row = b[k];
        for (int earlier = start; earlier < k; earlier++) {
          subtract(row, b[earlier], rows[earlier][k], 0, count);
        }
        double inverse = inverses[k];
        for (int c = 0; c < count; c++) {
          row[c] *= inverse;
        }
      }
      int i = end;
      for (; i + 1 < size; i += 2) {
        subtractPanel(b, start, i, count);
      }
      if (i < size) {
        double[] factors = rows[i];
        subtractFour(
            b[i],
            b[start],
            b[start + 1],
            b[start + 2],
            b[start + 3],
            factors[start],
            factors[start + 1],
            factors[start + 2],
            factors[start + 3],
            0,
            count);
      }
    }
  }

  /** Subtracts four pivots from rows i and i + 1 of B: what is read of them serves twice. */
  private void subtractPanel(double[][] b, int start, int i, int count) {
    double[] factors = rows[i];
    double[] next = rows[i + 1];
    subtractFourFromTwo(
        b[i],
        b[i + 1],
        b[start],
        b[start + 1],
        b[start + 2],
        b[start + 3],
        factors[start],
        factors[start + 1],
        factors[start + 2],
        factors[start + 3],
        next[start],
        next[start + 1],
        next[start + 2],
        next[start + 3],
        count);
  }

  static void subtract(double[] row, double[] other, double factor, int from, int to) {
    for (int j = from; j < to; j++) {
      row[j] -= factor * other[j];
    }
  }

  static void subtractFour(
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

  private static void subtractFourFromTwo(
      double[] row,
      double[] next,
      double[] row0,
      double[] row1,
      double[] row2,
      double[] row3,
      double factor0,
      double factor1,
      double factor2,
      double factor3,
      double next0,
      double next1,
      double next2,
      double next3,
      int to) {
    for (int j = 0; j < to; j++) {
      double pivot0 = row0[j];
      double pivot1 = row1[j];
      double pivot2 = row2[j];
      double pivot3 = row3[j];
      row[j] = row[j] - factor0 * pivot0 - factor1 * pivot1 - factor2 * pivot2 - factor3 * pivot3;
      next[j] = next[j] - next0 * pivot0 - next1 * pivot1 - next2 * pivot2 - next3 * pivot3;
    }
  }
}
