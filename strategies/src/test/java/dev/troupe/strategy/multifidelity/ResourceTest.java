package dev.troupe.strategy.multifidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Objective;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ResourceTest {

  private static final List<FidelityRange> KNOWN =
      List.of(
          new FidelityRange("epochs", 1, 27),
          new FidelityRange("data", 0.05, 1),
          new FidelityRange("resolution", 0.25, 1),
          new FidelityRange("repeats", 1, 3));

  private static Resource read(Map<String, ?> settings, Resource.Grid grid) {
    return Resource.of(
        new StrategyRequest(
            SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build(),
            List.of(Objective.minimize("loss")),
            RandomStreams.of(1),
            Settings.of("strategy", Map.of("resource", settings)),
            StudyPlan.open(),
            KNOWN),
        grid);
  }

  private static Map<String, ?> axes(Map<String, ?> axes) {
    return Map.of("axes", axes);
  }

  @Test
  void of_dataAndResolution_growsTheCostByEtaEvenlyOnBoth() {
    Map<String, ?> settings =
        axes(
            Map.of(
                "data", Map.of("low", 1.0 / 9, "high", 1), "resolution", Map.of("low", 1.0 / 3)));

    Resource resource = read(settings, Resource.Grid.FROM_HIGH);

    // Both cost a ninth at their least, the resolution by its square: 81 in four steps of 3.
    assertThat(resource.levels()).isEqualTo(5);
    for (int level = 0; level < 4; level++) {
      Fidelity fidelity = resource.fidelity(level);
      double cost = fidelity.amount("data", -1) * Math.pow(fidelity.amount("resolution", -1), 2);
      assertThat(cost).isCloseTo(Math.pow(3, level - 4), within(1e-12));
      assertThat(fidelity.amount("data", -1))
          .isCloseTo(Math.pow(fidelity.amount("resolution", -1), 2), within(1e-12));
    }
    assertThat(resource.fidelity(4)).isEqualTo(Fidelity.full());
    assertThat(resource.level(resource.fidelity(2))).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Resource.Grid.class)
  void of_axesWithWholeNumbers_rounds(Resource.Grid grid) {
    Map<String, ?> settings =
        axes(Map.of("epochs", Map.of("high", 9), "repeats", Map.of(), "data", Map.of()));

    Resource resource = read(settings, grid);

    for (int level = 0; level < resource.levels(); level++) {
      Fidelity fidelity = resource.fidelity(level);
      assertThat(fidelity.axes()).containsOnlyKeys("epochs", "repeats", "data");
      assertThat(fidelity.amount("epochs", -1) % 1).isZero();
      assertThat(fidelity.amount("repeats", -1)).isIn(1.0, 2.0, 3.0);
      assertThat(fidelity.amount("data", -1)).isBetween(0.05, 1.0);
    }
    // The epochs stay below the estimator's own: the last level is not the whole.
    assertThat(resource.fidelity(resource.levels() - 1))
        .isEqualTo(new Fidelity(Map.of("epochs", 9.0, "repeats", 3.0, "data", 1.0)));
    assertThat(resource.text(resource.levels() - 1)).isEqualTo("1 data, 9 epochs, 3 repeats");
  }

  @ParameterizedTest
  @EnumSource(Resource.Grid.class)
  void of_oneOfAxes_isTheFormWithOneAxis(Resource.Grid grid) {
    Resource one = read(Map.of("axis", "epochs", "low", 1, "high", 27), grid);

    assertThat(read(axes(Map.of("epochs", Map.of())), grid)).isEqualTo(one);
  }

  @Test
  void of_axisThatTheEstimatorHasNot_saysWhichItHas() {
    for (Map<String, ?> settings :
        List.of(axes(Map.of("dat", Map.of())), Map.of("axis", "dat", "high", 3))) {
      assertThatThrownBy(() -> read(settings, Resource.Grid.FROM_LOW))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("fidelity 'dat'")
          .hasMessageContaining("[epochs, data, resolution, repeats]")
          .hasMessageContaining("data");
    }
  }

  @Test
  void of_amountOutsideTheRange_namesAxisRangeAndValue() {
    assertThatThrownBy(
            () -> read(axes(Map.of("data", Map.of("low", 0.01))), Resource.Grid.FROM_LOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("resource.axes.data.low")
        .hasMessageContaining("0.05")
        .hasMessageContaining("0.01");
  }

  @Test
  void of_axesBesideAnAxis_isRefused() {
    Map<String, ?> settings = Map.of("axes", Map.of("data", Map.of()), "high", 5);

    assertThatThrownBy(() -> read(settings, Resource.Grid.FROM_LOW))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be set beside axes");
  }
}
