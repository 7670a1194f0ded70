package dev.troupe.strategy.multifidelity;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.FidelityRange;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Reads which strategy finds the configurations of new trials. */
final class Proposers {

  static final Option PROPOSER =
      new Option(
          "proposer",
          "random",
          "the strategy that finds configurations of new trials: a name, or a block with its settings");
  static final Option RESOURCE =
      new Option(
          "resource",
          "the estimator's own range, eta = 3",
          "the fidelity to save on: { axis = epochs, low = 1, high = 50, eta = 3 }, or several in step: { axes { epochs {}, data { low = 0.1 } } }");

  private static final String KEY = "proposer";
  private static final String DEFAULT = "random";

  /** So many results for each dimension, and one more, make a level count. */
  private static final int RESULTS_A_DIMENSION = 2;

  private Proposers() {}

  /**
   * Returns what makes the proposer that the settings name.
   *
   * @throws IllegalArgumentException if there is no such strategy, it refuses its settings or the
   *     space, or it drives a fidelity itself
   */
  static Supplier<Proposer> of(StrategyRequest request) {
    Settings settings = settings(request.settings());
    String name = settings.getString("name", DEFAULT);
    StrategyProvider provider = Providers.find(StrategyProvider.class, KEY, name);
    IntFunction<Strategy> factory =
        level -> provider.create(request(request, settings, provider, level));
    if (factory.apply(0).completion().isPresent()) {
      throw request
          .settings()
          .refuse(
              KEY, "must be a strategy that leaves the fidelity alone, such as random or gp-ucb");
    }
    int enough = RESULTS_A_DIMENSION * (request.space().dimensions() + 1);
    return () ->
        new StrategyProposer(
            request.space(), request.streams(), factory, provider.learns(), enough);
  }

  private static Settings settings(Settings strategy) {
    return strategy.toMap().get(KEY) instanceof Map
        ? strategy.getSettings(KEY)
        : Settings.of(
            strategy.part() + "." + KEY, Map.of("name", strategy.getString(KEY, DEFAULT)));
  }

  /** The strategies of several levels draw from streams of their own. */
  private static StrategyRequest request(
      StrategyRequest outer, Settings settings, StrategyProvider provider, int level) {
    long seed = outer.streams().stream(Kind.STRATEGY, level, "~proposer").nextLong();
    boolean drives = provider.options().contains(RESOURCE);
    List<FidelityRange> fidelities = drives ? outer.fidelities() : List.of();
    return new StrategyRequest(
        outer.space(),
        outer.objectives(),
        RandomStreams.of(seed),
        settings,
        outer.plan(),
        fidelities);
  }
}
