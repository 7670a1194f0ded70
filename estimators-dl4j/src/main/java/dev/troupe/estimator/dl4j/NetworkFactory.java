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
   * @param data that it is to be trained on, pictures perhaps smaller than those of other networks
   * @param size by how much it is smaller than the candidate says
   * @param randomness decides all that is drawn for it
   * @throws IllegalArgumentException if there is no such network of this size, or for such pictures
   */
  Network create(
      Configuration candidate,
      Configuration values,
      PreparedData data,
      NetworkSize size,
      TrialRandomness randomness);

  /** Builds a network of full size with initial weights. */
  default Network create(
      Configuration candidate,
      Configuration values,
      PreparedData data,
      TrialRandomness randomness) {
    return create(candidate, values, data, NetworkSize.full(), randomness);
  }

  /**
   * Returns the most cells that stand in a row, all equal, in networks of the candidates, of which
   * {@link NetworkSize#cells} can leave out some; 1 by default: none.
   */
  default int repeatedCells() {
    return 1;
  }

  /** Returns whether a candidate may name a parent from which it inherits; not by default. */
  default boolean takesParents() {
    return false;
  }

  /**
   * Returns after how many epochs a network is done that began with a parent's weights; by default
   * it takes as many as any other.
   */
  default int heirEpochs() {
    return Integer.MAX_VALUE;
  }

  /** Returns whether what networks have learned is left to others; not by default. */
  default boolean hasHeirs() {
    return false;
  }
}
