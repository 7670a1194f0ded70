package dev.troupe.architecture.draw;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The text above a drawing.
 *
 * @param title may be missing
 * @param size of the network, in words
 */
record Head(@Nullable String title, String size) {

  static final double TOP = 12;
  static final double LINE = 18;
  static final double DESCENT = 4;

  private static final double TITLE_SIZE = 14;
  private static final double BELOW = 12;

  List<String> lines() {
    var lines = new ArrayList<String>();
    if (title != null) {
      lines.add(title);
    }
    lines.add(size);
    return lines;
  }

  boolean isTitle(int line) {
    return title != null && line == 0;
  }

  /** Returns the size of a line's font. */
  double size(int line) {
    return isTitle(line) ? TITLE_SIZE : Layout.DETAIL_SIZE + 1;
  }

  double width() {
    double width = 0;
    for (int i = 0; i < lines().size(); i++) {
      double bold = isTitle(i) ? 1.08 : 1;
      width = Math.max(width, bold * Fonts.width(lines().get(i), size(i)));
    }
    return width;
  }

  double height() {
    return LINE * lines().size() + BELOW;
  }
}
