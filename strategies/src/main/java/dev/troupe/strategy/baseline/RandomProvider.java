package dev.troupe.strategy.baseline;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes {@link RandomStrategy}, known as {@code random}. */
public final class RandomProvider implements StrategyProvider {

  /** For the service loader. */
  public RandomProvider() {}

  @Override
  public String name() {
    return RandomStrategy.NAME;
  }

  @Override
  public String description() {
    return "Independent random draws; the baseline for every other strategy";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("duplicates", "false", "whether a configuration may be suggested again"));
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    return request.settings().getBoolean("duplicates", false)
        ? RandomStrategy.withDuplicates(request.space(), request.streams())
        : RandomStrategy.of(request.space(), request.streams());
  }

  @Override
  public boolean learns() {
    return false;
  }
}
