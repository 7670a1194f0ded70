package dev.troupe.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Every strategy that the service loader finds keeps the contract. */
class StrategyContractTest extends StrategyContract {

  @Override
  protected List<StrategyProvider> providers() {
    return Providers.all(StrategyProvider.class);
  }

  @Override
  protected Settings settings(StrategyProvider provider) {
    return switch (provider.name()) {
      case "grid" -> Settings.of("strategy", Map.of("levels", 3, "order", "shuffled"));
      // The whole search would take the tests minutes.
      case "autokeras" ->
          Settings.of("strategy", Map.of("decay", 0.5, "lowest-temperature", 0.2, "neighbours", 3));
      default -> Settings.none("strategy");
    };
  }

  @Override
  protected SearchSpace space(StrategyProvider provider, long seed) {
    return SpecialSpaces.of(provider.name(), seed);
  }

  @Test
  void providers_always_includeTheBaselines() {
    assertThat(providers())
        .extracting(StrategyProvider::name)
        .contains("autokeras", "grid", "quasi-random", "random", "random-morphism", "sobol");
  }
}
