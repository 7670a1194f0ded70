package dev.troupe;

import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.Map;
import java.util.function.Function;

/** The strategies that a study can have. */
public final class Strategies {

  /** The name of the strategy of a study that names none. */
  static final String DEFAULT = "random";

  private Strategies() {}

  /** Returns independent draws, none twice: the baseline of every comparison. */
  public static StrategyChoice random() {
    return named("random", Map.of());
  }

  /** Returns the product of some values of every parameter. */
  public static StrategyChoice grid() {
    return named("grid", Map.of());
  }

  /** Returns points that fill the space more evenly than random ones. */
  public static StrategyChoice quasiRandom() {
    return named("quasi-random", Map.of());
  }

  /** Returns points that fill the space more evenly still, the first 2^k above all. */
  public static StrategyChoice sobol() {
    return named("sobol", Map.of());
  }

  /**
   * Returns mutations of good candidates in a population that loses its oldest member: the strategy
   * with which every search of architectures is compared.
   */
  public static StrategyChoice regularizedEvolution() {
    return named("regularized-evolution", Map.of());
  }

  /**
   * Returns a strategy by the name and the settings that a study file would use.
   *
   * @param name one that {@code troupe list strategies} shows
   * @param settings by key, as in the {@code strategy} block
   * @throws IllegalArgumentException if there is no such strategy or setting
   */
  public static StrategyChoice named(String name, Map<String, ?> settings) {
    return named(name, Settings.of("strategy", settings));
  }

  static StrategyChoice named(String name, Settings settings) {
    StrategyProvider provider = Providers.find(StrategyProvider.class, "strategy", name);
    Providers.requireKnown(provider, settings);
    return new StrategyChoice(
        name,
        request ->
            provider.create(
                new StrategyRequest(
                    request.space(), request.objectives(), request.streams(), settings)));
  }

  /** Returns a strategy of the user's own. */
  public static StrategyChoice of(String name, Function<StrategyRequest, Strategy> factory) {
    return new StrategyChoice(name, factory);
  }
}
