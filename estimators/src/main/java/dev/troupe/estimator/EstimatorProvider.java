package dev.troupe.estimator;

import dev.troupe.settings.Provider;

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
}
