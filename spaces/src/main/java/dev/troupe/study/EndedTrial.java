package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trial that has ended; immutable from then on.
 *
 * @param id its number
 * @param suggestion what was evaluated
 * @param measurements all that was measured, in order; unmodifiable
 * @param outcome how it ended
 * @param deviceSeconds how long it held devices, all attempts together, in seconds
 */
public record EndedTrial(
    TrialId id,
    Suggestion suggestion,
    List<Measurement> measurements,
    Outcome outcome,
    double deviceSeconds) {

  /** Requires all and copies the list. */
  public EndedTrial {
    requireNonNull(id, "id");
    requireNonNull(suggestion, "suggestion");
    requireNonNull(outcome, "outcome");
    measurements = List.copyOf(measurements);
  }

  /** Returns how it ended, in a word. */
  public TrialState state() {
    return outcome.state();
  }

  /** Returns the candidate, or null for a suggestion that addresses a supernet. */
  public @Nullable Configuration candidate() {
    return suggestion instanceof Suggestion.Evaluate evaluate ? evaluate.candidate() : null;
  }

  /** Returns what its suggestion was based on, or null if that is not known. */
  public @Nullable Explanation explanation() {
    return suggestion instanceof Suggestion.Evaluate evaluate ? evaluate.explanation() : null;
  }

  /** Returns the same without what its suggestion was based on. */
  public EndedTrial unexplained() {
    return explanation() == null
        ? this
        : new EndedTrial(id, suggestion.unexplained(), measurements, outcome, deviceSeconds);
  }

  /** Returns its last metrics: the result if completed, what was measured last otherwise. */
  public Metrics metrics() {
    if (outcome instanceof Outcome.Completed completed) {
      return completed.metrics();
    }
    if (outcome instanceof Outcome.Pruned pruned) {
      return pruned.metrics();
    }
    return measurements.isEmpty()
        ? Metrics.none()
        : measurements.get(measurements.size() - 1).metrics();
  }
}
