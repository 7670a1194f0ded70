package dev.troupe.space;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A real parameter on the closed interval {@code [low, high]}, in the parameter's own unit. Its
 * values are {@link Double}s.
 *
 * @param name {@code [a-z][a-z0-9-]*}, unique in its space
 * @param low inclusive and finite; above zero on a log scale
 * @param high inclusive and finite, at least {@code low}
 * @param scale spacing of samples between the bounds
 * @param step distance between neighbouring values, above zero, a whole number of which lead from
 *     {@code low} to {@code high}; null for a continuum
 */
public record FloatParameter(
    String name, double low, double high, Scale scale, @Nullable Double step) implements Parameter {

  private static final double STEP_TOLERANCE = 1e-9;

  /** Checks the rules above; breaking one throws {@link IllegalArgumentException}. */
  public FloatParameter {
    Names.requireValid(name);
    requireNonNull(scale, "scale");
    if (!Double.isFinite(low) || !Double.isFinite(high)) {
      throw new IllegalArgumentException(
          "Parameter '%s': bounds must be finite, but were low %s and high %s."
                  .formatted(name, low, high)
              + " Maybe use numbers such as 1e-4.");
    }
    if (low > high) {
      throw new IllegalArgumentException(
          "Parameter '%s': low must not exceed high, but low was %s and high %s. Maybe swap them."
              .formatted(name, low, high));
    }
    if (scale == Scale.LOG && low <= 0) {
      throw new IllegalArgumentException(
          "Parameter '%s': a log scale needs low > 0, but low was %s. Maybe use a linear scale."
              .formatted(name, low));
    }
    if (!Double.isFinite(high - low)) {
      throw new IllegalArgumentException(
          "Parameter '%s': high - low must be finite, but low was %s and high %s."
                  .formatted(name, low, high)
              + " Maybe use a smaller range.");
    }
    low = low == 0 ? 0.0 : low; // -0.0 and 0.0 are one value
    high = high == 0 ? 0.0 : high;
    if (step != null) {
      requireStep(name, low, high, step);
    }
  }

  /** Returns a parameter sampled evenly on {@code [low, high]}. */
  public static FloatParameter linear(String name, double low, double high) {
    return new FloatParameter(name, low, high, Scale.LINEAR, null);
  }

  /** Returns a parameter whose logarithm is sampled evenly. */
  public static FloatParameter log(String name, double low, double high) {
    return new FloatParameter(name, low, high, Scale.LOG, null);
  }

  /** Returns a copy whose values are {@code low}, {@code low + step}, … {@code high}. */
  public FloatParameter withStep(double newStep) {
    return new FloatParameter(name, low, high, scale, newStep);
  }

  private static void requireStep(String name, double low, double high, double step) {
    if (!(step > 0) || !Double.isFinite(step)) {
      throw new IllegalArgumentException(
          "Parameter '%s': a step must be finite and above 0, but was %s. Maybe leave it out."
              .formatted(name, step));
    }
    double steps = (high - low) / step;
    if (steps > 1L << 52) {
      throw new IllegalArgumentException(
          "Parameter '%s': a step must be at least 2^-52 of the range, but was %s."
                  .formatted(name, step)
              + " Maybe leave it out.");
    }
    boolean isWhole = Math.abs(steps - Math.rint(steps)) <= STEP_TOLERANCE * Math.max(1, steps);
    if (!isWhole || (steps > 0 && steps < 0.5)) {
      throw new IllegalArgumentException(
          "Parameter '%s': a whole number of steps must lead from low to high, but (%s - %s) / %s"
                  .formatted(name, high, low, step)
              + " is %s.".formatted(steps)
              + " Maybe set high = %s.".formatted(low + Math.floor(steps) * step));
    }
  }

  @Override
  public OptionalLong cardinality() {
    if (low == high) {
      return OptionalLong.of(1);
    }
    return step == null ? OptionalLong.empty() : OptionalLong.of(cells(step).n());
  }

  @Override
  public boolean contains(Object value) {
    if (!(value instanceof Double real) || !(real >= low && real <= high)) {
      return false;
    }
    if (step == null) {
      return true;
    }
    return isNear(real, (Double) value(nearestIndex(real, step)), step);
  }

  /** Returns the step that {@code number} means, free of rounding; else the number itself. */
  Double snap(double number) {
    double real = number + 0.0; // -0.0 and 0.0 are one value
    if (step == null || !(real >= low && real <= high)) {
      return real;
    }
    double nearest = (Double) value(nearestIndex(real, step));
    return isNear(real, nearest, step) ? (Double) nearest : (Double) real;
  }

  /** Returns the index of the step that is nearest to a number between the bounds. */
  long nearestIndex(double real, double distance) {
    return Math.min(Math.round((real - low) / distance), cells(distance).n() - 1);
  }

  /** Decimal steps are no binary fractions: rounding errors of some last places do not count. */
  private boolean isNear(double real, double exact, double distance) {
    double rounding = 4 * Math.ulp(Math.max(Math.abs(low), Math.abs(high)));
    return Math.abs(exact - real) <= Math.max(STEP_TOLERANCE * distance, rounding);
  }

  @Override
  public String rule() {
    String range = "must be a number from %s to %s".formatted(low, high);
    return step == null ? range : range + " in steps of " + step;
  }

  @Override
  public double encode(Object value) {
    double real = (Double) value;
    if (low == high) {
      return 0.5;
    }
    if (step != null) {
      return cells(step).center(nearestIndex(real, step));
    }
    double unit =
        scale == Scale.LINEAR
            ? (real - low) / (high - low)
            : (StrictMath.log(real) - StrictMath.log(low))
                / (StrictMath.log(high) - StrictMath.log(low));
    return Math.max(0, Math.min(1, unit));
  }

  @Override
  public Object decode(double unit) {
    double clamped = Math.max(0, Math.min(1, unit));
    if (step != null) {
      return value(cells(step).index(clamped));
    }
    if (clamped == 0 || clamped == 1) {
      return clamped == 0 ? low : high; // free of rounding
    }
    double value =
        scale == Scale.LINEAR
            ? low + clamped * (high - low)
            : StrictMath.exp(
                StrictMath.log(low) + clamped * (StrictMath.log(high) - StrictMath.log(low)));
    return Math.max(low, Math.min(high, value)) + 0.0;
  }

  @Override
  public Object value(long index) {
    if (low == high) {
      return low;
    }
    if (step == null) {
      throw new IllegalStateException(
          "Parameter '%s': its values cannot be counted. Maybe give it a step.".formatted(name));
    }
    // Adding 0.0 turns -0.0 into 0.0; the last value is the bound itself, free of rounding.
    return index == cells(step).n() - 1 ? high : low + index * step + 0.0;
  }

  private NumericCells cells(double distance) {
    return new NumericCells(low, distance, Math.round((high - low) / distance) + 1, scale);
  }
}
