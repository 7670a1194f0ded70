package dev.troupe.bench;

import dev.troupe.plot.Axis;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;

/**
 * The curves of one problem.
 *
 * @param title above
 * @param across what is counted to the right
 * @param up what is shown upwards
 * @param isLog whether upwards on a logarithmic scale
 * @param width where the horizontal axis ends, above 0
 * @param curves by strategy, in order; each with a point at least
 */
record CurvePanel(
    String title,
    String across,
    String up,
    boolean isLog,
    double width,
    Map<String, List<Point>> curves) {

  /**
   * The runs at one place.
   *
   * @param x place on the horizontal axis
   * @param median the line
   * @param low lower edge of the band
   * @param high upper edge of the band
   */
  record Point(double x, double median, double low, double high) {}

  CurvePanel {
    curves = Collections.unmodifiableMap(new LinkedHashMap<>(curves));
  }

  /** Returns the axis upwards, which shows all that can be shown on its scale. */
  Axis vertical() {
    double[] shown =
        curves.values().stream()
            .flatMap(List::stream)
            .flatMapToDouble(point -> DoubleStream.of(point.median(), point.low(), point.high()))
            .filter(value -> !isLog || value > 0)
            .toArray();
    double low = DoubleStream.of(shown).min().orElse(1);
    double high = DoubleStream.of(shown).max().orElse(1);
    return isLog ? Axis.log(low, high) : Axis.linear(low, high);
  }

  Axis horizontal() {
    return Axis.exact(width);
  }
}
