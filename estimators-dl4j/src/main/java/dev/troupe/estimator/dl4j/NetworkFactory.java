package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.space.Configuration;

/** Builds the networks of one kind. Thread safe. */
interface NetworkFactory {

  /**
   * Builds a network with initial weights.
   *
   * @param candidate what the space has chosen
   * @param values a value for every tunable
   * @param randomness decides all that is drawn for it
   */
  Network create(
      Configuration candidate, Configuration values, PreparedData data, TrialRandomness randomness);

  /** Returns whether a candidate may name a parent from which it inherits; not by default. */
  default boolean takesParents() {
    return false;
  }

  /** Returns whether what networks have learned is left to others; not by default. */
  default boolean hasHeirs() {
    return false;
  }
}
