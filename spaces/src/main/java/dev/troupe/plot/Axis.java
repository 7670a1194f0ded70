package dev.troupe.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A scale with marks at round numbers. Immutable.
 *
 * @param low where it begins, finite; above 0 if logarithmic
 * @param high where it ends, finite and above {@code low}
 * @param isLog whether it is logarithmic
 * @param ticks where its marks are, ascending
 */
public record Axis(double low, double high, boolean isLog, List<Double> ticks) {

  private static final int TICKS = 5;
  private static final int MOST_DECADES = 6;
  private static final int[] IN_A_DECADE = {1, 2, 5};

  /** Checks the ranges above and copies the list. */
  public Axis {
    ticks = List.copyOf(ticks);
    if (!(low < high) || !Double.isFinite(high - low) || isLog && !(low > 0)) {
      throw new IllegalArgumentException(
          "An axis must go from a finite number to a larger one, above 0 if logarithmic, but this one was to go from %s to %s. Maybe leave out what is not finite."
              .formatted(low, high));
    }
  }

  /** Returns an axis from 0 to exactly {@code high}, which is above 0. */
  public static Axis exact(double high) {
    return new Axis(0, high, false, ticks(0, high, step(high)));
  }

  /** Returns an axis from 0 to exactly {@code high}, at least 1, with marks at whole numbers. */
  public static Axis counting(double high) {
    return new Axis(0, high, false, ticks(0, high, Math.max(1, step(high))));
  }

  /** Returns an axis a little beyond the bounds, with marks at whole numbers. */
  public static Axis whole(double low, double high) {
    double from = low - Math.max(0.5, 0.03 * (high - low));
    double to = high + Math.max(0.5, 0.03 * (high - low));
    return new Axis(from, to, false, ticks(from, to, Math.max(1, step(to - from))));
  }

  /** Returns an axis that ends at round numbers around the bounds. */
  public static Axis linear(double low, double high) {
    double span = high > low ? high - low : Math.max(Math.abs(low), 1) * 0.1;
    double step = step(span);
    double from = Math.floor(low / step) * step;
    double to = Math.max(Math.ceil(high / step) * step, from + step);
    return new Axis(from, to, false, ticks(from, to, step));
  }

  /** Returns a logarithmic axis from one power of ten to another around the bounds, above 0. */
  public static Axis log(double low, double high) {
    int from = (int) Math.floor(Math.log10(low));
    int to = Math.max((int) Math.ceil(Math.log10(high)), from + 1);
    int stride = (to - from + MOST_DECADES - 1) / MOST_DECADES;
    var ticks = new ArrayList<Double>();
    for (int exponent = from; exponent <= to; exponent += stride) {
      ticks.add(Math.pow(10, exponent));
    }
    return new Axis(Math.pow(10, from), Math.pow(10, to), true, ticks);
  }

  /**
   * Returns a logarithmic axis a little beyond the bounds, above 0: with marks at powers of ten,
   * and at two and five times those if it is short.
   */
  public static Axis logAround(double low, double high) {
    double margin = high > low ? Math.pow(high / low, 0.03) : 1.5;
    double from = low / margin;
    double to = high * margin;
    Axis decades = log(from, to);
    boolean isShort = Math.log10(to / from) < 2.5;
    var ticks = new ArrayList<Double>();
    for (double power : decades.ticks()) {
      for (int factor : IN_A_DECADE) {
        double tick = power * factor;
        if (tick >= from && tick <= to && (factor == 1 || isShort)) {
          ticks.add(tick);
        }
      }
    }
    return new Axis(from, to, true, ticks);
  }

  /** Returns 1, 2 or 5 times a power of ten. */
  private static double step(double span) {
    double rough = span / TICKS;
    double power = Math.pow(10, Math.floor(Math.log10(rough)));
    double ratio = rough / power;
    return power * (ratio <= 1 ? 1 : ratio <= 2 ? 2 : ratio <= 5 ? 5 : 10);
  }

  private static List<Double> ticks(double from, double to, double step) {
    var ticks = new ArrayList<Double>();
    long first = (long) Math.ceil(from / step - 1e-9);
    long last = (long) Math.floor(to / step + 1e-9);
    for (long i = first; i <= last; i++) {
      ticks.add(i * step);
    }
    return ticks;
  }

  /** Returns where a value is: 0 at the beginning, 1 at the end, the nearer one if outside. */
  public double place(double value) {
    double place;
    if (isLog) {
      place =
          value <= 0
              ? 0
              : (Math.log10(value) - Math.log10(low)) / (Math.log10(high) - Math.log10(low));
    } else {
      place = (value - low) / (high - low);
    }
    return Math.max(0, Math.min(1, place));
  }

  /** Returns what is written at a mark. */
  public String label(double tick) {
    double magnitude = Math.abs(tick);
    if (isLog && (magnitude < 1e-3 || magnitude > 1e4)) {
      int exponent = (int) Math.floor(Math.log10(tick) + 1e-9);
      return Math.round(tick / Math.pow(10, exponent)) + "e" + exponent;
    }
    return NumberText.brief(tick);
  }
}
