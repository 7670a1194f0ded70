package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.StudyFile;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.study.Objective;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What strategies are compared on: a study without its strategy and seed. An estimator that knows
 * its answers is made once and serves all runs; any other is made anew for each. Thread safe.
 */
public final class Problem implements AutoCloseable {

  private final StudyFile study;
  private final @Nullable SimulatedEstimator simulated;
  private final @Nullable Shifts shifts;
  private final Map<Long, Problem> instances = new ConcurrentHashMap<>();
  private final Horizon horizon;

  private Problem(
      StudyFile study, @Nullable SimulatedEstimator simulated, @Nullable Shifts shifts) {
    this.study = study;
    this.simulated = simulated;
    this.shifts = shifts;
    Horizon limit = Horizon.of(study.budget());
    if (limit == null) {
      throw new IllegalArgumentException(
          "Problem '%s': the budget must limit trials or time, but has neither. Maybe budget { trials = 100 }."
              .formatted(study.name()));
    }
    this.horizon = limit;
  }

  /**
   * Returns the problem that a study file describes.
   *
   * @throws IllegalArgumentException if the estimator refuses its settings, data are missing, or
   *     the budget limits neither trials nor time
   */
  public static Problem of(StudyFile study) {
    Estimator estimator = study.createEstimator();
    if (estimator instanceof SimulatedEstimator simulated) {
      return new Problem(study, simulated, null);
    }
    estimator.close();
    return new Problem(study, null, null);
  }

  /**
   * Returns a problem of which each seed has another instance.
   *
   * @throws IllegalArgumentException as {@link #of} does, or if the problem has no instances
   */
  public static Problem moved(Shifts shifts) {
    Problem plain = of(shifts.plain());
    if (!shifts.plain().estimatorName().equals(Shifts.ESTIMATOR)) {
      plain.close();
      throw new IllegalArgumentException(
          "Problem '%s': it can be moved only if its estimator is %s, but that is %s. Maybe leave it as it is."
              .formatted(plain.name(), Shifts.ESTIMATOR, shifts.plain().estimatorName()));
    }
    return new Problem(shifts.plain(), plain.simulated, shifts);
  }

  /**
   * Returns the problem as runs with a seed have it, the same for all strategies: itself, unless it
   * is moved.
   */
  Problem instance(long seed) {
    Shifts moved = shifts;
    return moved == null ? this : instances.computeIfAbsent(seed, key -> of(moved.instance(key)));
  }

  /**
   * Returns the problem that a study file describes, with other answers.
   *
   * @param answers closed with the problem
   * @throws IllegalArgumentException if the budget limits neither trials nor time
   */
  public static Problem of(StudyFile study, SimulatedEstimator answers) {
    return new Problem(study, requireNonNull(answers, "answers"), null);
  }

  /** Returns its name: that of the study, and by what it is moved if it is. */
  public String name() {
    return shifts == null ? study.name() : study.name() + "/" + shifts.seed();
  }

  /** Returns how far a run goes. */
  public Horizon horizon() {
    return horizon;
  }

  /** Returns what decides what is best. */
  public Objective objective() {
    return study.objectives().get(0);
  }

  StudyFile study() {
    return study;
  }

  /** Returns what knows the truth about candidates, or null. */
  @Nullable SimulatedEstimator simulated() {
    return simulated;
  }

  /** Returns an estimator for one run, which may close it. */
  Estimator estimator(long seed) {
    return simulated == null ? study.createEstimator(seed) : new SharedEstimator(simulated);
  }

  /** Returns whether regrets can be told. */
  boolean isOptimumKnown() {
    return simulated != null && simulated.optimum(objective()).isPresent();
  }

  /** Closes the estimators that runs share. */
  @Override
  public void close() {
    instances.values().forEach(Problem::close);
    if (simulated != null) {
      simulated.close();
    }
  }
}
