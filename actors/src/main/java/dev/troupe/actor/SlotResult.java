package dev.troupe.actor;

import dev.troupe.estimator.Failures;
import dev.troupe.study.Metrics;

/** What came of a job. */
public sealed interface SlotResult {

  /**
   * The estimator returned.
   *
   * @param metrics its result; none means: the last measurement
   */
  record Value(Metrics metrics) implements SlotResult {}

  /** There is no result. */
  sealed interface Unsuccessful extends SlotResult {

    /** Returns what happened. */
    String reason();
  }

  /** Returns what came of a job that threw. */
  static Unsuccessful of(Throwable failure) {
    String reason = Failures.describe(failure);
    return dev.troupe.actor.OutOfMemory.isBehind(failure)
        ? new OutOfMemory(reason)
        : new Failure(reason);
  }

  /**
   * The estimator threw, or was ended.
   *
   * @param reason what happened, naming the trial
   */
  record Failure(String reason) implements Unsuccessful {}

  /**
   * The estimator ran out of memory, perhaps because of what ran beside it.
   *
   * @param reason what happened, naming the trial
   */
  record OutOfMemory(String reason) implements Unsuccessful {}

  /**
   * The worker is gone, and with it whatever it had found out.
   *
   * @param reason what happened, naming the trial
   */
  record Lost(String reason) implements Unsuccessful {}
}
