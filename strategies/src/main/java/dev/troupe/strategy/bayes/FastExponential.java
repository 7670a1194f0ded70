package dev.troupe.strategy.bayes;

/**
 * The exponentials of numbers that are not positive, for the inner loops of kernels: much faster
 * than {@link StrictMath#exp}, and like that the same to the last bit on every platform, since they
 * are made of additions and multiplications alone. The relative error is below 4e-16.
 */
final class FastExponential {

  private static final double LOG2_E = 1.4426950408889634;

  /** ln 2 in two parts, of which the first has zeros at its end: multiples of it are exact. */
  private static final double LN2_HIGH = 0x1.62e42feep-1;

  private static final double LN2_LOW = 1.9082149292705877e-10;

  /** Added to a number, it leaves the nearest whole number in the last places. */
  private static final double ROUNDER = 0x1.8p52;

  /** Powers of 2 below that of -1021, which is e to the power of -708, count as zero. */
  private static final double LEAST = ROUNDER - 1021;

  private static final int EXPONENT_BIAS = 1023;
  private static final int MANTISSA_BITS = 52;

  private FastExponential() {}

  /**
   * Overwrites numbers x by e to the power of x. The first loop, with nearly all of the work, has
   * neither branches nor whole numbers, so that it becomes vector instructions.
   *
   * @param x at most 0; what is not a number becomes 0
   * @param scratch overwritten at the same indices
   */
  static void of(double[] x, double[] scratch, int from, int to) {
    for (int i = from; i < to; i++) {
      double shifted = x[i] * LOG2_E + ROUNDER;
      double power = shifted - ROUNDER;
      scratch[i] = series(x[i] - power * LN2_HIGH - power * LN2_LOW);
      x[i] = shifted;
    }
    for (int i = from; i < to; i++) {
      x[i] = x[i] >= LEAST ? scratch[i] * powerOfTwo(x[i]) : 0;
    }
  }

  /** Returns 2 to the power of the whole number in the last places. */
  private static double powerOfTwo(double shifted) {
    return Double.longBitsToDouble(
        (Double.doubleToRawLongBits(shifted) + EXPONENT_BIAS) << MANTISSA_BITS);
  }

  /** Taylor's series up to the power of 13, in pairs so that multiplications can overlap. */
  private static double series(double r) {
    double r2 = r * r;
    double r4 = r2 * r2;
    double low = 1 + r + r2 * (0.5 + r * (1.0 / 6));
    double middle = 1.0 / 24 + r * (1.0 / 120) + r2 * (1.0 / 720 + r * (1.0 / 5040));
    double high = 1.0 / 40320 + r * (1.0 / 362880) + r2 * (1.0 / 3628800 + r * (1.0 / 39916800));
    double top = 1.0 / 479001600 + r * (1.0 / 6227020800.0);
    return low + r4 * (middle + r4 * (high + r4 * top));
  }
}
