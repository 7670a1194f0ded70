package dev.troupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class OverheadBenchmarkTest {

  @Test
  void measure_anyStrategy_tellsATimeAtEachCheckpointAndAtTheEnd() {
    OverheadBenchmark.Cost cost = new OverheadBenchmark(3, 1500).measure("random");

    assertThat(cost.trials()).isEqualTo(1500);
    assertThat(cost.millisPerTrial()).containsOnlyKeys(100L, 1000L, 1500L);
    assertThat(cost.millisPerTrial().values()).allMatch(millis -> millis > 0);
    assertThat(cost.seconds()).isPositive();
    assertThat(cost.cpuSeconds()).isNotNegative();
  }

  @Test
  void measure_fewTrials_tellsTheirMean() {
    assertThat(new OverheadBenchmark(1, 7).measure("sobol").millisPerTrial()).containsOnlyKeys(7L);
  }

  @Test
  void measure_unknownStrategy_isRefused() {
    assertThatThrownBy(() -> new OverheadBenchmark(1, 7).measure("randon"))
        .hasMessageContaining("'random'");
  }

  @Test
  void benchmark_outOfRange_isRefused() {
    assertThatThrownBy(() -> new OverheadBenchmark(0, 7)).hasMessageContaining("was to be in 0");
  }
}
