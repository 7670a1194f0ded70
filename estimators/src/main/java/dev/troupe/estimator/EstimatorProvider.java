package dev.troupe.estimator;

import dev.troupe.settings.Provider;
import dev.troupe.space.SearchSpace;

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
}
