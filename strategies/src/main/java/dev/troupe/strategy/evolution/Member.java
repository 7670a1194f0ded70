package dev.troupe.strategy.evolution;

import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.TrialId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate with what it was worth.
 *
 * @param trial which evaluated it; null if an early version did not note that
 * @param candidate what was evaluated
 * @param losses one for each objective; infinite where nothing was measured
 * @param completed whether it was evaluated to its end, and not rather pruned
 */
record Member(
    @Nullable TrialId trial, Configuration candidate, double[] losses, boolean completed) {

  /** Returns the member that a trial makes; null if there is no value to go by. */
  static @Nullable Member of(EndedTrial trial, List<Objective> objectives) {
    Configuration candidate = trial.candidate();
    boolean completed = trial.outcome() instanceof Outcome.Completed;
    if (candidate == null || !completed && !(trial.outcome() instanceof Outcome.Pruned)) {
      return null;
    }
    var losses = new double[objectives.size()];
    for (int i = 0; i < losses.length; i++) {
      double loss = objectives.get(i).loss(trial.metrics());
      losses[i] = Double.isNaN(loss) ? Double.POSITIVE_INFINITY : loss;
    }
    return new Member(trial.id(), candidate, losses, completed);
  }

  /**
   * Returns whether it is at least as good in every objective and better in one, of which having
   * been evaluated to the end is the first.
   */
  boolean dominates(Member other) {
    if (completed != other.completed) {
      return completed;
    }
    boolean better = false;
    for (int i = 0; i < losses.length; i++) {
      if (losses[i] > other.losses[i]) {
        return false;
      }
      better |= losses[i] < other.losses[i];
    }
    return better;
  }
}
