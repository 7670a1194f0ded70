package dev.troupe.strategy.bayes;

/** Which {@link Acquisition} a strategy follows. */
enum AcquisitionKind {
  /** The logarithm of the expected improvement. */
  LOG_EI {
    @Override
    Acquisition create(double best, int dimensions, int observations) {
      return new Acquisition.LogExpectedImprovement(best);
    }
  },

  /**
   * A confidence bound {@code sqrt(0.2 d ln(2 t))} deviations below the mean, t being the number of
   * observations (Kandasamy, Schneider, Poczos 2015, arXiv:1503.01673).
   */
  UCB {
    @Override
    Acquisition create(double best, int dimensions, int observations) {
      double square = 0.2 * dimensions * StrictMath.log(2.0 * Math.max(1, observations));
      return new Acquisition.ConfidenceBound(Math.sqrt(square));
    }
  };

  /**
   * Returns the acquisition for the next point.
   *
   * @param best the least target that is expected at an observation
   * @param dimensions of the space
   * @param observations how many there are
   */
  abstract Acquisition create(double best, int dimensions, int observations);
}
