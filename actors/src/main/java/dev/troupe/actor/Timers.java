package dev.troupe.actor;

import java.time.Duration;
import java.time.Instant;

/**
 * Time, for everything in a study that has to do with it. Tests and simulations replace it. Thread
 * safe.
 */
public interface Timers {

  /** Returns the time of day. */
  Instant now();

  /** Returns a reading in nanoseconds of a clock that never runs backwards. */
  long nanos();

  /**
   * Runs a short task once, on a thread of the timers' own.
   *
   * @return cancels the task, if it has not run yet
   */
  Runnable after(Duration delay, Runnable task);

  /** Returns the seconds that have passed since an earlier reading of {@link #nanos}. */
  default double secondsSince(long earlierNanos) {
    return (nanos() - earlierNanos) / 1e9;
  }
}
