package dev.troupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.bench.Horizon.Checkpoint;
import dev.troupe.bench.Horizon.Unit;
import dev.troupe.study.Budget;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class HorizonTest {

  @Test
  void checkpoints_ofManyTrials_areCounts() {
    assertThat(new Horizon(Unit.EVALUATIONS, 120).checkpoints())
        .containsExactly(
            new Checkpoint("25", 25), new Checkpoint("50", 50), new Checkpoint("100", 100));
    assertThat(new Horizon(Unit.EVALUATIONS, 1000).checkpoints())
        .extracting(Checkpoint::label)
        .containsExactly("25", "50", "100", "200");
  }

  @Test
  void checkpoints_ofFewTrials_areFractionsOfAtLeastOneTrial() {
    assertThat(new Horizon(Unit.EVALUATIONS, 3).checkpoints())
        .containsExactly(
            new Checkpoint("12.5%", 1),
            new Checkpoint("25%", 1),
            new Checkpoint("50%", 2),
            new Checkpoint("100%", 3));
  }

  @Test
  void checkpoints_ofTime_areFractions() {
    assertThat(new Horizon(Unit.SECONDS, 20000).checkpoints())
        .containsExactly(
            new Checkpoint("12.5%", 2500),
            new Checkpoint("25%", 5000),
            new Checkpoint("50%", 10000),
            new Checkpoint("100%", 20000));
  }

  @Test
  void of_budget_takesTrialsThenVirtualTimeThenRealTime() {
    Budget time = Budget.wallClock(Duration.ofMinutes(1));
    assertThat(Horizon.of(time)).isEqualTo(new Horizon(Unit.SECONDS, 60));
    Budget virtual = time.withVirtualTime(Duration.ofHours(1));
    assertThat(Horizon.of(virtual)).isEqualTo(new Horizon(Unit.SECONDS, 3600));
    assertThat(Horizon.of(virtual.withTrials(7))).isEqualTo(new Horizon(Unit.EVALUATIONS, 7));
    assertThat(Horizon.of(Budget.unlimited().withTarget(1))).isNull();
  }

  @Test
  void constructor_ofNothing_isRefused() {
    assertThatThrownBy(() -> new Horizon(Unit.EVALUATIONS, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0, but was 0.0");
  }
}
