package dev.troupe.monitoring.report;

/**
 * A point of a plot.
 *
 * @param x in the unit of the horizontal axis; NaN where it has no place there
 * @param y in the unit of the vertical axis
 * @param title what is shown when one points at it
 */
record Spot(double x, double y, String title) {

  Spot(double x, double y) {
    this(x, y, "");
  }
}
