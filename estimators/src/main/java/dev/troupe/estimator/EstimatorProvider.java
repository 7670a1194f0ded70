package dev.troupe.estimator;

import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Provider;
import dev.troupe.space.SearchSpace;
import java.util.Optional;

/** Makes an estimator that study files know by name. Thread safe. */
public interface EstimatorProvider extends Provider {

  /**
   * Returns a new estimator, ready to evaluate: data are loaded, and everything that can be wrong
   * before the first trial has been checked.
   *
   * @throws IllegalArgumentException if a setting is wrong, a parameter or metric is unknown, or
   *     data are missing
   */
  Estimator create(EstimatorRequest request);

  /**
   * Returns the space that its data imply, for a study file with {@code space = infer}.
   *
   * @throws IllegalArgumentException if there is none, a setting is wrong, or data are missing
   */
  default SearchSpace inferSpace(SpaceRequest request) {
    throw new IllegalArgumentException(
        "space = infer: estimator '%s' implies no space. Maybe write it out: space { x { type = float, low = 0, high = 1 } }."
            .formatted(name()));
  }

  /**
   * Returns what networks would be for that it trains on its data, from which a study file's
   * section {@code architecture} is completed; empty if it trains none.
   *
   * @throws IllegalArgumentException if a setting is wrong, or data are missing
   */
  default Optional<NetworkTask> networkTask(SpaceRequest request) {
    return Optional.empty();
  }

  /**
   * Returns whether its estimators change what is global to a JVM, the settings of a native library
   * say: within an application they are better off in processes of their own.
   */
  default boolean wantsOwnJvm() {
    return false;
  }
}
