package dev.troupe.estimator.device;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.TrialState;

/**
 * What device time was spent on.
 *
 * @param device where
 * @param study for which study
 * @param strategy at the suggestion of which strategy
 * @param state what the attempt came to: an ended state, {@code PAUSED}, or {@code RUNNING} while
 *     it is held
 * @param lost whether the attempt was given up and its work has to be done again
 */
public record DeviceUse(
    Device device, String study, String strategy, TrialState state, boolean lost) {

  /** Requires all. */
  public DeviceUse {
    requireNonNull(device, "device");
    requireNonNull(study, "study");
    requireNonNull(strategy, "strategy");
    requireNonNull(state, "state");
  }
}
