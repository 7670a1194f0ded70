package dev.troupe.estimator.table;

import dev.troupe.study.FidelityRange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** The results in a table: metrics, cost and report of each row. Immutable and thread safe. */
final class Results {

  private final Columns columns;
  private final List<Series> metrics;
  private final List<Series> report;
  private final @Nullable Series cost;
  private final @Nullable NumberColumn stepColumn;
  private final long[] steps;
  private final @Nullable FidelityRange fidelity;
  private final FidelityGrid grid;
  private final int repeats;

  /**
   * Finds the columns.
   *
   * @throws IllegalArgumentException if the numbers of repeats differ, or a step is none
   */
  Results(TableSettings settings, Columns columns) {
    this.columns = columns;
    FidelityAxis axis = settings.axis();
    List<Long> range = axis == null ? List.of() : axis.steps();
    steps = range.stream().mapToLong(Long::longValue).toArray();
    metrics = settings.metrics().stream().map(each -> Series.of(each, range, columns)).toList();
    report = settings.report().stream().map(each -> Series.of(each, range, columns)).toList();
    ValueColumns costColumns = settings.cost();
    cost = costColumns == null ? null : Series.of(costColumns, range, columns);
    String column = axis == null ? null : axis.column();
    stepColumn = column == null ? null : columns.number(column);
    fidelity = axis == null ? null : fidelity(axis); // reads the column of steps
    grid = FidelityGrid.of(settings.grid(), columns);
    repeats = repeats();
    if (stepColumn != null && column != null) {
      requireSteps(column, stepColumn);
    }
  }

  /** A table that has no step after the beginning has nothing to spend less of. */
  private @Nullable FidelityRange fidelity(FidelityAxis axis) {
    long least = axis.from();
    long most = axis.to();
    if (stepColumn != null) {
      least = Long.MAX_VALUE;
      most = 0;
      for (int row = 0; row < columns.rows(); row++) {
        long step = (long) stepColumn.value(row);
        least = step < 1 ? least : Math.min(least, step);
        most = Math.max(most, step);
      }
    }
    return most < 1 ? null : new FidelityRange(axis.name(), Math.max(1, least), most);
  }

  private int repeats() {
    var all = new ArrayList<>(metrics);
    if (cost != null) {
      all.add(cost);
    }
    int most = all.stream().mapToInt(each -> each.repeats().size()).max().orElse(1);
    for (Series series : all) {
      int count = series.repeats().size();
      if (count != 1 && count != most) {
        throw new IllegalArgumentException(
            "Table '%s': metrics and cost must have as many columns, or one, since these are repeats, but '%s' has %d and another %d. Maybe leave some out."
                .formatted(columns.file(), series.name(), count, most));
      }
    }
    return most;
  }

  private void requireSteps(String name, NumberColumn column) {
    for (int row = 0; row < columns.rows(); row++) {
      double step = column.value(row);
      if (!(step >= 0 && step <= 1L << 52 && step == Math.rint(step))) {
        throw new IllegalArgumentException(
            "Table '%s', line %d: column '%s' must be a whole number of at least 0, since it holds the steps, but was %s. Maybe it is another column."
                .formatted(columns.file(), columns.line(row), name, step));
      }
    }
  }

  /** Returns from where to where its curves go, if it has any, and its further axes. */
  List<FidelityRange> fidelities() {
    var ranges = new ArrayList<FidelityRange>();
    if (fidelity != null) {
      ranges.add(fidelity);
    }
    ranges.addAll(grid.ranges());
    return List.copyOf(ranges);
  }

  /** Returns the further axes. */
  FidelityGrid grid() {
    return grid;
  }

  List<Series> metrics() {
    return metrics;
  }

  List<Series> report() {
    return report;
  }

  @Nullable Series cost() {
    return cost;
  }

  /** Returns whether the cost of a row is that of one step. */
  boolean hasCostPerStep() {
    return stepColumn != null || (cost != null && cost.hasSteps());
  }

  /** Returns the steps of some rows, ascending; none if the table has no steps. */
  long[] steps(int[] rows) {
    NumberColumn column = stepColumn;
    return column == null
        ? steps
        : Arrays.stream(rows)
            .mapToLong(row -> (long) column.value(row))
            .sorted()
            .distinct()
            .toArray();
  }

  /**
   * Returns the repeats of a configuration. Where each step has rows, the n-th rows of all steps
   * make the n-th repeat; rows that not every step has are left out.
   */
  List<Run> runs(int[] rows) {
    NumberColumn column = stepColumn;
    var runs = new ArrayList<Run>();
    if (column == null) {
      for (int row : rows) {
        add(runs, List.of(row), Math.max(1, steps.length));
      }
      return runs;
    }
    List<List<Integer>> rowsOfStep =
        LongStream.of(steps(rows))
            .mapToObj(
                step ->
                    IntStream.of(rows).filter(row -> column.value(row) == step).boxed().toList())
            .toList();
    int complete = rowsOfStep.stream().mapToInt(List::size).min().orElse(0);
    for (int i = 0; i < complete; i++) {
      int repeat = i;
      add(runs, rowsOfStep.stream().map(each -> each.get(repeat)).toList(), rowsOfStep.size());
    }
    return runs;
  }

  private void add(List<Run> runs, List<Integer> rows, int points) {
    for (int repeat = 0; repeat < repeats; repeat++) {
      runs.add(new Run(rows, repeat, points));
    }
  }

  /** Returns the mean of all finite values at the last step. */
  OptionalDouble mean(Series series, int[] rows) {
    double sum = 0;
    int count = 0;
    for (int row : lastRows(rows)) {
      for (int repeat = 0; repeat < series.repeats().size(); repeat++) {
        double value = series.value(row, repeat, Integer.MAX_VALUE);
        if (Double.isFinite(value)) {
          sum += value;
          count++;
        }
      }
    }
    return count == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / count);
  }

  private int[] lastRows(int[] rows) {
    NumberColumn column = stepColumn;
    if (column == null || rows.length == 1) {
      return rows;
    }
    double last = Arrays.stream(rows).mapToDouble(column::value).max().orElse(0);
    return Arrays.stream(rows).filter(row -> column.value(row) == last).toArray();
  }

  /** Returns where a value stands, for messages. */
  String place(Series series, Run run, int point) {
    return "Table '%s', line %d, column '%s'"
        .formatted(
            columns.file(), columns.line(run.row(point)), series.columnName(run.repeat(), point));
  }
}
