package dev.troupe.strategy.bayes.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.RandomSpaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AxisTest {

  private static List<Parameter> parameters() {
    var parameters = new ArrayList<Parameter>();
    for (long seed = 1; seed <= 200; seed++) {
      parameters.addAll(RandomSpaces.of(seed).parameters());
    }
    return parameters;
  }

  @Test
  void cell_anyPoint_isThatOfTheDecodedValue() {
    var random = new Random(1);
    for (Parameter parameter : parameters()) {
      Axis axis = Axis.of(parameter);
      for (int i = 0; i < 50 && axis.kind() != Axis.Kind.CONTINUUM; i++) {
        double unit = i == 0 ? 0 : i == 1 ? 1 : random.nextDouble();
        assertThat(parameter.value(axis.cell(unit)))
            .as("%s at %s", parameter, unit)
            .isEqualTo(parameter.decode(unit));
      }
    }
  }

  @Test
  void snap_anyPoint_isWhereItsValueIsEncoded() {
    var random = new Random(2);
    for (Parameter parameter : parameters()) {
      Axis axis = Axis.of(parameter);
      for (int i = 0; i < 20 && axis.cells() != 1; i++) {
        double unit = random.nextDouble();
        assertThat(axis.snap(unit))
            .as("%s at %s", parameter, unit)
            .isEqualTo(parameter.encode(parameter.decode(unit)), within(1e-9));
      }
    }
  }

  @Test
  void border_ofEachCell_isWhereDecodingChanges() {
    double little = 1e-9;
    for (Parameter parameter : parameters()) {
      Axis axis = Axis.of(parameter);
      for (long cell = 1; cell < Math.min(axis.cells(), 50); cell++) {
        double border = axis.border(cell);
        assertThat(parameter.decode(border - little)).isEqualTo(parameter.value(cell - 1));
        assertThat(parameter.decode(border + little)).isEqualTo(parameter.value(cell));
      }
    }
  }

  @Test
  void kind_ofEachParameter_saysWhetherNeighboursAreAlike() {
    assertThat(Axis.of(FloatParameter.log("x", 1, 2)).kind()).isEqualTo(Axis.Kind.CONTINUUM);
    assertThat(Axis.of(FloatParameter.linear("x", 0, 1).withStep(0.5)).kind())
        .isEqualTo(Axis.Kind.CELLS);
    assertThat(Axis.of(IntParameter.log("x", 1, 9)).kind()).isEqualTo(Axis.Kind.CELLS);
    assertThat(Axis.of(CategoricalParameter.ordered("x", "s", "m")).kind())
        .isEqualTo(Axis.Kind.CELLS);
    assertThat(Axis.of(CategoricalParameter.of("x", "a", "b")).kind()).isEqualTo(Axis.Kind.CHOICES);
    assertThat(Axis.of(new BooleanParameter("x")).kind()).isEqualTo(Axis.Kind.CHOICES);
    assertThat(Axis.of(FloatParameter.linear("x", 1, 1)).cells()).isEqualTo(1);
  }
}
