package dev.troupe.strategy.bayes.morphism;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes {@link AutoKerasStrategy}, known as {@code autokeras}. */
public final class AutoKerasProvider implements StrategyProvider {

  private static final int LARGEST = 5000;
  private static final int LEAST_HELD = 10;
  private static final double LARGEST_BETA = 100;
  private static final double LEAST_DECAY = 0.01;
  private static final double MOST_DECAY = 0.999;
  private static final double LEAST_TEMPERATURE = 1e-12;
  private static final double MOST_TEMPERATURE = 0.99;

  /** For the service loader. */
  public AutoKerasProvider() {}

  @Override
  public String name() {
    return AutoKerasStrategy.NAME;
  }

  @Override
  public String description() {
    return "Bayesian search over morphisms, with a Gaussian process on edit distances";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option(
            "initial",
            String.valueOf(AutoKerasOptions.INITIAL),
            "networks before those that follow the process"),
        new Option(
            "beta",
            String.valueOf(AutoKerasOptions.BETA),
            "standard deviations below its mean of which a loss is believed capable"),
        new Option(
            "decay",
            String.valueOf(AutoKerasOptions.DECAY),
            "factor by which the search's temperature falls with each network it expands"),
        new Option(
            "lowest-temperature",
            String.valueOf(AutoKerasOptions.LOWEST_TEMPERATURE),
            "where the search ends"),
        new Option(
            "neighbours",
            String.valueOf(AutoKerasOptions.NEIGHBOURS),
            "morphisms that are tried on a network which is expanded"),
        new Option(
            "reach",
            String.valueOf(AutoKerasOptions.REACH),
            "morphisms from a trial to a suggestion at most"),
        new Option(
            "most-observations",
            String.valueOf(AutoKerasOptions.MOST_HELD),
            "observations that the process holds; of more, the best and the newest"));
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    return new AutoKerasStrategy(
        request.space(), request.objectives(), request.streams(), options(request.settings()));
  }

  private static AutoKerasOptions options(Settings settings) {
    return new AutoKerasOptions(
        settings.getInt("initial", AutoKerasOptions.INITIAL, 1, LARGEST),
        settings.getDouble("beta", AutoKerasOptions.BETA, 0, LARGEST_BETA),
        annealing(settings),
        settings.getInt("neighbours", AutoKerasOptions.NEIGHBOURS, 1, LARGEST),
        settings.getInt("reach", AutoKerasOptions.REACH, 1, LARGEST),
        settings.getInt("most-observations", AutoKerasOptions.MOST_HELD, LEAST_HELD, LARGEST));
  }

  private static Annealing annealing(Settings settings) {
    return new Annealing(
        settings.getDouble("decay", AutoKerasOptions.DECAY, LEAST_DECAY, MOST_DECAY),
        settings.getDouble(
            "lowest-temperature",
            AutoKerasOptions.LOWEST_TEMPERATURE,
            LEAST_TEMPERATURE,
            MOST_TEMPERATURE));
  }
}
