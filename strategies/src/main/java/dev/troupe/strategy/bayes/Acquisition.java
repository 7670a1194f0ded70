package dev.troupe.strategy.bayes;

/**
 * What it is worth to evaluate a point whose loss is believed to be normal; larger is better.
 * METHODS 1.3. Immutable.
 */
interface Acquisition {

  /**
   * Returns the worth.
   *
   * @param mean of the loss
   * @param deviation of the loss, above 0
   */
  double value(double mean, double deviation);

  /** Returns the derivative of the worth by the mean. */
  double meanSlope(double mean, double deviation);

  /** Returns the derivative of the worth by the deviation. */
  double deviationSlope(double mean, double deviation);

  /**
   * The logarithm of the expected improvement, whose slopes do not vanish far away (Ament, Daulton,
   * Eriksson, Balandat, Bakshy 2023, arXiv:2310.20708).
   *
   * @param best the loss to improve upon
   */
  record LogExpectedImprovement(double best) implements Acquisition {

    @Override
    public double value(double mean, double deviation) {
      return StrictMath.log(deviation) + StandardNormal.logImprovement((best - mean) / deviation);
    }

    @Override
    public double meanSlope(double mean, double deviation) {
      return -StandardNormal.logImprovementSlope((best - mean) / deviation) / deviation;
    }

    @Override
    public double deviationSlope(double mean, double deviation) {
      double z = (best - mean) / deviation;
      return (1 - z * StandardNormal.logImprovementSlope(z)) / deviation;
    }
  }

  /**
   * Minus the lower confidence bound, the upper one of a reward (Srinivas, Krause, Kakade, Seeger
   * 2010, arXiv:0912.3995).
   *
   * @param beta how many deviations the bound lies below the mean, at least 0
   */
  record ConfidenceBound(double beta) implements Acquisition {

    @Override
    public double value(double mean, double deviation) {
      return beta * deviation - mean;
    }

    @Override
    public double meanSlope(double mean, double deviation) {
      return -1;
    }

    @Override
    public double deviationSlope(double mean, double deviation) {
      return beta;
    }
  }
}
