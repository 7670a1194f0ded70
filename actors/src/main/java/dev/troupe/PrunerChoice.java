package dev.troupe;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.pruning.Pruner;
import dev.troupe.estimator.pruning.PrunerRequest;
import java.util.function.Function;

/**
 * A pruner with its settings, not yet bound to a study; see {@link Pruners}.
 *
 * @param name what it is called
 * @param factory makes it for a study
 */
public record PrunerChoice(String name, Function<PrunerRequest, Pruner> factory) {

  /** Requires both. */
  public PrunerChoice {
    requireNonNull(name, "name");
    requireNonNull(factory, "factory");
  }
}
