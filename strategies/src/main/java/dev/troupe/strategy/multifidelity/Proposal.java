package dev.troupe.strategy.multifidelity;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import dev.troupe.study.Explanation;
import dev.troupe.study.WeightSource;
import org.jspecify.annotations.Nullable;

/**
 * A configuration for a new trial.
 *
 * @param candidate in the space
 * @param weights where its weights come from
 * @param explanation what it was based on, or null
 */
record Proposal(Configuration candidate, WeightSource weights, @Nullable Explanation explanation) {

  /** Requires the first two. */
  Proposal {
    requireNonNull(candidate, "candidate");
    requireNonNull(weights, "weights");
  }

  static Proposal of(Configuration candidate, Explanation explanation) {
    return new Proposal(candidate, WeightSource.fresh(), explanation);
  }
}
