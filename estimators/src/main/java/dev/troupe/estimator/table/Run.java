package dev.troupe.estimator.table;

import java.util.List;

/**
 * One repeat of one configuration.
 *
 * @param rows one, or one for each step
 * @param repeat which of several columns
 * @param points how many steps, or 1 without steps
 */
record Run(List<Integer> rows, int repeat, int points) {

  int row(int point) {
    return rows.get(Math.min(point, rows.size() - 1));
  }

  /** Returns whether a metric has a value there: one without steps has it at the end. */
  boolean has(Series series, int point) {
    return rows.size() > 1 || series.hasSteps() || point == points - 1;
  }

  double value(Series series, int point) {
    return series.value(row(point), repeat, point);
  }

  boolean isBlank(Series series, int point) {
    return series.isBlank(row(point), repeat, point);
  }
}
