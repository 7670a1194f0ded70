package dev.troupe.strategy.proxy;

import org.jspecify.annotations.Nullable;

/**
 * When candidates are to be checked at full fidelity. Of a study of so many trials at most half are
 * checks. All checks but one come as soon as twice as many candidates have been ranked, so that a
 * proxy that does not rank is found out early; the last one, when the search is over, so that the
 * study ends with its best candidate seen at full fidelity. A study that goes on beyond that, or
 * whose end is not known, checks its best candidate whenever it has ranked twice as many.
 * Immutable.
 *
 * @param checks how many there are to be, at least 0
 * @param quota how many candidates are searched before the last one; null if that is not known
 */
record CheckSchedule(int checks, @Nullable Long quota) {

  private static final int RANKED_A_CHECK = 2;

  /**
   * Returns the schedule.
   *
   * @param wanted how many checks, at least 0
   * @param trials how many trials there are, checks included; null if that is not known
   */
  static CheckSchedule of(int wanted, @Nullable Long trials) {
    if (trials == null) {
      return new CheckSchedule(wanted, null);
    }
    int checks = (int) Math.min(wanted, trials / 2);
    return new CheckSchedule(checks, trials - checks);
  }

  /** Returns how many checks come together, spread over the ranking. */
  int spread() {
    return Math.max(0, checks - 1);
  }

  private long start() {
    long wanted = (long) RANKED_A_CHECK * checks;
    return quota == null ? wanted : Math.min(wanted, quota);
  }

  /**
   * Returns how many checks should have been begun.
   *
   * @param ended how many searched candidates have ended, whatever came of them
   * @param over whether the search, as far as it was planned, is over, and all of it has ended by
   *     now or before
   */
  long due(long ended, boolean over) {
    if (checks == 0) {
      return 0;
    }
    long due = ended >= start() || over ? spread() : 0;
    return due + (over ? 1 : 0) + doublings(ended);
  }

  private long doublings(long ended) {
    long base = quota == null ? start() : quota;
    return ended < base ? 0 : Long.SIZE - 1 - Long.numberOfLeadingZeros(ended / base);
  }
}
