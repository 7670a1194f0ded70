package dev.troupe;

import dev.troupe.study.Metrics;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of the pauses of a trial. Immutable.
 *
 * @param runs the runs that ended so, in order, at least one
 * @param waiting its result where it waits to be resumed; null if it has been
 */
public record KeptPauses(List<KeptRun> runs, @Nullable Metrics waiting) {

  /** Copies the list. */
  public KeptPauses {
    runs = List.copyOf(runs);
  }

  /** Returns how often it has paused, at least 1. */
  public int count() {
    return runs.size();
  }

  /** Returns how long the runs that ended so held devices, in seconds. */
  public double deviceSeconds() {
    return runs.stream().mapToDouble(KeptRun::deviceSeconds).sum();
  }

  /** Returns how often it has gone on. */
  public int resumptions() {
    return waiting == null ? count() : count() - 1;
  }
}
