package dev.troupe.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One run at each checkpoint and, last, at its end. Immutable and thread safe.
 *
 * @param seed what it shares with the runs of other strategies
 * @param values best values seen so far, null before the first; empty if only regrets are known
 * @param regrets likewise, how far these are from the optimum; empty where that is not known
 * @param test the score of the best trial on what was never shown to the search, or null
 * @param reached how many evaluations it took to see the target, or null
 */
public record Run(
    long seed,
    List<@Nullable Double> values,
    List<@Nullable Double> regrets,
    @Nullable Double test,
    @Nullable Long reached) {

  /** Copies the lists. */
  public Run {
    values = Collections.unmodifiableList(new ArrayList<>(values));
    regrets = Collections.unmodifiableList(new ArrayList<>(regrets));
  }

  static Run of(
      Trajectory trajectory, boolean optimumKnown, @Nullable Double test, @Nullable Double target) {
    var values = new ArrayList<@Nullable Double>();
    var regrets = new ArrayList<@Nullable Double>();
    for (Horizon.Checkpoint checkpoint : trajectory.horizon().checkpoints()) {
      add(trajectory.at(checkpoint.limit()), values, regrets);
    }
    List<Trajectory.Step> steps = trajectory.steps();
    add(steps.isEmpty() ? null : steps.get(steps.size() - 1), values, regrets);
    return new Run(
        trajectory.seed(),
        values,
        optimumKnown ? regrets : List.of(),
        test,
        target == null ? null : trajectory.reached(target));
  }

  private static void add(
      Trajectory.@Nullable Step step,
      List<@Nullable Double> values,
      List<@Nullable Double> regrets) {
    values.add(step == null ? null : step.best());
    regrets.add(step == null ? null : step.regret());
  }
}
