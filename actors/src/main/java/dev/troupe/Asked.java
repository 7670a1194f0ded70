package dev.troupe;

import dev.troupe.study.Attempt;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.TrialId;
import org.jspecify.annotations.Nullable;

/**
 * A trial for a caller who evaluates; see {@link Study#ask}.
 *
 * @param attempt which run of which trial
 * @param value what to evaluate
 * @param fidelity how much of the real thing to spend
 * @param explanation what the candidate was chosen for, or null if the strategy does not say
 * @param <T> what a candidate is
 */
public record Asked<T>(
    Attempt attempt, T value, Fidelity fidelity, @Nullable Explanation explanation) {

  /** Returns the trial's number. */
  public TrialId trial() {
    return attempt.trial();
  }
}
