package dev.troupe.estimator.table;

import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What the text of a cell means. */
final class Cells {

  /** Numbers that agree to this fraction are one: a file may be written to fewer digits. */
  private static final double TOLERANCE = 1e-9;

  private static final Pattern NUMBER =
      Pattern.compile("[+-]?(\\d+(\\.\\d*)?|\\.\\d+)([eE][+-]?\\d+)?");

  /** Texts such as 007 and 0012 are codes, not numbers. */
  private static final Pattern CODE = Pattern.compile("[+-]?0\\d+");

  private Cells() {}

  /** Returns a finite number, or null if it is none. */
  static @Nullable Double number(String text) {
    if (!NUMBER.matcher(text).matches()) {
      return null;
    }
    double value = Double.parseDouble(text) + 0.0;
    return Double.isFinite(value) ? value : null;
  }

  /** Returns whether this is a number and not a code of digits. */
  static boolean looksLikeNumber(String text) {
    return number(text) != null && !CODE.matcher(text).matches();
  }

  /** Returns a number that need not be finite, or null if it is none. */
  static @Nullable Double anyNumber(String text) {
    Double finite = number(text);
    if (finite != null) {
      return finite;
    }
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "nan", "+nan", "-nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> NUMBER.matcher(text).matches() ? Double.valueOf(text) : null; // above 1e308
    };
  }

  /** Returns true, false, or null if it is neither. */
  static @Nullable Boolean flag(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true", "1" -> true;
      case "false", "0" -> false;
      default -> null;
    };
  }

  static boolean areClose(double one, double other) {
    return one == other
        || Math.abs(one - other) <= TOLERANCE * Math.max(Math.abs(one), Math.abs(other));
  }
}
