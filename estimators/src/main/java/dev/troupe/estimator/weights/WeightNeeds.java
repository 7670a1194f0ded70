package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.TrialId;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whose weights a study still needs, or may.
 *
 * @param needed must stay: of trials that run or wait and their parents, of the incumbents;
 *     unmodifiable
 * @param heritable those which the strategy may still name as parents; null if it does not say, so
 *     that it may name any; unmodifiable
 * @param newest the last trial that was regarded; what younger ones leave stays, too
 */
public record WeightNeeds(Set<TrialId> needed, @Nullable Set<TrialId> heritable, TrialId newest) {

  /** Copies the sets. */
  public WeightNeeds {
    needed = Set.copyOf(needed);
    heritable = heritable == null ? null : Set.copyOf(heritable);
    requireNonNull(newest, "newest");
  }

  /** Returns whether what the trial has left must stay. */
  boolean isNeeded(TrialId trial) {
    return needed.contains(trial) || trial.compareTo(newest) > 0;
  }

  /** Returns whether a trial to come may inherit from it. */
  boolean isHeritable(TrialId trial) {
    return heritable == null || heritable.contains(trial);
  }
}
