package dev.troupe.strategy.bayes.tpe;

/** The standard normal distribution, with the same bits on every machine. */
final class Normal {

  /** ln(sqrt(2 pi)). */
  static final double LOG_ROOT_TWO_PI = 0.9189385332046727;

  private static final double ROOT_TWO_PI = 2.5066282746310002;

  /** Where the rational function ends and the continued fraction begins. */
  private static final double FAR = 7.07106781186547;

  private static final double[] NUMERATOR = {
    3.52624965998911e-2,
    0.700383064443688,
    6.37396220353165,
    33.912866078383,
    112.079291497871,
    221.213596169931,
    220.206867912376
  };

  private static final double[] DENOMINATOR = {
    8.83883476483184e-2,
    1.75566716318264,
    16.064177579207,
    86.7807322029461,
    296.564248779674,
    637.333633378831,
    793.826512519948,
    440.413735824752
  };

  private Normal() {}

  /**
   * Returns the probability of a value above {@code x}, with a relative error below 1e-8 as far as
   * doubles reach, and an absolute one below 1e-15 (Hart 1968, function 5666, by way of West 2005,
   * Wilmott Magazine, May, 70-76).
   *
   * @param x at least 0
   */
  static double upperTail(double x) {
    double density = Exponential.of(-0.5 * x * x);
    if (x < FAR) {
      return density * polynomial(NUMERATOR, x) / polynomial(DENOMINATOR, x);
    }
    return density / (x + 1 / (x + 2 / (x + 3 / (x + 4 / (x + 0.65))))) / ROOT_TWO_PI;
  }

  private static double polynomial(double[] coefficients, double x) {
    double value = 0;
    for (double coefficient : coefficients) {
      value = value * x + coefficient;
    }
    return value;
  }

  /**
   * Returns the probability of a value between {@code low} and {@code high}, which is not lower.
   */
  static double mass(double low, double high) {
    if (low >= 0) {
      return upperTail(low) - upperTail(high);
    }
    if (high <= 0) {
      return upperTail(-high) - upperTail(-low);
    }
    return 1 - upperTail(-low) - upperTail(high);
  }
}
