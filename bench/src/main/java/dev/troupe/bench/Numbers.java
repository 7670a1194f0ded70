package dev.troupe.bench;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
final class Numbers {

  private static final MathContext SHORT = new MathContext(5);

  private Numbers() {}

  /**
   * Returns a number with up to five significant digits, with an exponent where that is shorter.
   */
  static String brief(double value) {
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    BigDecimal rounded = new BigDecimal(value).round(SHORT).stripTrailingZeros();
    double magnitude = Math.abs(value);
    if (value == 0 || magnitude >= 1e-4 && magnitude < 1e7) {
      return rounded.signum() == 0 ? "0" : rounded.toPlainString();
    }
    return String.format(Locale.ROOT, "%.3e", value);
  }

  /** Returns a number with so many decimals. */
  static String fixed(double value, int decimals) {
    return String.format(Locale.ROOT, "%." + decimals + "f", value);
  }
}
