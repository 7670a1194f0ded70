package dev.troupe.strategy.bayes.tpe;

/**
 * The exponential function of numbers up to 0, with the same bits on every machine, which {@code
 * Math.exp} does not promise, and several times faster than {@code StrictMath.exp}. Relative error
 * below 5e-14.
 */
final class Exponential {

  private static final int STEPS = 32;
  private static final double STEPS_PER_UNIT = STEPS / StrictMath.log(2);

  /** The step in two parts, of which the first has so few bits that its multiples are exact. */
  private static final double STEP_HIGH = (double) (float) (StrictMath.log(2) / STEPS);

  private static final double STEP_LOW = StrictMath.log(2) / STEPS - STEP_HIGH;

  /** Adding and subtracting it rounds to the nearest whole number. */
  private static final double ROUNDER = 0x1.8p52;

  private static final double LEAST = -708;
  private static final int MANTISSA_BITS = 52;
  private static final double[] POWERS = powers();

  private Exponential() {}

  private static double[] powers() {
    var powers = new double[STEPS];
    for (int i = 0; i < STEPS; i++) {
      powers[i] = StrictMath.pow(2, (double) i / STEPS);
    }
    return powers;
  }

  /**
   * Returns e to the power of {@code x}.
   *
   * @param x at most 0; the result is 0 below -708
   */
  static double of(double x) {
    if (!(x >= LEAST)) {
      return 0;
    }
    double steps = x * STEPS_PER_UNIT + ROUNDER - ROUNDER;
    double rest = x - steps * STEP_HIGH - steps * STEP_LOW;
    int whole = (int) steps;
    double square = rest * rest;
    double series =
        1 + rest + square * (0.5 + rest * (1.0 / 6)) + square * square * (1.0 / 24 + rest / 120);
    long bits = Double.doubleToRawLongBits(POWERS[whole & STEPS - 1] * series);
    // Adds to the exponent: the number stays a normal one, since x is not below -708.
    return Double.longBitsToDouble(bits + ((long) (whole >> 5) << MANTISSA_BITS));
  }
}
