package dev.troupe.strategy.bayes;

/** How far a loss that is believed to be normal falls below the best one (METHODS 1.3). */
final class Improvement {

  private Improvement() {}

  /** Returns the expected improvement upon {@code best}; 0 for a deviation of 0. */
  static double expected(double mean, double deviation, double best) {
    return deviation > 0
        ? StrictMath.exp(new Acquisition.LogExpectedImprovement(best).value(mean, deviation))
        : 0;
  }

  /** Returns the probability of an improvement upon {@code best}; 0 for a deviation of 0. */
  static double probability(double mean, double deviation, double best) {
    return deviation > 0 ? StandardNormal.cumulative((best - mean) / deviation) : 0;
  }

  /**
   * Returns the expected improvement of a loss whose logarithm is normal (Hutter, Hoos,
   * Leyton-Brown, Murphy 2009, doi:10.1145/1569901.1569940).
   *
   * @param mean of the logarithm
   * @param deviation of the logarithm, above 0
   * @param best the loss itself, above 0
   */
  static double expectedOfLogarithm(double mean, double deviation, double best) {
    double v = (StrictMath.log(best) - mean) / deviation;
    return best * StandardNormal.cumulative(v)
        - StrictMath.exp(deviation * deviation / 2 + mean)
            * StandardNormal.cumulative(v - deviation);
  }
}
