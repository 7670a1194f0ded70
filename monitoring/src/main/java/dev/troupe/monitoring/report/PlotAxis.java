package dev.troupe.monitoring.report;

import dev.troupe.plot.Axis;
import java.util.ArrayList;
import java.util.List;

/**
 * An axis of a plot, of numbers or of names.
 *
 * @param title what it shows
 * @param axis its numbers; of names their places in the list
 * @param names what is written at 0, 1 …; empty for numbers
 */
record PlotAxis(String title, Axis axis, List<String> names) {

  private static final int LONGEST = 16;

  PlotAxis {
    names = List.copyOf(names);
  }

  static PlotAxis of(String title, Axis axis) {
    return new PlotAxis(title, axis, List.of());
  }

  /** Returns an axis of at least one name. */
  static PlotAxis of(String title, List<String> names) {
    var ticks = new ArrayList<Double>();
    for (int i = 0; i < names.size(); i++) {
      ticks.add((double) i);
    }
    return new PlotAxis(title, new Axis(-0.5, names.size() - 0.5, false, ticks), names);
  }

  double place(double value) {
    return axis.place(value);
  }

  List<Double> ticks() {
    return axis.ticks();
  }

  /** Returns what is written at a mark; long names are cut. */
  String label(double tick) {
    if (names.isEmpty()) {
      return axis.label(tick);
    }
    String name = names.get((int) tick);
    return name.codePointCount(0, name.length()) <= LONGEST
        ? name
        : name.substring(0, name.offsetByCodePoints(0, LONGEST - 1)) + "…";
  }
}
