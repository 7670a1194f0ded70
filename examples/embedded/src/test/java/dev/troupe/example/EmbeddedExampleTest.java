package dev.troupe.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.Incumbent;
import dev.troupe.architecture.Architecture;
import dev.troupe.study.StudyResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddedExampleTest {

  @Test
  void tuneNetwork_fortyTrials_separatesTheMoons() {
    Incumbent<TuneNetwork.Mlp> best = TuneNetwork.search();

    // No straight line does: the moons interlock.
    assertThat(best.metrics().get("accuracy")).isGreaterThan(0.93);
  }

  @Test
  void tuneNetwork_sameSeed_sameBest() {
    assertThat(TuneNetwork.search().value()).isEqualTo(TuneNetwork.search().value());
  }

  @Test
  void ownLoop_sixtyTrials_comesNearAMinimum() {
    Incumbent<OwnLoop.Point> best = OwnLoop.search();

    // The minima are 0.398.
    assertThat(best.metrics().get("loss")).isBetween(0.39, 5.0);
  }

  @Test
  void planCluster_tenWorkers_takesTheHoursOfTheTrialsAndOfTheStragglers() {
    StudyResult result = PlanCluster.simulate(10);

    assertThat(result.completed()).isEqualTo(1000);
    assertThat(result.virtualSeconds()).isBetween(50 * 3600.0, 65 * 3600.0);
    assertThat(PlanCluster.simulate(10).virtualSeconds()).isEqualTo(result.virtualSeconds());
  }

  @Test
  void fluentSpace_fourParameters_conditionAndConstraintAreThere() {
    assertThat(FluentSpace.space().names())
        .containsExactly("optimizer", "learning-rate", "momentum", "layers");
    assertThat(FluentSpace.space().conditions("momentum")).hasSize(1);
    assertThat(FluentSpace.space().constraints()).hasSize(1);
  }

  @Test
  void shapeNetwork_twoHundredCells_findsOneWithoutIdleParameters() {
    Incumbent<Architecture> best = ShapeNetwork.search();

    // What only passes on, zeros out or pools has fewer multiply-adds for each parameter.
    assertThat(best.metrics().get("work")).isGreaterThan(100);
    assertThat(best.value().outputs()).isEqualTo(10);
  }
}
