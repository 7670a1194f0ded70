package dev.troupe.strategy.baseline;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes {@link SobolStrategy}, known as {@code sobol}. */
public final class SobolProvider implements StrategyProvider {

  /** For the service loader. */
  public SobolProvider() {}

  @Override
  public String name() {
    return SobolStrategy.NAME;
  }

  @Override
  public String description() {
    return "Evenly spread points of a scrambled Sobol sequence";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    return SobolStrategy.of(request.space(), request.streams());
  }

  @Override
  public boolean learns() {
    return false;
  }
}
