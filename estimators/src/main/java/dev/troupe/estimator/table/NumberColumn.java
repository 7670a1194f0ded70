package dev.troupe.estimator.table;

import java.util.Arrays;
import java.util.BitSet;

/** A column of numbers, some of which may be NaN or infinite, or missing. */
final class NumberColumn {

  private final double[] values;
  private final BitSet blanks;

  /** Adopts both; where a cell is blank its value is NaN. */
  NumberColumn(double[] values, BitSet blanks) {
    this.values = values;
    this.blanks = blanks;
  }

  double value(int row) {
    return values[row];
  }

  boolean isBlank(int row) {
    return blanks.get(row);
  }

  /** Returns the given rows, in their order. */
  NumberColumn pick(int[] rows) {
    var picked = new Builder();
    for (int row : rows) {
      picked.add(values[row], blanks.get(row));
    }
    return picked.build();
  }

  /** Collects cells. */
  static final class Builder {

    private final BitSet blanks = new BitSet();
    private double[] values = new double[1024];
    private int rows;

    void add(double value, boolean blank) {
      if (rows == values.length) {
        values = Arrays.copyOf(values, 2 * rows);
      }
      blanks.set(rows, blank);
      values[rows++] = value;
    }

    NumberColumn build() {
      return new NumberColumn(Arrays.copyOf(values, rows), blanks);
    }
  }
}
