package dev.troupe;

import static java.util.Objects.requireNonNull;

import java.time.Instant;

/**
 * What is on record of a run of a trial that ended with a pause. Immutable.
 *
 * @param ended when it paused
 * @param deviceSeconds how long it held its device, in seconds
 */
public record KeptRun(Instant ended, double deviceSeconds) {

  /** Requires the moment. */
  public KeptRun {
    requireNonNull(ended, "ended");
  }
}
