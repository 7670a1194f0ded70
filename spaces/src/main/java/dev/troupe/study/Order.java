package dev.troupe.study;

/** Which results a suggestion may use. */
public enum Order {
  /** Every result that has arrived: no slot waits, but timing decides what is known. */
  ARRIVAL,
  /**
   * Suggestion k, and every verdict on trial k, see exactly the results of trials 1 to k less the
   * lookahead: one seed gives the same trials on any number of slots, whatever the timings.
   */
  LOGICAL
}
