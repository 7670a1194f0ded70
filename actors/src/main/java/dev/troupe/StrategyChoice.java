package dev.troupe;

import static java.util.Objects.requireNonNull;

import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import java.util.function.Function;

/**
 * A strategy with its settings, not yet bound to a study; see {@link Strategies}.
 *
 * @param name what it is called
 * @param factory makes it for a study
 */
public record StrategyChoice(String name, Function<StrategyRequest, Strategy> factory) {

  /** Requires both. */
  public StrategyChoice {
    requireNonNull(name, "name");
    requireNonNull(factory, "factory");
  }
}
