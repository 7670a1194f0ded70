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
              .formatted(name, low, high));
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
          "Parameter '%s': high - low must be finite, but low was %s and high %s. Maybe use a log scale of a smaller range."
              .formatted(name, low, high));
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
          "Parameter '%s': a step must be at least 2^-52 of the range, but was %s. Maybe leave it out."
              .formatted(name, step));
    }
    if (Math.abs(steps - Math.rint(steps)) > STEP_TOLERANCE * Math.max(1, steps)) {
      throw new IllegalArgumentException(
          "Parameter '%s': a whole number of steps must lead from low to high, but (%s - %s) / %s is %s. Maybe set high = %s."
              .formatted(name, high, low, step, steps, low + Math.floor(steps) * step));
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
    double index = Math.rint((real - low) / step);
    return Math.abs(low + index * step - real) <= STEP_TOLERANCE * step;
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
      return cells(step).center(Math.round((real - low) / step));
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
