package dev.troupe.estimator.table;

import java.util.List;

/**
 * The values of one metric: a cell for each row, repeat and step. Immutable and thread safe.
 *
 * @param name the metric
 * @param repeats columns of each repeat, one for each step or one for all
 * @param names of these columns
 * @param scale by which a cell is multiplied
 * @param offset that is added then
 */
record Series(
    String name,
    List<List<NumberColumn>> repeats,
    List<List<String>> names,
    double scale,
    double offset) {

  /** Finds the columns of a metric. */
  static Series of(ValueColumns values, List<Long> steps, Columns columns) {
    List<List<String>> names = values.expand(steps);
    List<List<NumberColumn>> repeats =
        names.stream().map(each -> each.stream().map(columns::number).toList()).toList();
    return new Series(values.name(), repeats, names, values.scale(), values.offset());
  }

  /** Returns whether each step has a column. */
  boolean hasSteps() {
    return repeats.get(0).size() > 1;
  }

  /** Returns the value of a cell, which may be NaN or infinite; NaN if it is blank. */
  double value(int row, int repeat, int step) {
    return offset + scale * column(repeat, step).value(row);
  }

  boolean isBlank(int row, int repeat, int step) {
    return column(repeat, step).isBlank(row);
  }

  /** Returns the name of the column. */
  String columnName(int repeat, int step) {
    List<String> steps = names.get(Math.min(repeat, names.size() - 1));
    return steps.get(Math.min(step, steps.size() - 1));
  }

  private NumberColumn column(int repeat, int step) {
    List<NumberColumn> steps = repeats.get(Math.min(repeat, repeats.size() - 1));
    return steps.get(Math.min(step, steps.size() - 1));
  }
}
