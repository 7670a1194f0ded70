package dev.troupe.monitoring.report;

import dev.troupe.monitoring.report.Drawn.Dots;
import dev.troupe.monitoring.report.Drawn.Line;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;

/**
 * A plot as SVG within a page, whose style sheet gives the colours, so that it is light or dark as
 * the page is. Points without a horizontal place stand apart, in a strip on the left. Not thread
 * safe.
 */
final class Plot {

  /** Above this, points are drawn as one path, and say nothing when one points at them. */
  private static final int MOST_TITLES = 400;

  private static final int LEFT = 66;
  private static final int RIGHT = 16;
  private static final int TOP = 12;
  private static final int BOTTOM = 44;
  private static final int SLANTED_BOTTOM = 96;
  private static final int STRIP = 62;
  private static final double LETTER = 6.6;

  private final String title;
  private final PlotAxis across;
  private final PlotAxis up;
  private final int width;
  private final int height;
  private final List<Drawn> drawn = new ArrayList<>();
  private final List<String> notes = new ArrayList<>();
  private String strip = "";

  private Plot(String title, PlotAxis across, PlotAxis up, int width, int height) {
    this.title = title;
    this.across = across;
    this.up = up;
    this.width = width;
    this.height = height;
  }

  /** Returns a plot of the width of a page. */
  static Plot wide(String title, PlotAxis across, PlotAxis up) {
    return new Plot(title, across, up, 760, 320);
  }

  /** Returns a plot of which several stand side by side. */
  static Plot small(String title, PlotAxis across, PlotAxis up) {
    return new Plot(title, across, up, 372, 270);
  }

  /** Draws points in a style of the page's. */
  Plot dots(String style, List<Spot> spots) {
    drawn.add(new Dots(style, spots));
    return this;
  }

  /** Draws a line through points in a style of the page's. */
  Plot line(String style, List<Spot> spots, String says) {
    drawn.add(new Line(style, spots, says));
    return this;
  }

  /** Says what it is of points that they have no horizontal place. */
  Plot strip(String label) {
    strip = label;
    return this;
  }

  /** Says something below it. */
  Plot note(String note) {
    if (!note.isEmpty()) {
      notes.add(note);
    }
    return this;
  }

  void write(Markup page) {
    page.open("figure").leaf("figcaption", title);
    page.open(
        "svg",
        "viewBox",
        "0 0 %d %d".formatted(width, height),
        "width",
        Integer.toString(width),
        "role",
        "img",
        "aria-label",
        "%s: %s over %s".formatted(title, up.title(), across.title()));
    axes(page);
    drawn.forEach(each -> draw(page, each));
    page.close();
    notes.forEach(note -> page.leaf("p", note, "class", "note"));
    page.close();
  }

  private void axes(Markup page) {
    for (double tick : up.ticks()) {
      String y = number(y(tick));
      page.alone(
          "line", "class", "grid", "x1", number(left()), "x2", number(right()), "y1", y, "y2", y);
      label(page, LEFT - 6, y(tick) + 4, "end", up.label(tick));
    }
    boolean slants = slants();
    double free = Double.NEGATIVE_INFINITY;
    for (double tick : across.ticks()) {
      double x = x(tick);
      page.alone(
          "line",
          "class",
          "grid",
          "x1",
          number(x),
          "x2",
          number(x),
          "y1",
          number(TOP),
          "y2",
          number(bottom()));
      String text = across.label(tick);
      double half = slants ? 7 : text.length() * LETTER / 2 + 3;
      if (x - half >= free) {
        acrossLabel(page, x, text, slants);
        free = x + half;
      }
    }
    if (!strip.isEmpty()) {
      label(page, LEFT + STRIP / 2.0 - 4, bottom() + 16, "middle", strip);
      frame(page, LEFT, STRIP - 8);
    }
    frame(page, left(), right() - left());
    label(page, (left() + right()) / 2, height - 6, "middle", across.title());
    double middle = (TOP + bottom()) / 2;
    page.leaf(
        "text",
        up.title(),
        "x",
        "14",
        "y",
        number(middle),
        "text-anchor",
        "middle",
        "transform",
        "rotate(-90 14 %s)".formatted(number(middle)));
  }

