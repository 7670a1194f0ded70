package dev.troupe.monitoring.report;

import java.util.Arrays;
import java.util.List;

/**
 * Columns as codes: of numbers their place among the different ones, from 1; of names their index,
 * from 1; 0 where the parameter is inactive. A scale does not matter then.
 */
final class CodedColumns {

  private final int[][] codes;
  private final int[] counts;
  private final boolean[] categorical;

  CodedColumns(List<Column> columns) {
    codes = new int[columns.size()][];
    counts = new int[columns.size()];
    categorical = new boolean[columns.size()];
    for (int j = 0; j < codes.length; j++) {
      Column column = columns.get(j);
      double[] distinct =
          Arrays.stream(column.values())
              .filter(value -> !Double.isNaN(value))
              .sorted()
              .distinct()
              .toArray();
      codes[j] =
          Arrays.stream(column.values())
              .mapToInt(value -> Double.isNaN(value) ? 0 : 1 + Arrays.binarySearch(distinct, value))
              .toArray();
      counts[j] = distinct.length + 1;
      categorical[j] = column.isCategorical();
    }
  }

  /** Returns how many columns there are. */
  int count() {
    return codes.length;
  }

  /** Returns how many codes a column has, that of the inactive included. */
  int codes(int column) {
    return counts[column];
  }

  int code(int column, int row) {
    return codes[column][row];
  }

  boolean isCategorical(int column) {
    return categorical[column];
  }
}
