package dev.troupe.estimator.pruning;

/**
 * Cohorts of trials in the order of their numbers, each of which is halved by itself: so many of a
 * cohort go on from a rung as would if all its results were there.
 */
final class HalvingPlan implements RungPruner.Plan {

  private final long[] steps;
  private final int eta;
  private final int cohort;

  /**
   * Halves cohorts.
   *
   * @param cohort how many trials, at least {@code eta}
   */
  HalvingPlan(long[] steps, int eta, int cohort) {
    this.steps = steps;
    this.eta = eta;
    this.cohort = cohort;
  }

  @Override
  public long of(long trial) {
    return (trial - 1) / cohort;
  }

  @Override
  public int rungs(long group) {
    return steps.length;
  }

  @Override
  public long step(long group, int rung) {
    return steps[rung];
  }

  @Override
  public long quota(int rung, int there) {
    return Math.max(cohort / Rungs.power(eta, rung + 1), 1);
  }
}
