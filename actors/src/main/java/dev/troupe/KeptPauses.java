package dev.troupe;

import dev.troupe.study.Metrics;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of the pauses of a trial. Immutable.
 *
 * @param count how often it has paused, at least 1
 * @param deviceSeconds how long the attempts that ended so held devices, in seconds
 * @param waiting its result where it waits to be resumed; null if it has been
 */
public record KeptPauses(int count, double deviceSeconds, @Nullable Metrics waiting) {

  /** Returns how often it has gone on. */
  public int resumptions() {
    return waiting == null ? count : count - 1;
  }
}
