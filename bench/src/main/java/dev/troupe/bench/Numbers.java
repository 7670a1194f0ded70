package dev.troupe.bench;

import dev.troupe.plot.NumberText;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Numbers {

  private Numbers() {}

  /**
   * Returns a number with up to five significant digits, with an exponent where that is shorter.
   */
  static String brief(double value) {
    return NumberText.brief(value);
  }

  /** Returns a number with so many decimals. */
  static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
