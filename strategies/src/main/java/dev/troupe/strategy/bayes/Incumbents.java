package dev.troupe.strategy.bayes;

import java.util.stream.IntStream;

/**
 * The observations of which the best is to be improved upon: all, or those of the region that is
 * trusted now.
 *
 * @param observations all of them
 * @param after trials up to this one do not count
 */
record Incumbents(Observations observations, long after) {

  /** Returns whether an observation is one. */
  boolean include(int observation) {
    return observations.trial(observation).number() > after;
  }

  /** Returns the same, or, if there is none of them, all. */
  Incumbents orAll() {
    return IntStream.range(0, observations.size()).anyMatch(this::include)
        ? this
        : new Incumbents(observations, 0);
  }

  /** Returns the least loss that a model expects at any of those that it holds. */
  double leastMean(LossModel model) {
    int[] held = model.held();
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < held.length; i++) {
      if (include(held[i])) {
        least = Math.min(least, model.process().meanAt(i));
      }
    }
    return least;
  }
}
