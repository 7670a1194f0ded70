package dev.troupe.strategy;

import dev.troupe.settings.Provider;

/** Makes a strategy that study files know by name. Thread safe. */
public interface StrategyProvider extends Provider {

  /**
   * Returns a new strategy.
   *
   * @throws IllegalArgumentException if a setting is wrong or the space does not suit the strategy
   */
  Strategy create(StrategyRequest request);

  /**
   * Returns whether what its strategies suggest depends on outcomes; true unless overridden. One
   * that does not learn may go on where another would have to begin anew.
   */
  default boolean learns() {
    return true;
  }
}
