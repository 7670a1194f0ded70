package dev.troupe.monitoring.report;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.TrialState;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A run of a trial whose end is on record. Immutable.
 *
 * @param ended when it ended or paused
 * @param seconds how long it held its device, at least 0
 * @param state how it ended: that of the trial if it was the last run, {@code PAUSED} if it paused
 * @param device where it ran, if that is on record, else null
 */
public record ReportedRun(
    Instant ended, double seconds, TrialState state, @Nullable String device) {

  /** Checks the range above. */
  public ReportedRun {
    requireNonNull(ended, "ended");
    requireNonNull(state, "state");
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException(
          "A run must hold its device for at least 0 s, but this one did for %s. Maybe subtract what earlier runs held."
              .formatted(seconds));
    }
  }
}
