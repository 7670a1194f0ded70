package dev.troupe.estimator.device;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import java.time.Duration;
import java.time.Instant;

/**
 * A device held by one attempt of one trial.
 *
 * @param device what is held
 * @param attempt who holds it
 * @param study the study whose trial that is
 * @param since from when on
 */
public record DeviceLease(Device device, Attempt attempt, String study, Instant since) {

  private static final double NANOS_PER_SECOND = 1e9;

  /** Requires all. */
  public DeviceLease {
    requireNonNull(device, "device");
    requireNonNull(attempt, "attempt");
    requireNonNull(study, "study");
    requireNonNull(since, "since");
  }

  /** Returns how long it is held at {@code now}, in seconds; 0 if a clock was set back. */
  public double seconds(Instant now) {
    Duration held = Duration.between(since, now);
    return held.isNegative() ? 0 : held.getSeconds() + held.getNano() / NANOS_PER_SECOND;
  }
}
