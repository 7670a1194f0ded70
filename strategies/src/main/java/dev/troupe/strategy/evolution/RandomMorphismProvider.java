package dev.troupe.strategy.evolution;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes {@link RandomMorphismStrategy}, known as {@code random-morphism}. */
public final class RandomMorphismProvider implements StrategyProvider {

  /** For the service loader. */
  public RandomMorphismProvider() {}

  @Override
  public String name() {
    return RandomMorphismStrategy.NAME;
  }

  @Override
  public String description() {
    return "Chains of random morphisms, each network with the weights of the one before";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    return RandomMorphismStrategy.of(request.space(), request.streams());
  }
}
