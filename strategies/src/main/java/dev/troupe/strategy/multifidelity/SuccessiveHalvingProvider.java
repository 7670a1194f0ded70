package dev.troupe.strategy.multifidelity;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/**
 * Makes successive halving (Jamieson, Talwalkar 2016, arXiv:1502.07943): {@code
 * successive-halving}. When one run of it is complete, or waits, the next begins.
 */
public final class SuccessiveHalvingProvider implements StrategyProvider {

  static final String NAME = "successive-halving";

  private static final int MOST = 1_000_000;

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Successive halving: all begin with little, the best third goes on, again and again";
  }

  @Override
  public List<Option> options() {
    return List.of(
        Proposers.RESOURCE,
        new Option(
            "configurations", "as many as leave one at the end", "new trials of each run of it"),
        Proposers.PROPOSER);
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    Resource resource = Resource.of(request, Resource.Grid.FROM_HIGH);
    int levels = resource.levels();
    int one = (int) Math.min(MOST, Math.rint(StrictMath.pow(resource.eta(), levels - 1)));
    int configurations = request.settings().getInt("configurations", one, 1, MOST);
    BracketTable table = BracketTable.successiveHalving(configurations, levels, resource.eta());
    return new PromotionStrategy(
        NAME,
        resource,
        request.objectives().get(0),
        () -> new BracketSchedule(resource, table, Long.MAX_VALUE),
        Proposers.of(request));
  }
}
