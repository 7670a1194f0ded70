package dev.troupe;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;

/**
 * The best candidate of a study.
 *
 * @param value what it is
 * @param trial all about its trial
 * @param test its scores on what was never shown to the search; empty where there is nothing of the
 *     kind
 * @param <T> what a candidate is
 */
public record Incumbent<T>(T value, EndedTrial trial, Metrics test) {

  /** Requires all three. */
  public Incumbent {
    requireNonNull(value, "value");
    requireNonNull(trial, "trial");
    requireNonNull(test, "test");
  }

  /** Returns its result. */
  public Metrics metrics() {
    return trial.metrics();
  }
}
