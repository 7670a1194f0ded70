package dev.troupe.estimator.table;

import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The axes of a table's fidelity beside the steps: a column each, which tells what was spent in a
 * row. Immutable and thread safe.
 */
final class FidelityGrid {

  private static final double ROUNDING = 1e-9;

  private final Map<String, NumberColumn> axes;
  private final List<FidelityRange> ranges;

  private FidelityGrid(Map<String, NumberColumn> axes, List<FidelityRange> ranges) {
    this.axes = axes;
    this.ranges = List.copyOf(ranges);
  }

  /**
   * Finds the columns.
   *
   * @param grid by axis, the name of its column
   * @throws IllegalArgumentException if a cell is no amount
   */
  static FidelityGrid of(Map<String, String> grid, Columns columns) {
    var axes = new TreeMap<String, NumberColumn>();
    for (Map.Entry<String, String> each : new TreeMap<>(grid).entrySet()) {
      NumberColumn column = columns.number(each.getValue());
      axes.put(each.getKey(), column);
      for (int row = 0; row < columns.rows(); row++) {
        requireAmount(columns, row, each.getValue(), column.value(row));
      }
    }
    List<FidelityRange> ranges =
        axes.entrySet().stream()
            .map(each -> range(each.getKey(), each.getValue(), columns.rows()))
            .toList();
    return new FidelityGrid(axes, ranges);
  }

  private static void requireAmount(Columns columns, int row, String column, double amount) {
    if (!(amount > 0 && Double.isFinite(amount))) {
      throw new IllegalArgumentException(
          "Table '%s', line %d: column '%s' must be finite and above 0, since it holds what was spent, but was %s. Maybe it is another column."
              .formatted(columns.file(), columns.line(row), column, amount));
    }
  }

  private static FidelityRange range(String axis, NumberColumn column, int rows) {
    double low = Double.POSITIVE_INFINITY;
    double high = 0;
    for (int row = 0; row < rows; row++) {
      low = Math.min(low, column.value(row));
      high = Math.max(high, column.value(row));
    }
    return new FidelityRange(axis, low, high);
  }

  /** Returns from where to where each axis goes, by name. */
  List<FidelityRange> ranges() {
    return ranges;
  }

  /**
   * Returns those rows of a configuration in which was spent what a fidelity says: on each axis the
   * largest amount that is not above it, or the least that there is.
   *
   * @param rows at least one
   * @return at least one
   */
  int[] rows(int[] rows, Fidelity fidelity) {
    int[] left = rows;
    for (Map.Entry<String, NumberColumn> each : axes.entrySet()) {
      NumberColumn column = each.getValue();
      double most = fidelity.amount(each.getKey(), Double.MAX_VALUE) * (1 + ROUNDING);
      double[] amounts = Arrays.stream(left).mapToDouble(column::value).sorted().toArray();
      double spent =
          Arrays.stream(amounts).filter(amount -> amount <= most).max().orElse(amounts[0]);
      left = Arrays.stream(left).filter(row -> column.value(row) == spent).toArray();
    }
    return left;
  }
}
