package dev.troupe.bench;

import dev.troupe.bench.CurvePanel.Point;
import dev.troupe.plot.Axis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/**
 * Panels side by side with one legend. The colours are those of Okabe and Ito, which people who see
 * few colours tell apart; from the ninth strategy on they come again with dashed lines.
 */
final class SvgDrawing {

  private static final List<String> COLOURS =
      List.of(
          "#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#000000", "#b8a800");
  private static final int MOST_COLUMNS = 3;
  private static final int PANEL_WIDTH = 340;
  private static final int PANEL_HEIGHT = 260;
  private static final int LEFT = 62;
  private static final int RIGHT = 14;
  private static final int TOP = 28;
  private static final int BOTTOM = 44;
  private static final int LEGEND_LINE = 20;
  private static final int LETTER_WIDTH = 7;
  private static final int SAMPLE_WIDTH = 40;

  private final List<String> strategies;
  private final StringBuilder text = new StringBuilder();

  private SvgDrawing(List<String> strategies) {
    this.strategies = strategies;
  }

  /** Returns a drawing of at least one panel; the strategies' order gives them their colours. */
  static SvgDrawing of(List<CurvePanel> panels, List<String> strategies) {
    var drawing = new SvgDrawing(strategies);
    drawing.draw(panels);
    return drawing;
  }

  /** Returns the document. */
  String text() {
    return text.toString();
  }

  private void draw(List<CurvePanel> panels) {
    int columns = Math.min(MOST_COLUMNS, panels.size());
    int rows = (panels.size() + columns - 1) / columns;
    int width = columns * PANEL_WIDTH;
    List<List<String>> legend = legendLines(width - LEFT);
    int height = rows * PANEL_HEIGHT + (legend.size() + 1) * LEGEND_LINE;
    add("<?xml version=\"1.0\" encoding=\"UTF-8\"?>");
    add(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%d\" height=\"%d\" viewBox=\"0 0 %d %d\" font-family=\"Helvetica, Arial, sans-serif\" font-size=\"12\">",
        width, height, width, height);
    add("<rect width=\"%d\" height=\"%d\" fill=\"#ffffff\"/>", width, height);
    for (int i = 0; i < panels.size(); i++) {
      add(
          "<g transform=\"translate(%d,%d)\">",
          i % columns * PANEL_WIDTH, i / columns * PANEL_HEIGHT);
      panel(panels.get(i));
      add("</g>");
    }
    legend(legend, rows * PANEL_HEIGHT + LEGEND_LINE);
    add("</svg>");
  }

  private void panel(CurvePanel panel) {
    Axis across = panel.horizontal();
    Axis up = panel.vertical();
    for (double tick : across.ticks()) {
      double x = x(across, tick);
      line(x, PANEL_HEIGHT - BOTTOM, x, TOP, "#e4e4e4");
      label(x, PANEL_HEIGHT - BOTTOM + 16, "middle", across.label(tick));
    }
    for (double tick : up.ticks()) {
      double y = y(up, tick);
      line(LEFT, y, PANEL_WIDTH - RIGHT, y, "#e4e4e4");
      label(LEFT - 6, y + 4, "end", up.label(tick));
    }
    panel.curves().forEach((strategy, points) -> band(strategy, points, across, up));
    panel.curves().forEach((strategy, points) -> curve(strategy, points, across, up));
    add(
        "<rect x=\"%d\" y=\"%d\" width=\"%d\" height=\"%d\" fill=\"none\" stroke=\"#444444\"/>",
        LEFT, TOP, PANEL_WIDTH - LEFT - RIGHT, PANEL_HEIGHT - TOP - BOTTOM);
    double middle = (LEFT + PANEL_WIDTH - RIGHT) / 2.0;
    add(
        "<text x=\"%s\" y=\"%d\" text-anchor=\"middle\" font-weight=\"bold\">%s</text>",
        number(middle), TOP - 10, escape(panel.title()));
    label(middle, PANEL_HEIGHT - 10, "middle", panel.across());
    double centre = (TOP + PANEL_HEIGHT - BOTTOM) / 2.0;
    add(
        "<text x=\"13\" y=\"%s\" text-anchor=\"middle\" transform=\"rotate(-90 13 %s)\">%s</text>",
        number(centre), number(centre), escape(panel.up()));
  }

