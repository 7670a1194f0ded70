package dev.troupe.strategy.bayes;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes {@link AutoStrategy}, known as {@code auto}. */
public final class AutoProvider implements StrategyProvider {

  /** For the service loader. */
  public AutoProvider() {}

  @Override
  public String name() {
    return AutoStrategy.NAME;
  }

  @Override
  public String description() {
    return "Whichever of the others suits the space, the budget and the parallelism";
  }

  /** Returns none: who wants to set something names the strategy. */
  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    return new AutoStrategy(request);
  }
}
