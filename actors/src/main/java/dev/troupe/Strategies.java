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
  static final String DEFAULT = "auto";

  private Strategies() {}

  /**
   * Returns whichever of the others suits the space, the budget and the parallelism; what a study
   * has that names none. Which one it is, and why, is in the log and in what {@code explain} tells.
   */
  public static StrategyChoice auto() {
    return named(DEFAULT, Map.of());
  }

  /**
   * Returns Bayesian optimisation with a Gaussian process: the best where evaluations are dear,
   * some ten to some thousand trials of up to some dozen parameters of any kind.
   */
  public static StrategyChoice gpUcb() {
    return named("gp-ucb", Map.of());
  }

  /**
   * Returns Parzen mixtures of good and bad trials: cheap suggestions for thousands of trials, for
   * many at a time, and for conditional spaces.
   */
  public static StrategyChoice tpe() {
    return named("tpe", Map.of());
  }

  /**
   * Returns Bayesian optimisation of architectures that grow by morphisms, each inheriting the
   * weights of its parent; for the space {@code morphs}.
   *
   * @throws IllegalArgumentException if it is not on the class path
   */
  public static StrategyChoice autokeras() {
    return named("autokeras", Map.of());
  }

  /**
   * Returns chains of random morphisms, each inheriting the weights of its parent: the baseline of
   * searches in the space {@code morphs}.
   */
  public static StrategyChoice randomMorphism() {
    return named("random-morphism", Map.of());
  }

  /**
   * Returns asynchronous successive halving: every trial gets a little, the best third of those
   * that got as much goes on. For evaluations that can be cut short and gone on with; it never
   * waits.
   */
  public static StrategyChoice asha() {
    return named("asha", Map.of());
  }

  /**
   * Returns Hyperband: brackets of successive halving that begin with more or with fewer trials.
   */
  public static StrategyChoice hyperband() {
    return named("hyperband", Map.of());
  }

  /** Returns Hyperband whose new trials come from a model of the good ones. */
  public static StrategyChoice bohb() {
    return named("bohb", Map.of());
  }

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
    return new StrategyChoice(name, request -> provider.create(request.withSettings(settings)));
  }

  /** Returns a strategy of the user's own. */
  public static StrategyChoice of(String name, Function<StrategyRequest, Strategy> factory) {
    return new StrategyChoice(name, factory);
  }
}
