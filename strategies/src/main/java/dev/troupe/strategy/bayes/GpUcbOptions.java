package dev.troupe.strategy.bayes;

import static java.util.Objects.requireNonNull;

import dev.troupe.strategy.StudyPlan;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import org.jspecify.annotations.Nullable;

/**
 * How {@link GpUcbStrategy} goes about it.
 *
 * @param acquisition by what it chooses
 * @param initial suggestions before the first that follows the process, at least 1; null for a
 *     number that suits the space and the plan of the study
 * @param mostHeld observations that the process holds
 * @param patience trials without an improvement after which the region that is searched is halved;
 *     0 for no region but the whole space
 * @param algebra what it computes with
 */
record GpUcbOptions(
    AcquisitionKind acquisition,
    @Nullable Integer initial,
    int mostHeld,
    int patience,
    LinearAlgebra algebra) {

  private static final int LEAST_INITIAL = 4;
  private static final int MOST_INITIAL = 10;

  /** So many times each worker begins with a spread point, as none sees what the others find. */
  private static final int ROUNDS = 3;

  /** More spread points than so many for each dimension tell a process little. */
  private static final int MOST_PER_DIMENSION = 8;

  private static final double MOST_OF_BUDGET = 0.3;

  GpUcbOptions {
    requireNonNull(acquisition, "acquisition");
    requireNonNull(algebra, "algebra");
  }

  /** Returns how many spread suggestions one worker begins with. */
  int initial(int dimensions) {
    return initial == null
        ? Math.max(LEAST_INITIAL, Math.min(MOST_INITIAL, dimensions + 1))
        : initial;
  }

  /** Returns how many spread suggestions a study begins with. */
  int initial(int dimensions, StudyPlan plan) {
    int alone = initial(dimensions);
    if (initial != null) {
      return alone;
    }
    long together =
        Math.min((long) ROUNDS * plan.parallelism(), (long) MOST_PER_DIMENSION * dimensions);
    if (plan.trials() != null) {
      together = Math.min(together, (long) (MOST_OF_BUDGET * plan.trials()));
    }
    return (int) Math.max(alone, together);
  }
}
