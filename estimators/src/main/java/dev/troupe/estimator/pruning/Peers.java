package dev.troupe.estimator.pruning;

/**
 * The losses of the other trials that have reached a step.
 *
 * @param count how many there are
 * @param ids their numbers, in the first {@code count} places
 * @param losses by objective, then in the order of {@code ids}; never NaN
 */
@SuppressWarnings("ArrayRecordComponent") // handed over once, never compared
record Peers(int count, long[] ids, double[][] losses) {

  /**
   * Returns how many of them come before a trial: by the loss, among equals by the number; by
   * non-domination if there are several losses.
   *
   * @param own the trial's losses, one for each objective
   */
  int before(long id, double[] own) {
    if (own.length > 1) {
      return ParetoOrder.before(this, id, own);
    }
    int before = 0;
    double[] all = losses[0];
    for (int i = 0; i < count; i++) {
      if (all[i] < own[0] || all[i] == own[0] && ids[i] < id) {
        before++;
      }
    }
    return before;
  }
}
