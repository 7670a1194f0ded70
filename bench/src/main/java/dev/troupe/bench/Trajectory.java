package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Direction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How one run of one strategy on one problem went. Immutable and thread safe.
 *
 * @param problem the problem's name
 * @param strategy the strategy's name
 * @param seed the run's seed
 * @param direction which values are better
 * @param horizon how far the run was to go
 * @param steps one for each trial that ended, in the order of ending
 */
public record Trajectory(
    String problem,
    String strategy,
    long seed,
    Direction direction,
    Horizon horizon,
    List<Step> steps) {

  /**
   * After a trial has ended.
   *
   * @param seconds since the run's start, on the study's clock
   * @param value the trial's value of the main metric; null if it failed or was pruned
   * @param best the best value seen so far; null before the first
   * @param regret how far the trial of that value is truly from the optimum, at least 0; null where
   *     that is not known
   */
  public record Step(
      double seconds, @Nullable Double value, @Nullable Double best, @Nullable Double regret) {}

  /** Requires all, and copies the list. */
  public Trajectory {
    requireNonNull(problem, "problem");
    requireNonNull(strategy, "strategy");
    requireNonNull(direction, "direction");
    requireNonNull(horizon, "horizon");
    steps = List.copyOf(steps);
  }

  /** Returns the last step at or before a limit in the horizon's unit, or null if none is. */
  @Nullable Step at(double limit) {
    if (horizon.unit() == Horizon.Unit.EVALUATIONS) {
      int count = (int) Math.min(limit, steps.size());
      return count == 0 ? null : steps.get(count - 1);
    }
    int low = 0; // times do not descend: the first step after the limit is searched for
    int high = steps.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (steps.get(middle).seconds() <= limit) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low == 0 ? null : steps.get(low - 1);
  }

  /** Returns whether a trial completed. */
  public boolean hasValue() {
    return steps.stream().anyMatch(step -> step.value() != null);
  }

  /** Returns whether the optimum of its problem is known. */
  public boolean hasRegret() {
    return steps.stream().anyMatch(step -> step.regret() != null);
  }

  /** Returns how many trials had ended when a value as good as {@code target} was seen, or null. */
  @Nullable Long reached(double target) {
    for (int i = 0; i < steps.size(); i++) {
      Double best = steps.get(i).best();
      if (best != null && !direction.isBetter(target, best)) {
        return i + 1L;
      }
    }
    return null;
  }
}
