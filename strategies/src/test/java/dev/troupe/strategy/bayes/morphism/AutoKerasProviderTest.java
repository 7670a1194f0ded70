package dev.troupe.strategy.bayes.morphism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.Objective;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoKerasProviderTest {

  private static Strategy create(Map<String, ?> settings) {
    return new AutoKerasProvider()
        .create(
            new StrategyRequest(
                ArchitectureSpaces.named("morphs", new NetworkTask(Shape.vector(4), 2), Map.of())
                    .searchSpace(),
                List.of(Objective.minimize("loss")),
                RandomStreams.of(1),
                Settings.of("strategy", settings)));
  }

  @Test
  void create_withTheDefaultsThatItLists_isThatWithout() {
    Map<String, Object> defaults = new HashMap<>();
    for (Option option : new AutoKerasProvider().options()) {
      defaults.put(option.key(), option.fallback());
    }
    assertThat(create(defaults).suggest(5)).isEqualTo(create(Map.of()).suggest(5));
  }

  @ParameterizedTest
  @CsvSource({
    "initial, 0",
    "beta, -1",
    "decay, 1",
    "decay, 0",
    "lowest-temperature, 0",
    "lowest-temperature, 1",
    "neighbours, 0",
    "most-observations, 9"
  })
  void create_outsideTheRange_isRefused(String key, double value) {
    assertThatThrownBy(() -> create(Map.of(key, value)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(key);
  }
}
