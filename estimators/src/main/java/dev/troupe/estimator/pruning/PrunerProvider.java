package dev.troupe.estimator.pruning;

import dev.troupe.settings.Provider;

/** Makes a pruner that study files know by name. Thread safe. */
public interface PrunerProvider extends Provider {

  /**
   * Returns a new pruner.
   *
   * @throws IllegalArgumentException if a setting is wrong
   */
  Pruner create(PrunerRequest request);
}
