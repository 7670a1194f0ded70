package dev.troupe.actor;

import dev.troupe.study.Metrics;

/** What came of a job. */
public sealed interface SlotResult {

  /**
   * The estimator returned.
   *
   * @param metrics its result; none means: the last measurement
   */
  record Value(Metrics metrics) implements SlotResult {}

  /**
   * The estimator threw, or was ended.
   *
   * @param reason what happened, naming the trial
   */
  record Failure(String reason) implements SlotResult {}

  /**
   * The worker is gone, and with it whatever it had found out.
   *
   * @param reason what happened, naming the trial
   */
  record Lost(String reason) implements SlotResult {}
}
