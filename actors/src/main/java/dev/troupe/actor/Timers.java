package dev.troupe.actor;

import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.concurrent.ExecutorService;

/**
 * Time, for everything in a study that has to do with it, and the threads on which its parts run.
 * Tests and simulations replace it. Thread safe.
 */
public interface Timers {

  /**
   * Which of several tasks runs first that are due at one moment: a clock that jumps from moment to
   * moment must not leave that to chance.
   *
   * @param trial the trial whose task it is, from 1
   * @param step how far the trial is by then
   * @param study its study
   */
  record Turn(long trial, long step, String study) implements Comparable<Turn> {

    /** After all trials: limits, so that what ends at the limit is within it. */
    static final Turn LAST = new Turn(Long.MAX_VALUE, Long.MAX_VALUE, "");

    private static final Comparator<Turn> ORDER =
        Comparator.comparingLong(Turn::trial)
            .thenComparingLong(Turn::step)
            .thenComparing(Turn::study);

    @Override
    public int compareTo(Turn other) {
      return ORDER.compare(this, other);
    }
  }

  /** Returns the time of day. */
  Instant now();

  /** Returns a reading in nanoseconds of a clock that never runs backwards. */
  long nanos();

  /**
   * Runs a short task once, on a thread of the timers' own.
   *
   * @param turn decides between tasks that are due at one moment, where that can happen
   * @return cancels the task, if it has not run yet
   */
  Runnable after(Duration delay, Turn turn, Runnable task);

  /** As above, after the tasks of all trials. */
  default Runnable after(Duration delay, Runnable task) {
    return after(delay, Turn.LAST, task);
  }

  /** Returns the seconds that have passed since an earlier reading of {@link #nanos}. */
  default double secondsSince(long earlierNanos) {
    return (nanos() - earlierNanos) / 1e9;
  }

  /** Returns whether time passes only as far as somebody waits for it. */
  default boolean isVirtual() {
    return false;
  }

  /** Returns whether it has come to its end, after which no time passes. */
  default boolean isOver() {
    return false;
  }

  /** Returns a reading in nanoseconds of the machine's clock, whatever this one shows. */
  default long machineNanos() {
    return System.nanoTime();
  }

  /** Runs a task after a time on the machine's clock: how long a thread outside is waited for. */
  default Runnable afterOnMachine(Duration delay, Runnable task) {
    return after(delay, task);
  }

  /**
   * Keeps a virtual clock from passing on to what is due next, while something is underway that its
   * own thread does not see.
   *
   * @return lets it go on; works once
   */
  default Runnable hold() {
    return () -> {};
  }

  /**
   * Returns a thread for code that computes, blocks or throws. Under virtual time all of it takes
   * turns on the one thread there is.
   *
   * @param name of the thread
   */
  default ExecutorService thread(String name) {
    return Threads.single(name);
  }
}
