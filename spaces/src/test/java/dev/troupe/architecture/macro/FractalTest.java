package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.Config;
import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceContract;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.WorkedExamples;
import dev.troupe.space.Configuration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FractalTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "fractal";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(), Map.of("columns", List.of(1, 3), "blocks", 5, "filters", 2, "kernel", 5));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }

  private static Architecture block(int columns) {
    ArchitectureSpace space =
        ArchitectureSpaces.named(
            "fractal",
            new NetworkTask(Shape.image(1, 8, 8), 10),
            Map.of("columns", List.of(1, 2, 3, 4, 5), "blocks", 1, "filters", 4));
    return space.instance(Configuration.of(Map.of("columns", columns)));
  }

  private static long convolutions(Architecture architecture) {
    return architecture.nodes().stream()
        .filter(node -> node.layer() instanceof Layer.Convolution)
        .count();
  }

  /** Returns the most convolutions on a path from the input to the output. */
  private static int depth(Architecture architecture) {
    var depths = new int[architecture.size()];
    for (int i = 0; i < depths.length; i++) {
      int before = Arrays.stream(architecture.inputs(i)).map(j -> depths[j]).max().orElse(0);
      depths[i] = before + (architecture.layer(i) instanceof Layer.Convolution ? 1 : 0);
    }
    return depths[depths.length - 1];
  }

  @Test
  void decode_ofFourColumns_countsAsInExample() {
    Config expected = WorkedExamples.expected("FRAC-1");

    assertThat(depth(block(4))).isEqualTo(expected.getInt(WorkedExamples.key("depth C=4")));
    assertThat(convolutions(block(4))).isEqualTo(expected.getLong(WorkedExamples.key("convs C=4")));
    for (int columns = 1; columns <= 5; columns++) {
      assertThat(depth(block(columns))).isEqualTo(1 << (columns - 1));
      assertThat(convolutions(block(columns))).isEqualTo((1 << columns) - 1);
    }
  }

  @Test
  void decode_ofBlocks_halvesAndWidens() {
    ArchitectureSpace space =
        ArchitectureSpaces.named("fractal", new NetworkTask(Shape.image(3, 32, 32), 10), Map.of());

    Architecture architecture =
        space.instance(Configuration.of(Map.of("columns", 2, "blocks", 3, "filters", 16)));

    assertThat(architecture.shape("mean-1")).isEqualTo(Shape.image(16, 32, 32));
    assertThat(architecture.shape("mean-2")).isEqualTo(Shape.image(32, 16, 16));
    assertThat(architecture.shape("mean-3")).isEqualTo(Shape.image(64, 8, 8));
    assertThat(architecture.has("pooling-3")).isFalse();
  }
}
