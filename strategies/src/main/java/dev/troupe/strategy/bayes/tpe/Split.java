package dev.troupe.strategy.bayes.tpe;

/** How many of n trials count as good. */
enum Split {
  /** A share of n. */
  LINEAR {
    @Override
    double of(double share, int trials) {
      return share * trials;
    }
  },
  /** A multiple of the root of n, as in Hyperopt, where it is 0.25. */
  ROOT {
    @Override
    double of(double share, int trials) {
      return share * StrictMath.sqrt(trials);
    }
  };

  abstract double of(double share, int trials);

  /**
   * Returns the number of good trials.
   *
   * @param share above 0
   * @param most no more than these are good, at least 1
   */
  int good(double share, int most, int trials) {
    return (int) Math.min(most, StrictMath.ceil(of(share, trials)));
  }
}
