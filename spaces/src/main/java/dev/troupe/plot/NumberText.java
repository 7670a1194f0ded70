package dev.troupe.plot;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Locale;

/** Numbers as people read them, the same in every locale. */
public final class NumberText {

  private static final MathContext SHORT = new MathContext(5);

  private NumberText() {}

  /**
   * Returns a number with up to five significant digits, with an exponent where that is shorter;
   * one that is not finite as {@link Double#toString(double)} has it.
   */
  public static String brief(double value) {
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
}
