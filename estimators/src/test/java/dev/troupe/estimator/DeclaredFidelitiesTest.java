package dev.troupe.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.settings.Settings;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DeclaredFidelitiesTest {

  private static List<FidelityRange> read(Map<String, ?> axes) {
    return DeclaredFidelities.read(Settings.of("estimator", Map.of("fidelity", axes)));
  }

  @Test
  void read_severalAxes_hasEpochsFirst() {
    assertThat(
            read(
                Map.of(
                    "data", Map.of("low", 0.1, "high", 1), "epochs", Map.of("low", 1, "high", 50))))
        .containsExactly(new FidelityRange("epochs", 1, 50), new FidelityRange("data", 0.1, 1));
    assertThat(DeclaredFidelities.read(Settings.none("estimator"))).isEmpty();
  }

  @Test
  void read_rangeWithoutAnEnd_isRefused() {
    assertThatThrownBy(() -> read(Map.of("data", Map.of("low", 0.1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a low and a high amount");
    assertThatThrownBy(() -> read(Map.of("data", Map.of("low", 2, "high", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("high");
  }

  @Test
  void fullStep_ofFunctions_isTheEndOfAnAxisThatCounts() {
    assertThat(function(new FidelityRange("trees", 10, 200)).fullStep()).hasValue(200);
    assertThat(function(new FidelityRange("epochs", 1, 1)).fullStep()).hasValue(1);
    assertThat(function(new FidelityRange("data", 0.1, 1)).fullStep()).isEmpty();
  }

  private static Estimator function(FidelityRange range) {
    return FunctionEstimator.of((suggestion, evaluation) -> Metrics.none(), List.of(range));
  }
}
