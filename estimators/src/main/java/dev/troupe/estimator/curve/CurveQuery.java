package dev.troupe.estimator.curve;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Direction;
import java.util.List;

/**
 * What a curve model is asked.
 *
 * @param trial the trial's number, from which alone a model draws what is random in it
 * @param curve what the trial has shown so far, and its configuration
 * @param horizon the step at which its value is wanted, at least its last step
 * @param direction which values are better
 * @param finished curves of trials that came to their end, in a fixed order; empty if there are
 *     none. One that ended before the horizon counts with its last value. Pass the same instances
 *     from one query to the next: what was worked out for them is then found again.
 */
public record CurveQuery(
    long trial, TrialCurve curve, double horizon, Direction direction, List<TrialCurve> finished) {

  /** Requires all; the horizon must be finite and not lie before the last step. */
  public CurveQuery {
    requireNonNull(curve, "curve");
    requireNonNull(direction, "direction");
    finished = List.copyOf(finished);
    if (!Double.isFinite(horizon) || horizon < curve.curve().lastStep()) {
      throw new IllegalArgumentException(
          "Trial %d: the horizon must not lie before the last step %s, but was %s. Maybe take the steps of a full training."
              .formatted(trial, curve.curve().lastStep(), horizon));
    }
  }
}
