package dev.troupe.strategy.baseline;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.baseline.GridStrategy.Options;
import dev.troupe.strategy.baseline.GridStrategy.Order;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Makes {@link GridStrategy}, known as {@code grid}. */
public final class GridProvider implements StrategyProvider {

  /** For the service loader. */
  public GridProvider() {}

  @Override
  public String name() {
    return GridStrategy.NAME;
  }

  @Override
  public String description() {
    return "Every combination of a few levels of each parameter";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("levels", "5", "values per number, evenly spaced on its scale"),
        new Option("levels-by", "{}", "other numbers of levels, by name of the parameter"),
        new Option("order", "sequential", "sequential (last parameter fastest) or shuffled"),
        new Option("limit", "10000", "the most points that the grid may have"));
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Settings settings = request.settings();
    Providers.requireKnown(this, settings);
    String order = settings.getOneOf("order", "sequential", List.of("sequential", "shuffled"));
    return GridStrategy.of(
        request.space(),
        request.streams(),
        new Options(
            settings.getInt("levels", Options.LEVELS, 1, Options.MOST_LEVELS),
            levelsBy(settings.getSettings("levels-by"), request.space()),
            order.equals("shuffled") ? Order.SHUFFLED : Order.SEQUENTIAL,
            settings.getInt("limit", Options.LIMIT, 1, Integer.MAX_VALUE)));
  }

  private static Map<String, Integer> levelsBy(Settings block, SearchSpace space) {
    block.requireKnown(space.names());
    var counts = new TreeMap<String, Integer>();
    for (String name : block.keys()) {
      counts.put(name, block.getInt(name, Options.LEVELS, 1, Options.MOST_LEVELS));
    }
    return counts;
  }

  @Override
  public boolean learns() {
    return false;
  }
}
