package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.internal.LossWarp;

/**
 * Makes models of one space.
 *
 * @param algebra what they compute with
 * @param mostHeld how many observations a model holds at most
 */
record LossModelFactory(CandidateSpace space, FeatureMap map, LinearAlgebra algebra, int mostHeld) {

  /** Returns a model that has seen nothing, and sees losses through the warp that fits best. */
  LossModel create() {
    return new LossModel(space, map, algebra, mostHeld, LossWarp.STEEPEST);
  }

  /** Returns a model that has seen nothing, and sees losses as they are. */
  LossModel createEven() {
    return new LossModel(space, map, algebra, mostHeld, LossWarp.EVEN);
  }
}
