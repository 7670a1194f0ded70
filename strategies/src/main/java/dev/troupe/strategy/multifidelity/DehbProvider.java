package dev.troupe.strategy.multifidelity;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes DEHB, Hyperband with differential evolution: {@code dehb}. In the first round of brackets
 * trials are promoted; after that each slot of the schedule, whatever its level, is a new trial.
 */
public final class DehbProvider implements StrategyProvider {

  static final String NAME = "dehb";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String description() {
    return "Hyperband whose new trials evolve: each level has a population, fed from the one below";
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
    List<Integer> sizes = sizes(table, resource.levels());
    return new PromotionStrategy(
        NAME,
        resource,
        request.objectives().get(0),
        () -> new BracketSchedule(resource, table, table.brackets().size()),
        () ->
            new DifferentialProposer(
                request.space(), request.objectives().get(0), request.streams(), sizes));
  }

  /** Returns the largest rung of each level over all brackets. */
  private static List<Integer> sizes(BracketTable table, int levels) {
    var sizes = new ArrayList<Integer>();
    for (int level = 0; level < levels; level++) {
      int largest = 1;
      for (List<Integer> rungs : table.brackets()) {
        int rung = level - (levels - rungs.size());
        largest = rung < 0 ? largest : Math.max(largest, rungs.get(rung));
      }
      sizes.add(largest);
    }
    return sizes;
  }
}
