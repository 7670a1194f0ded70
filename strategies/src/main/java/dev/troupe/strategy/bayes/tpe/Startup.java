package dev.troupe.strategy.bayes.tpe;

import dev.troupe.random.RandomStreams;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.baseline.QuasiRandomStrategy;
import dev.troupe.strategy.baseline.SobolStrategy;

/** What is suggested before there is a model. */
final class Startup {

  /** The Sobol sequence has no more. */
  private static final int MOST_SOBOL_DIMENSIONS = 1000;

  private Startup() {}

  /** Returns an even design: Sobol points, or Halton ones in more dimensions than those have. */
  static Strategy of(SearchSpace space, RandomStreams streams) {
    return space.dimensions() <= MOST_SOBOL_DIMENSIONS
        ? SobolStrategy.of(space, streams)
        : QuasiRandomStrategy.of(space, streams);
  }
}
