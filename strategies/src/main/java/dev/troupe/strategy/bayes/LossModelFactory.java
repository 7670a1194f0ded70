package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;

/**
 * Makes models of one space.
 *
 * @param algebra what they compute with
 * @param mostHeld how many observations a model holds at most
 */
record LossModelFactory(CandidateSpace space, FeatureMap map, LinearAlgebra algebra, int mostHeld) {

  /** Returns a model that has seen nothing. */
  LossModel create() {
    return new LossModel(space, map, algebra, mostHeld);
  }
}
