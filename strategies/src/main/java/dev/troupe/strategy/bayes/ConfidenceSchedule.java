package dev.troupe.strategy.bayes;

/**
 * How many deviations below the mean a confidence bound lies: the more has been seen, the more, so
 * that no region is given up for good (Srinivas, Krause, Kakade, Seeger 2010, arXiv:0912.3995).
 * What their theorem asks for grows as {@code 2 d ln(t)}, holds in the worst case and is far too
 * cautious for a few hundred trials; they divide it by 5 in their experiments. The constants here,
 * {@code beta(t)^2 = 0.2 d ln(2 t)}, are those of Kandasamy, Schneider and Poczos (2015,
 * arXiv:1503.01673), a tenth of it.
 *
 * @param dimensions d, how many parameters can vary
 */
record ConfidenceSchedule(int dimensions) {

  private static final double FACTOR = 0.2;

  /**
   * Returns beta(t).
   *
   * @param observations t, at least 1; all that there are, whether a model holds them or not
   */
  double beta(int observations) {
    return Math.sqrt(FACTOR * Math.max(1, dimensions) * StrictMath.log(2.0 * observations));
  }
}
