package dev.troupe.strategy.multifidelity;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes asynchronous successive halving: {@code asha}. */
public final class AshaProvider implements StrategyProvider {

  static final String NAME = "asha";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Asynchronous successive halving: the best third of each rung goes on, nobody waits";
  }

  @Override
  public List<Option> options() {
    return List.of(Proposers.RESOURCE, Proposers.PROPOSER);
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    Resource resource = Resource.of(request, Resource.Grid.FROM_LOW);
    return new PromotionStrategy(
        NAME,
        resource,
        request.objectives().get(0),
        () -> new AshaSchedule(resource),
        Proposers.of(request));
  }
}