  private void band(String strategy, List<Point> points, Axis across, Axis up) {
    List<Point> back = new ArrayList<>(points);
    Collections.reverse(back);
    add(
        "<polygon points=\"%s %s\" fill=\"%s\" fill-opacity=\"0.15\"/>",
        path(points, Point::high, across, up),
        path(back, Point::low, across, up),
        colour(strategy));
  }

  private void curve(String strategy, List<Point> points, Axis across, Axis up) {
    add(
        "<polyline points=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"1.8\"%s/>",
        path(points, Point::median, across, up), colour(strategy), dashes(strategy));
  }

  private static String path(
      List<Point> points, ToDoubleFunction<Point> value, Axis across, Axis up) {
    return points.stream()
        .map(
            point -> number(x(across, point.x())) + "," + number(y(up, value.applyAsDouble(point))))
        .collect(Collectors.joining(" "));
  }

  private List<List<String>> legendLines(int width) {
    var lines = new ArrayList<List<String>>();
    var line = new ArrayList<String>();
    int used = 0;
    for (String strategy : strategies) {
      int needed = entryWidth(strategy);
      if (used + needed > width && !line.isEmpty()) {
        lines.add(List.copyOf(line));
        line.clear();
        used = 0;
      }
      line.add(strategy);
      used += needed;
    }
    lines.add(List.copyOf(line));
    return lines;
  }

  private static int entryWidth(String strategy) {
    return SAMPLE_WIDTH + LETTER_WIDTH * (strategy.length() + 2);
  }

  private void legend(List<List<String>> lines, int top) {
    int y = top;
    for (List<String> line : lines) {
      int x = LEFT;
      for (String strategy : line) {
        add(
            "<line x1=\"%d\" y1=\"%d\" x2=\"%d\" y2=\"%d\" stroke=\"%s\" stroke-width=\"2.5\"%s/>",
            x, y - 4, x + SAMPLE_WIDTH - 12, y - 4, colour(strategy), dashes(strategy));
        label(x + SAMPLE_WIDTH - 6, y, "start", strategy);
        x += entryWidth(strategy);
      }
      y += LEGEND_LINE;
    }
  }

  private String colour(String strategy) {
    return COLOURS.get(strategies.indexOf(strategy) % COLOURS.size());
  }

  private String dashes(String strategy) {
    return strategies.indexOf(strategy) < COLOURS.size() ? "" : " stroke-dasharray=\"6 3\"";
  }

  private static double x(Axis across, double value) {
    return LEFT + across.place(value) * (PANEL_WIDTH - LEFT - RIGHT);
  }

  private static double y(Axis up, double value) {
    return PANEL_HEIGHT - BOTTOM - up.place(value) * (PANEL_HEIGHT - TOP - BOTTOM);
  }

  private void line(double x1, double y1, double x2, double y2, String colour) {
    add(
        "<line x1=\"%s\" y1=\"%s\" x2=\"%s\" y2=\"%s\" stroke=\"%s\"/>",
        number(x1), number(y1), number(x2), number(y2), colour);
  }

  private void label(double x, double y, String anchor, String label) {
    add(
        "<text x=\"%s\" y=\"%s\" text-anchor=\"%s\">%s</text>",
        number(x), number(y), anchor, escape(label));
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }

  private static String escape(String label) {
    return label.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
  }

  private void add(String format, Object... arguments) {
    text.append(String.format(Locale.ROOT, format, arguments)).append('\n');
  }
}
