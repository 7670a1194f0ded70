package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceContract;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.WorkedExamples;
import dev.troupe.space.Configuration;
import java.math.BigInteger;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnasMacroTest extends ArchitectureSpaceContract {

  private static final List<String> SIX = List.of("conv3", "conv5", "sep3", "sep5", "avg3", "max3");

  private static final Map<String, ?> PAPER =
      Map.of("layers", 12, "operations", SIX, "filters", 36);

  @Override
  protected String name() {
    return "enas-macro";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(Map.of(), PAPER, Map.of("layers", 7, "merge", "concatenate", "filters", 3));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }

  private static ArchitectureSpace space(Shape input, Map<String, ?> options) {
    return ArchitectureSpaces.named("enas-macro", new NetworkTask(input, 10), options);
  }

  @Test
  void size_ofPapersSpace_isAsInExample() {
    BigInteger size = space(Shape.image(3, 32, 32), PAPER).searchSpace().size().orElseThrow();
    double expected =
        WorkedExamples.expected("SPACE-1").getDouble(WorkedExamples.key("ENAS macro 6^12*2^66"));

    assertThat(size).isEqualTo(BigInteger.valueOf(6).pow(12).multiply(BigInteger.TWO.pow(66)));
    assertThat(size.doubleValue() / expected).isCloseTo(1, within(1e-9));
  }

  private static Configuration allSkips(int layers, String operation) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int layer = 1; layer <= layers; layer++) {
      values.put("operation-" + layer, operation);
      for (int from = 0; from <= layer - 2; from++) {
        values.put("skip-%d-%d".formatted(from, layer), true);
      }
    }
    return Configuration.of(values);
  }

  @Test
  void decode_withAllSkips_addsAndReducesTwice() {
    Architecture architecture =
        space(Shape.image(3, 32, 32), PAPER).instance(allSkips(12, "conv3"));

    assertThat(architecture.has("add-11")).isTrue();
    assertThat(architecture.has("add-12")).isFalse();
    assertThat(architecture.shape("add-1")).isEqualTo(Shape.image(36, 32, 32));
    assertThat(architecture.shape("add-11")).isEqualTo(Shape.image(36, 8, 8));
    assertThat(architecture.inputs(architecture.index("add-11"))).hasSize(12);
  }

  @Test
  void decode_withConcatenation_doublesFilters() {
    Architecture architecture =
        space(Shape.image(3, 32, 32), Map.of("layers", 6, "merge", "concatenate"))
            .instance(allSkips(6, "sep3"));

    assertThat(architecture.shape("concatenate-1")).isEqualTo(Shape.image(16, 32, 32));
    String last = architecture.node(architecture.output()).inputs().get(0);
    assertThat(architecture.shape(last)).isEqualTo(Shape.vector(32));
  }

  @Test
  void decode_ofThinPictures_endsAtOnePixel() {
    for (Shape input : List.of(Shape.image(1, 2, 1), Shape.image(1, 1, 9), Shape.image(1, 3, 2))) {
      for (String merge : List.of("add", "concatenate")) {
        Architecture architecture =
            space(input, Map.of("layers", 6, "merge", merge)).instance(allSkips(6, "conv3"));
        assertThat(architecture.outputs()).isEqualTo(10);
      }
    }
  }

  @Test
  void create_withUnknownOperation_namesTheKnown() {
    assertThatThrownBy(
            () -> space(Shape.image(1, 8, 8), Map.of("operations", List.of("conv3", "conv7"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("architecture.operations must list some of conv1, conv3")
        .hasMessageContaining("conv7");
  }
}
