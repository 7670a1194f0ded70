package dev.troupe.strategy.multifidelity;

/**
 * How many results count as good, and how many as bad, as in HpBandSter.
 *
 * @param dimensions of the space, at least 1
 */
record DensitySplit(int dimensions) {

  private static final int GOOD_PERCENT = 15;
  private static final int PERCENT = 100;

  /** Returns how many results a model needs. */
  int least() {
    return dimensions + 1;
  }

  /** Returns how many of the best of {@code results} are good. */
  int good(int results) {
    return Math.max(least(), GOOD_PERCENT * results / PERCENT);
  }

  /** Returns how many of those after them are bad, at most. */
  int bad(int results) {
    return Math.max(least(), (PERCENT - GOOD_PERCENT) * results / PERCENT);
  }
}
