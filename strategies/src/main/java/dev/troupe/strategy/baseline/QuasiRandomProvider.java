package dev.troupe.strategy.baseline;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes {@link QuasiRandomStrategy}, known as {@code quasi-random}. */
public final class QuasiRandomProvider implements StrategyProvider {

  /** For the service loader. */
  public QuasiRandomProvider() {}

  @Override
  public String name() {
    return QuasiRandomStrategy.NAME;
  }

  @Override
  public String description() {
    return "Evenly spread points of a Halton sequence";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("scramble", "true", "whether the study's seed permutes the digits"));
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    return request.settings().getBoolean("scramble", true)
        ? QuasiRandomStrategy.of(request.space(), request.streams())
        : QuasiRandomStrategy.plain(request.space(), request.streams());
  }

  @Override
  public boolean learns() {
    return false;
  }
}
