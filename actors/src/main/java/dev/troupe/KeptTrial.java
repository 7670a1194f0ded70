package dev.troupe;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a trial. Immutable.
 *
 * @param id its number
 * @param suggestion what is evaluated; of a trial that was resumed, the last time
 * @param earlier its runs that failed or were lost, in order
 * @param device the device of its last run, if that is on record, else null
 * @param measurements what its last run measured, in order
 * @param end how it ended, or null: it runs, or its process ended
 * @param ended when it ended, or null
 * @param pauses what is on record of its pauses; null if there were none
 */
public record KeptTrial(
    TrialId id,
    Suggestion suggestion,
    List<KeptAttempt> earlier,
    @Nullable String device,
    List<Measurement> measurements,
    @Nullable EndedTrial end,
    @Nullable Instant ended,
    @Nullable KeptPauses pauses) {

  /** Copies the lists. */
  public KeptTrial {
    requireNonNull(id, "id");
    requireNonNull(suggestion, "suggestion");
    earlier = List.copyOf(earlier);
    measurements = List.copyOf(measurements);
  }

  /** Returns where it stands; {@code RUNNING} if it has neither ended nor paused. */
  public TrialState state() {
    if (end != null) {
      return end.state();
    }
    return pauses != null && pauses.waiting() != null ? TrialState.PAUSED : TrialState.RUNNING;
  }

  /** Returns the candidate, or null for a suggestion that addresses a supernet. */
  public @Nullable Configuration candidate() {
    return suggestion instanceof Suggestion.Evaluate evaluate ? evaluate.candidate() : null;
  }

  /**
   * Returns what its suggestion was based on; null if that is not on record, since its strategy did
   * not say.
   */
  public @Nullable Explanation explanation() {
    return suggestion instanceof Suggestion.Evaluate evaluate ? evaluate.explanation() : null;
  }

  /** Returns how many runs it had, at least 1. */
  public int attempts() {
    int resumptions = pauses == null ? 0 : pauses.resumptions();
    int failed = earlier.isEmpty() ? 0 : earlier.get(earlier.size() - 1).attempt().number();
    return Math.max(failed + 1, earlier.size() + resumptions + 1);
  }

  /** Returns why earlier runs failed or were lost, in order. */
  public List<String> failures() {
    return earlier.stream().map(KeptAttempt::reason).toList();
  }

  /** Returns its result, or what was measured last. */
  public Metrics metrics() {
    if (end != null) {
      return end.metrics();
    }
    if (pauses != null && pauses.waiting() != null) {
      return pauses.waiting();
    }
    return measurements.isEmpty()
        ? Metrics.none()
        : measurements.get(measurements.size() - 1).metrics();
  }

  /** Returns how long earlier runs held devices, in seconds. */
  public double lostSeconds() {
    return earlier.stream().mapToDouble(KeptAttempt::deviceSeconds).sum();
  }

  /** Returns how long it held devices, all attempts together, as far as is on record. */
  public double deviceSeconds() {
    double earlierSeconds = lostSeconds() + (pauses == null ? 0 : pauses.deviceSeconds());
    return end == null ? earlierSeconds : end.deviceSeconds();
  }
}
