package dev.troupe.architecture.draw;

import dev.troupe.architecture.Architecture;
import java.util.List;

/** A layout as SVG 1.1, without scripts, style sheets and references to anything else. */
final class SvgText {

  private static final String FONT = "Helvetica, Arial, 'Liberation Sans', sans-serif";
  private static final String DARK = "#222222";
  private static final String DETAIL = "#555555";
  private static final String LINE = "#555555";
  private static final double ARROW = 6;
  private static final double CORNER = 5;

  private final Layout layout;
  private final StringBuilder svg = new StringBuilder();

  private SvgText(Layout layout) {
    this.layout = layout;
  }

  static String of(Boxes boxes, Head head) {
    Layout layout = Layout.of(boxes, head.width(), head.height());
    var text = new SvgText(layout);
    text.begin(head);
    text.lines();
    for (int i = 0; i < boxes.size(); i++) {
      text.box(boxes.architecture(), boxes.box(i), i);
    }
    return text.svg.append("</svg>\n").toString();
  }

  private void begin(Head head) {
    String width = number(layout.width());
    String height = number(layout.height());
    line(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%s\" height=\"%s\" viewBox=\"0 0 %s %s\" role=\"img\" font-family=\"%s\" text-anchor=\"middle\">"
            .formatted(width, height, width, height, FONT));
    line("<title>%s</title>".formatted(escaped(String.join(": ", head.lines()))));
    line("<rect width=\"%s\" height=\"%s\" fill=\"#ffffff\"/>".formatted(width, height));
    double y = Head.TOP;
    for (int i = 0; i < head.lines().size(); i++) {
      y += Head.LINE;
      text(
          head.lines().get(i),
          layout.width() / 2,
          y - Head.DESCENT,
          head.size(i),
          i > 0 ? DETAIL : DARK,
          head.isTitle(i));
    }
  }

  private void lines() {
    line("<g fill=\"none\" stroke=\"%s\" stroke-width=\"1.1\">".formatted(LINE));
    List<Layout.Piece> pieces = layout.pieces();
    pieces.forEach(this::path);
    layout.detours().forEach(pair -> detour(pair[0], pair[1]));
    line("</g>");
    line("<g fill=\"%s\">".formatted(LINE));
    for (Layout.Piece piece : pieces) {
      if (piece.arrives()) {
        arrow(piece.x2(), piece.y2());
      }
    }
    layout.detours().forEach(pair -> arrow(layout.middle(pair[1]), layout.top(pair[1])));
    line("</g>");
  }

  private void path(Layout.Piece piece) {
    double half = (piece.bend1() + piece.bend2()) / 2;
    String x1 = number(piece.x1());
    String x2 = number(piece.x2());
    String end = number(piece.arrives() ? piece.y2() - ARROW + 1 : piece.y2());
    if (x1.equals(x2)) {
      line("<path d=\"M%s %sV%s\"/>".formatted(x1, number(piece.y1()), end));
      return;
    }
    line(
        "<path d=\"M%s %sV%sC%s %s %s %s %s %sV%s\"/>"
            .formatted(
                x1,
                number(piece.y1()),
                number(piece.bend1()),
                x1,
                number(half),
                x2,
                number(half),
                x2,
                number(bendEnd(piece)),
                end));
  }

  /** A bend ends where the arrow begins at the latest. */
  private static double bendEnd(Layout.Piece piece) {
    return piece.arrives() ? Math.min(piece.bend2(), piece.y2() - ARROW + 1) : piece.bend2();
  }

  private void detour(int from, int to) {
    double y1 = layout.top(from) + layout.height(from);
    double y2 = layout.top(to);
    double aside = layout.width() - ARROW;
    line(
        "<path d=\"M%s %sC%s %s %s %s %s %s\"/>"
            .formatted(
                number(layout.middle(from)),
                number(y1),
                number(aside),
                number(y1),
                number(aside),
                number(y2),
                number(layout.middle(to)),
                number(y2 - ARROW + 1)));
  }

  private void arrow(double x, double y) {
    line(
        "<path d=\"M%s %sl%s %sh%sz\"/>"
            .formatted(number(x), number(y), number(-ARROW / 2), number(-ARROW), number(ARROW)));
  }

  private void box(Architecture architecture, Box box, int index) {
    double height = layout.height(index);
    line("<g>");
    line("<title>%s</title>".formatted(escaped(Described.layers(architecture, box.layers()))));
    line(
        "<rect x=\"%s\" y=\"%s\" width=\"%s\" height=\"%s\" rx=\"%s\" fill=\"%s\" stroke=\"%s\"/>"
            .formatted(
                number(layout.left(index)),
                number(layout.top(index)),
                number(layout.width(index)),
                number(height),
                number(box.family().isRound() ? height / 2 : CORNER),
                box.family().fill(),
                LINE));
    boxText(box, index);
    line("</g>");
  }

  private void boxText(Box box, int index) {
    double x = layout.middle(index);
    double y = layout.top(index) + Layout.PADDING_TOP;
    if (!box.before().isEmpty()) {
      y += Layout.DETAIL_LINE;
      detail(box.before(), x, y, DARK);
    }
    y += Layout.LABEL_LINE;
    text(box.label(), x, y - 3.5, Layout.LABEL_SIZE, DARK, false);
    if (!box.after().isEmpty()) {
      y += Layout.DETAIL_LINE;
      detail(box.after(), x, y, DARK);
    }
    detail(box.shape(), x, y + Layout.DETAIL_LINE, DETAIL);
  }

  private void detail(String text, double x, double y, String colour) {
    text(text, x, y - 3, Layout.DETAIL_SIZE, colour, false);
  }

  private void text(String text, double x, double y, double size, String fill, boolean bold) {
    line(
        "<text x=\"%s\" y=\"%s\" font-size=\"%s\" fill=\"%s\"%s>%s</text>"
            .formatted(
                number(x),
                number(y),
                number(size),
                fill,
                bold ? " font-weight=\"bold\"" : "",
                escaped(text)));
  }

  private void line(String text) {
    svg.append(text).append('\n');
  }

  /** Returns a number with at most one decimal; it is the same in every locale. */
  private static String number(double value) {
    long tenths = Math.round(value * 10);
    String digits = Math.abs(tenths) / 10 + (tenths % 10 == 0 ? "" : "." + Math.abs(tenths % 10));
    return tenths < 0 ? "-" + digits : digits;
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }
}
