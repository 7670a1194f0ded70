package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.cell.StructureCode.CodedLayer;
import dev.troupe.space.Configuration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StructureCodeTest {

  private static final ArchitectureSpace SPACE =
      ArchitectureSpaces.named(
          "block-qnn", new NetworkTask(Shape.image(1, 8, 8), 10), Map.of("layers", 4));

  private static final Configuration RESIDUAL =
      SPACE
          .searchSpace()
          .configuration(
              Map.of(
                  "layer-1-type",
                  "conv",
                  "layer-1-kernel",
                  3,
                  "layer-1-input-a",
                  0,
                  "layer-2-type",
                  "add",
                  "layer-2-input-a",
                  1,
                  "layer-2-input-b",
                  0,
                  "layer-3-type",
                  "terminal"));

  @Test
  void code_ofAConfiguration_endsAtTheTerminalLayer() {
    StructureCode code = BlockQnnProvider.code(RESIDUAL, 4);

    assertThat(code.layers())
        .containsExactly(
            new CodedLayer(StructureCode.Type.CONVOLUTION, 3, List.of(0)),
            new CodedLayer(StructureCode.Type.ADD, 0, List.of(1, 0)));
    assertThat(code.looseEnds()).containsExactly(2);
    assertThat(code.edges()).isEqualTo(3);
    assertThat(code.density()).isEqualTo(1.5);
  }

  @Test
  void decode_residualBlock_halvesBetweenStages() {
    Architecture architecture = SPACE.instance(RESIDUAL);

    assertThat(architecture.shape("stage-1/cell-1/layer-2.add/add"))
        .isEqualTo(Shape.image(4, 8, 8));
    assertThat(architecture.shape("stage-2/cell-1/layer-2.add/add"))
        .isEqualTo(Shape.image(8, 4, 4));
  }

  @Test
  void oneHot_ofTwoLayers_setsInputsTypeAndKernel() {
    assertThat(BlockQnnProvider.code(RESIDUAL, 4).oneHot(2))
        .containsExactly(
            1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 1, 0, // 0 | none | conv | 3
            0, 1, 1, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0); // 1 | 0 | add | none
    assertThatThrownBy(() -> BlockQnnProvider.code(RESIDUAL, 4).oneHot(1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 1 layers");
  }

  @Test
  void constructor_wrongLayers_areRefused() {
    assertThatThrownBy(() -> new CodedLayer(StructureCode.Type.MAX_POOLING, 5, List.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A coded layer 'max' must have a kernel of [1, 3], but had 5. Maybe 3.");
    assertThatThrownBy(() -> new CodedLayer(StructureCode.Type.ADD, 0, List.of(0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must read 2, but reads [0]");
    assertThatThrownBy(
            () ->
                new StructureCode(
                    List.of(new CodedLayer(StructureCode.Type.IDENTITY, 0, List.of(1)))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Layer 1 of a structure code reads layers from 0 to 0");
    assertThatThrownBy(() -> StructureCode.Type.of("convolve"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no type of layer 'convolve'. Maybe 'conv'.");
  }
}