  private void frame(Markup page, double x, double size) {
    page.alone(
        "rect",
        "class",
        "frame",
        "x",
        number(x),
        "y",
        number(TOP),
        "width",
        number(size),
        "height",
        number(bottom() - TOP));
  }

  private void acrossLabel(Markup page, double x, String text, boolean slants) {
    double y = bottom() + 16;
    if (!slants) {
      label(page, x, y, "middle", text);
      return;
    }
    page.leaf(
        "text",
        text,
        "x",
        number(x + 4),
        "y",
        number(y - 3),
        "text-anchor",
        "end",
        "transform",
        "rotate(-35 %s %s)".formatted(number(x + 4), number(y - 3)));
  }

  private static void label(Markup page, double x, double y, String anchor, String text) {
    page.leaf("text", text, "x", number(x), "y", number(y), "text-anchor", anchor);
  }

  /** Names that have no room side by side are written at an angle. */
  private boolean slants() {
    if (across.names().isEmpty()) {
      return false;
    }
    double room =
        (width - LEFT - RIGHT - (strip.isEmpty() ? 0 : STRIP)) / (double) across.names().size();
    return across.ticks().stream()
        .anyMatch(tick -> across.label(tick).length() * LETTER + 6 > room);
  }

  private void draw(Markup page, Drawn each) {
    if (each instanceof Line line) {
      line(page, line);
    } else if (each instanceof Dots dots && dots.spots().size() <= MOST_TITLES) {
      circles(page, dots);
    } else {
      path(page, each);
    }
  }

  private void line(Markup page, Line line) {
    var points = new StringBuilder();
    String before = "";
    for (Spot spot : line.spots()) {
      String point = number(x(spot.x())) + "," + number(y(spot.y()));
      if (!point.equals(before)) {
        points.append(points.isEmpty() ? "" : " ").append(point);
        before = point;
      }
    }
    if (line.says().isEmpty()) {
      page.alone("polyline", "class", line.style(), "points", points.toString());
      return;
    }
    page.open("polyline", "class", line.style(), "points", points.toString());
    page.leaf("title", line.says()).close();
  }

  private void circles(Markup page, Dots dots) {
    page.open("g", "class", dots.style());
    for (Spot spot : dots.spots()) {
      String[] place = {"cx", number(x(spot.x())), "cy", number(y(spot.y())), "r", "3"};
      if (spot.title().isEmpty()) {
        page.alone("circle", place);
      } else {
        page.open("circle", place).leaf("title", spot.title()).close();
      }
    }
    page.close();
  }

  /** Points that fall on the same place are drawn once. */
  private void path(Markup page, Drawn dots) {
    var path = new StringBuilder();
    var seen = new HashSet<String>();
    for (Spot spot : dots.spots()) {
      String point = "M" + number(x(spot.x())) + " " + number(y(spot.y())) + "h0";
      if (seen.add(point)) {
        path.append(point);
      }
    }
    page.open("g", "class", dots.style());
    page.alone("path", "class", "dots", "d", path.toString()).close();
  }

  private double left() {
    return LEFT + (strip.isEmpty() ? 0 : STRIP);
  }

  private double right() {
    return width - RIGHT;
  }

  private double bottom() {
    return height - (slants() ? SLANTED_BOTTOM : BOTTOM);
  }

  private double x(double value) {
    return Double.isNaN(value)
        ? LEFT + STRIP / 2.0 - 4
        : left() + across.place(value) * (right() - left());
  }

  private double y(double value) {
    return bottom() - up.place(value) * (bottom() - TOP);
  }

  /** Returns a number with at most one decimal; it is the same in every locale. */
  static String number(double value) {
    long tenths = Math.round(value * 10);
    String digits = Math.abs(tenths) / 10 + (tenths % 10 == 0 ? "" : "." + Math.abs(tenths % 10));
    return tenths < 0 ? "-" + digits : digits;
  }
}
