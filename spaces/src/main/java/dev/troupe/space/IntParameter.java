package dev.troupe.space;

import static java.util.Objects.requireNonNull;

import java.util.OptionalLong;

/**
 * A whole-number parameter on {@code low, low + step, … high}. Its values are {@link Long}s.
 *
 * @param name {@code [a-z][a-z0-9-]*}, unique in its space
 * @param low inclusive, at least -2^52; above zero on a log scale
 * @param high inclusive, at least {@code low} and at most 2^52
 * @param scale spacing of samples between the bounds
 * @param step distance between neighbouring values, at least 1, a whole number of which lead from
 *     {@code low} to {@code high}
 */
public record IntParameter(String name, long low, long high, Scale scale, long step)
    implements Parameter {

  /** Beyond this, neighbours are the same {@code double}, and cells would be empty. */
  private static final long LARGEST = 1L << 52;

  /** Checks the rules above; breaking one throws {@link IllegalArgumentException}. */
  public IntParameter {
    Names.requireValid(name);
    requireNonNull(scale, "scale");
    if (low > high) {
      throw new IllegalArgumentException(
          "Parameter '%s': low must not exceed high, but low was %d and high %d. Maybe swap them."
              .formatted(name, low, high));
    }
    if (low < -LARGEST || high > LARGEST) {
      throw new IllegalArgumentException(
          "Parameter '%s': bounds must lie within -2^52 and 2^52, but were low %d and high %d."
                  .formatted(name, low, high)
              + " Maybe use a float parameter.");
    }
    if (scale == Scale.LOG && low <= 0) {
      throw new IllegalArgumentException(
          "Parameter '%s': a log scale needs low > 0, but low was %d. Maybe use a linear scale."
              .formatted(name, low));
    }
    if (step < 1) {
      throw new IllegalArgumentException(
          "Parameter '%s': a step must be at least 1, but was %d. Maybe leave it out."
              .formatted(name, step));
    }
    if ((high - low) % step != 0) {
      throw new IllegalArgumentException(
          "Parameter '%s': a whole number of steps must lead from low to high, but low was %d,"
                  .formatted(name, low)
              + " high %d and step %d. Maybe set high = %d."
                  .formatted(high, step, high - (high - low) % step));
    }
  }

  /** Returns a parameter sampled evenly on {@code low … high}. */
  public static IntParameter linear(String name, long low, long high) {
    return new IntParameter(name, low, high, Scale.LINEAR, 1);
  }

  /** Returns a parameter sampled evenly in its logarithm. */
  public static IntParameter log(String name, long low, long high) {
    return new IntParameter(name, low, high, Scale.LOG, 1);
  }

  /** Returns a copy whose values are {@code low}, {@code low + step}, … {@code high}. */
  public IntParameter withStep(long newStep) {
    return new IntParameter(name, low, high, scale, newStep);
  }

  private long count() {
    return (high - low) / step + 1;
  }

  @Override
  public OptionalLong cardinality() {
    return OptionalLong.of(count());
  }

  @Override
  public boolean contains(Object value) {
    return value instanceof Long number
        && number >= low
        && number <= high
        && (number - low) % step == 0;
  }

  @Override
  public String rule() {
    String range = "must be a whole number from %d to %d".formatted(low, high);
    return step == 1 ? range : range + " in steps of " + step;
  }

  @Override
  public double encode(Object value) {
    return low == high ? 0.5 : cells().center(((Long) value - low) / step);
  }

  @Override
  public Object decode(double unit) {
    return low == high ? (Object) low : value(cells().index(Math.max(0, Math.min(1, unit))));
  }

  @Override
  public Object value(long index) {
    return low + index * step;
  }

  private NumericCells cells() {
    return new NumericCells(low, step, count(), scale);
  }
}
