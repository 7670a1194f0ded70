package dev.troupe.strategy.evolution;

import dev.troupe.settings.Option;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import java.util.List;

/** Makes {@link RegularizedEvolution}, known as {@code regularized-evolution}. */
public final class RegularizedEvolutionProvider implements StrategyProvider {

  private static final int LARGEST = 1_000_000;
  private static final int POPULATION = 20;
  private static final int SAMPLE = 5;
  private static final String NONE = "none";
  private static final String PARTIAL = "partial";

  /** For the service loader. */
  public RegularizedEvolutionProvider() {}

  @Override
  public String name() {
    return RegularizedEvolution.NAME;
  }

  @Override
  public String description() {
    return "Mutations of good candidates in a population that loses its oldest member";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("population", String.valueOf(POPULATION), "members of the population"),
        new Option(
            "sample",
            String.valueOf(SAMPLE),
            "members drawn for a parent, of which the best is it"),
        new Option("duplicates", "false", "whether a configuration may be suggested again"),
        new Option(
            "inherit",
            NONE,
            "partial: children begin with their parent's weights where names and shapes of layers"
                + " fit (dl4j-architecture); none: with fresh ones"));
  }

  @Override
  public Strategy create(StrategyRequest request) {
    Providers.requireKnown(this, request.settings());
    Settings settings = request.settings();
    return RegularizedEvolution.of(
        request.space(),
        request.objectives(),
        request.streams(),
        settings.getInt("population", POPULATION, 1, LARGEST),
        settings.getInt("sample", SAMPLE, 1, LARGEST),
        settings.getBoolean("duplicates", false),
        settings.getOneOf("inherit", NONE, List.of(NONE, PARTIAL)).equals(PARTIAL));
  }
}
