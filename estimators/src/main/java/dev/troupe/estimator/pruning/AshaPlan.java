package dev.troupe.estimator.pruning;

/** The best of {@code eta} so far go on from each rung. */
final class AshaPlan implements RungPruner.Plan {

  private final long[] steps;
  private final int eta;

  AshaPlan(long[] steps, int eta) {
    this.steps = steps;
    this.eta = eta;
  }

  @Override
  public long of(long trial) {
    return 0;
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
    return Math.max(there / eta, 1);
  }
}
