package dev.troupe.estimator.curve;

import dev.troupe.settings.Provider;

/** Makes a curve model that study files know by name. Thread safe. */
public interface CurveModelProvider extends Provider {

  /**
   * Returns a new curve model.
   *
   * @throws IllegalArgumentException if a setting is wrong
   */
  CurveModel create(CurveModelRequest request);
}
