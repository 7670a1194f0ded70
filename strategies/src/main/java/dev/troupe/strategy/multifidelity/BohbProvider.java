package dev.troupe.strategy.multifidelity;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes BOHB, Hyperband with a model of good and bad trials: {@code bohb}. */
public final class BohbProvider implements StrategyProvider {

  static final String NAME = "bohb";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Hyperband whose new trials come from where good ones are dense and bad ones are not";
  }

  @Override
  public List<Option> options() {
    return List.of(Proposers.RESOURCE, HyperbandProvider.ROUNDING);
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    Resource resource = Resource.of(request, Resource.Grid.FROM_HIGH);
    BracketTable table =
        HyperbandProvider.table(resource, request.settings(), BracketTable.Rounding.CEIL);
    return new PromotionStrategy(
        NAME,
        resource,
        request.objectives().get(0),
        () -> new BracketSchedule(resource, table, Long.MAX_VALUE),
        () ->
            new DensityProposer(
                request.space(),
                request.objectives().get(0),
                request.streams(),
                resource.levels()));
  }
}
