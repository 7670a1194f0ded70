package dev.troupe.cluster;

import dev.troupe.study.Verdict;
import org.jspecify.annotations.Nullable;

/**
 * What a daemon says about one lease: all that the worker may not know yet. Saying it twice does
 * nothing.
 *
 * @param lease its number
 * @param assignment the job; null once the worker is known to have it
 * @param seen how many of its items have arrived
 * @param ruling the newest verdict, if there is one
 * @param stop whether the job is to end as soon as can be
 * @param forget whether nobody waits for it any more
 */
record Order(
    long lease,
    @Nullable Assignment assignment,
    long seen,
    @Nullable Ruling ruling,
    boolean stop,
    boolean forget) {

  /**
   * A verdict.
   *
   * @param item the number of the item that was measured
   * @param verdict on it
   */
  record Ruling(long item, Verdict verdict) {}

  /** Returns that nobody waits for a lease any more. */
  static Order forget(long lease) {
    return new Order(lease, null, 0, null, false, true);
  }
}
