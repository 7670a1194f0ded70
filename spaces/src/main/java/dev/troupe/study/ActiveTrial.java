package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A trial that has not ended, as strategies and pruners see it.
 *
 * @param id its number
 * @param suggestion what is evaluated
 * @param measurements what has been measured so far and may be seen, in order; empty under {@code
 *     order = logical} for every trial but one's own; unmodifiable
 */
public record ActiveTrial(TrialId id, Suggestion suggestion, List<Measurement> measurements) {

  /** Requires all three and copies the list. */
  public ActiveTrial {
    requireNonNull(id, "id");
    requireNonNull(suggestion, "suggestion");
    measurements = List.copyOf(measurements);
  }
}
