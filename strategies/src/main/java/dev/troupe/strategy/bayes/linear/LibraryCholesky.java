package dev.troupe.strategy.bayes.linear;

/**
 * A factor that a library computes where whole matrices are concerned, and {@link TriangularRows}
 * where it grows and where equations are solved.
 */
final class LibraryCholesky implements CholeskyFactor {

  /** What is left of a diagonal element must be larger than this part of it: it is not rounding. */
  private static final double LEAST_PIVOT = 1e-14;

  private final WholeMatrices library;
  private final TriangularRows rows;

  /** Scratch: a whole matrix without gaps. */
  private double[] whole = new double[0];

  LibraryCholesky(WholeMatrices library, int capacity) {
    this.library = library;
    this.rows = new TriangularRows(capacity);
  }

  @Override
  public int size() {
    return rows.size();
  }

  @Override
  public boolean factorise(double[][] upper, int count, double jitter) {
    rows.truncate(0);
    if (count == 0) {
      return true;
    }
    reserve(count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(upper[i], i, whole, i * count + i, count - i);
      whole[i * count + i] += jitter;
    }
    if (!library.factorise(whole, count) || !isPositive(upper, count, jitter)) {
      return false;
    }
    rows.set(whole, count);
    return true;
  }

  private boolean isPositive(double[][] upper, int count, double jitter) {
    for (int i = 0; i < count; i++) {
      double root = whole[i * count + i];
      if (!isPositive(root * root, upper[i][i] + jitter)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isPositive(double pivot, double diagonal) {
    return pivot > LEAST_PIVOT * diagonal && pivot < Double.POSITIVE_INFINITY;
  }

  /** Grows by more than is needed, so that the next larger matrices fit as well. */
  private void reserve(int count) {
    if (whole.length < count * count) {
      int capacity = count + count / 4;
      whole = new double[capacity * capacity];
    }
  }

  @Override
  public boolean append(double[] column, double diagonal) {
    rows.solveTransposed(column);
    double pivot = diagonal;
    for (int k = 0; k < rows.size(); k++) {
      pivot -= column[k] * column[k];
    }
    if (!isPositive(pivot, diagonal)) {
      return false;
    }
    rows.append(column, Math.sqrt(pivot));
    return true;
  }

  @Override
  public void truncate(int count) {
    rows.truncate(count);
  }

  @Override
  public void solveTransposed(double[] b) {
    rows.solveTransposed(b);
  }

  @Override
  public void solve(double[] b) {
    rows.solve(b);
  }

  @Override
  public void solveTransposed(double[][] b, int count) {
    rows.solveTransposed(b, count);
  }

  @Override
  public double logDeterminant() {
    double sum = 0;
    for (int i = 0; i < rows.size(); i++) {
      sum += StrictMath.log(rows.diagonal(i));
    }
    return 2 * sum;
  }

  @Override
  public void invert(double[][] upper) {
    int size = rows.size();
    if (size > 0) {
      reserve(size);
      rows.get(whole);
      library.invert(whole, size, upper);
    }
  }
}
