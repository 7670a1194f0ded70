package dev.troupe;

import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a trial. Immutable.
 *
 * @param id its number
 * @param suggestion what is evaluated
 * @param attempts how many runs it had, at least 1
 * @param failures why earlier runs failed or were lost, in order
 * @param measurements what its last run measured, in order
 * @param lostSeconds how long earlier runs held devices, in seconds
 * @param end how it ended, or null: it runs, or its process ended
 */
public record KeptTrial(
    TrialId id,
    Suggestion suggestion,
    int attempts,
    List<String> failures,
    List<Measurement> measurements,
    double lostSeconds,
    @Nullable EndedTrial end) {

  /** Copies the lists. */
  public KeptTrial {
    failures = List.copyOf(failures);
    measurements = List.copyOf(measurements);
  }

  /** Returns where it stands; {@code RUNNING} if it has not ended. */
  public TrialState state() {
    return end == null ? TrialState.RUNNING : end.state();
  }

  /** Returns the candidate, or null for a suggestion that addresses a supernet. */
  public @Nullable Configuration candidate() {
    return suggestion instanceof Suggestion.Evaluate evaluate ? evaluate.candidate() : null;
  }

  /** Returns its result, or what was measured last. */
  public Metrics metrics() {
    if (end != null) {
      return end.metrics();
    }
    return measurements.isEmpty()
        ? Metrics.none()
        : measurements.get(measurements.size() - 1).metrics();
  }

  /** Returns how long it held devices, all attempts together, as far as is on record. */
  public double deviceSeconds() {
    return end == null ? lostSeconds : end.deviceSeconds();
  }
}
