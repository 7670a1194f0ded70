package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A trial that has reached the fidelity which its strategy asked for, below the one at which trials
 * complete. It waits for its strategy to resume it, and is no result of the study until then.
 *
 * @param id its number
 * @param suggestion what was evaluated, the last time
 * @param measurements what was measured on the way there, in order; unmodifiable
 * @param metrics its result at that fidelity, with a finite value of every objective
 */
public record PausedTrial(
    TrialId id, Suggestion suggestion, List<Measurement> measurements, Metrics metrics) {

  /** Requires all and copies the list. */
  public PausedTrial {
    requireNonNull(id, "id");
    requireNonNull(suggestion, "suggestion");
    requireNonNull(metrics, "metrics");
    measurements = List.copyOf(measurements);
  }
}
