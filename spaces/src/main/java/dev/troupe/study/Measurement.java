package dev.troupe.study;

import static java.util.Objects.requireNonNull;

/**
 * What was measured at one point of a trial, with the resource spent until then.
 *
 * @param step how far the trial has come on its main fidelity axis, in that axis' own unit (epochs,
 *     most often); at least 0, and 0 for an estimator without steps
 * @param metrics the named values
 * @param seconds device time of the current attempt until then, in seconds; at least 0. An attempt
 *     that goes on from a checkpoint counts on from the last measurement up to there
 */
public record Measurement(long step, Metrics metrics, double seconds) {

  /** Checks the ranges above. */
  public Measurement {
    requireNonNull(metrics, "metrics");
    if (step < 0) {
      throw new IllegalArgumentException(
          "Measurement: a step is at least 0, but it was %d. Maybe count from 1.".formatted(step));
    }
    if (!(seconds >= 0)) {
      throw new IllegalArgumentException(
          "Measurement at step %d: seconds must be at least 0, but were %s."
              .formatted(step, seconds));
    }
  }
}
