package dev.troupe;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import dev.troupe.study.Measurement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a run of a trial that came to nothing. Immutable.
 *
 * @param attempt which run
 * @param reason why it failed or was lost
 * @param lost whether it was lost with whoever ran it, which says nothing about the trial
 * @param deviceSeconds how long it held its device, as far as is known
 * @param device the device, if that is on record, else null
 * @param measurements what it measured, in order
 */
public record KeptAttempt(
    Attempt attempt,
    String reason,
    boolean lost,
    double deviceSeconds,
    @Nullable String device,
    List<Measurement> measurements) {

  /** Copies the list. */
  public KeptAttempt {
    requireNonNull(attempt, "attempt");
    requireNonNull(reason, "reason");
    measurements = List.copyOf(measurements);
  }
}
