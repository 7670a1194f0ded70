package dev.troupe.architecture.draw;

/** Widths of text in Helvetica and its like, near enough for boxes around it. */
final class Fonts {

  /** Other sans-serif fonts are wider. */
  private static final double ALLOWANCE = 1.12;

  private static final String NARROW = "ijl.,:;'|!·/ ftrI()[]-";
  private static final String WIDE = "mwMW×—";

  private Fonts() {}

  /** Returns the width of a line in a font of this size, in the same unit. */
  static double width(String text, double size) {
    double width = 0;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (NARROW.indexOf(letter) >= 0) {
        width += 0.32;
      } else if (WIDE.indexOf(letter) >= 0) {
        width += 0.8;
      } else {
        width += Character.isUpperCase(letter) ? 0.68 : 0.55;
      }
    }
    return width * size * ALLOWANCE;
  }
}
