package dev.troupe.strategy.multifidelity;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;
import java.util.Locale;

/** Makes Hyperband: {@code hyperband}. */
public final class HyperbandProvider implements StrategyProvider {

  static final String NAME = "hyperband";
  static final Option ROUNDING =
      new Option("rounding", "ceil", "of the first rungs: ceil (the paper) or floor (HpBandSter)");

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Hyperband: successive halving from many trials with little to few with much";
  }

  @Override
  public List<Option> options() {
    return List.of(Proposers.RESOURCE, ROUNDING, Proposers.PROPOSER);
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    Resource resource = Resource.of(request, Resource.Grid.FROM_HIGH);
    BracketTable table = table(resource, request.settings(), BracketTable.Rounding.CEIL);
    return new PromotionStrategy(
        NAME,
        resource,
        request.objectives().get(0),
        () -> new BracketSchedule(resource, table, Long.MAX_VALUE),
        Proposers.of(request));
  }

  static BracketTable table(Resource resource, Settings settings, BracketTable.Rounding fallback) {
    String rounding =
        settings.getOneOf(
            "rounding", fallback.name().toLowerCase(Locale.ROOT), List.of("ceil", "floor"));
    return BracketTable.hyperband(
        resource.levels(),
        resource.eta(),
        BracketTable.Rounding.valueOf(rounding.toUpperCase(Locale.ROOT)));
  }
}
