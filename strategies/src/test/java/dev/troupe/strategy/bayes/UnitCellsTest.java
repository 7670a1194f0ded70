package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import java.util.List;
import org.junit.jupiter.api.Test;

class UnitCellsTest {

  @Test
  void snap_always_givesCenterOfNearestCell() {
    List<Parameter> parameters =
        List.of(
            IntParameter.linear("a", 1, 7),
            IntParameter.log("b", 16, 200),
            CategoricalParameter.of("c", "x", "y", "z"),
            FloatParameter.linear("d", 0, 1).withStep(0.125),
            new BooleanParameter("e"));
    for (Parameter parameter : parameters) {
      UnitCells cells = UnitCells.of(parameter);
      assertThat(cells.isContinuous()).isFalse();
      assertThat(cells.count()).isEqualTo((int) parameter.cardinality().orElseThrow());
      for (double unit = -0.1; unit < 1.1; unit += 0.0037) {
        double snapped = cells.snap(unit);
        assertThat(parameter.encode(parameter.decode(snapped))).isEqualTo(snapped);
        for (int i = 0; i < cells.count(); i++) {
          assertThat(Math.abs(snapped - unit))
              .isLessThanOrEqualTo(Math.abs(cells.center(i) - unit) + 1e-15);
        }
      }
    }
  }

  @Test
  void of_eachKind_tellsHowToSearchIt() {
    assertThat(UnitCells.of(FloatParameter.linear("a", 0, 1)).isContinuous()).isTrue();
    assertThat(UnitCells.of(IntParameter.log("b", 1, 100_000)).isContinuous()).isTrue();
    assertThat(UnitCells.of(FloatParameter.linear("c", 2, 2)).isConstant()).isTrue();
    assertThat(UnitCells.of(CategoricalParameter.of("d", "x", "y")).isOrdered()).isFalse();
    assertThat(UnitCells.of(CategoricalParameter.ordered("e", "x", "y")).isOrdered()).isTrue();
    assertThat(UnitCells.of(new BooleanParameter("f")).isOrdered()).isFalse();
    assertThat(UnitCells.of(FloatParameter.linear("g", 0, 1)).snap(1.5)).isEqualTo(1);
  }
}
