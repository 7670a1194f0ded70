package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceContract;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.Configuration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Different seeds can draw the same graph, or two that differ in numbers alone, and no
 * configuration stands for all of them: equal configurations have equal hashes, not the reverse.
 */
class RandomWiringTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "random-wiring";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(),
        Map.of("nodes", 32, "stages", 1, "pair-probabilities", List.of(0.2, 0.4)),
        Map.of("generators", "ws", "stages", 6, "nodes", 5));
  }

  private static ArchitectureSpace space(Map<String, ?> options) {
    return ArchitectureSpaces.named(
        "random-wiring", new NetworkTask(Shape.image(3, 32, 32), 10), options);
  }

  @Test
  void decode_ofGraph_wiresItsNodes() {
    ArchitectureSpace space = space(Map.of("generators", "ba", "links", 2, "stages", 3));

    Architecture architecture = space.instance(Configuration.of(Map.of("seed", 7)));

    // Of 8 nodes with two links each to earlier ones, all but the first two have two inputs.
    assertThat(count(architecture, Layer.GatedAdd.class)).isEqualTo(3 * 6);
    assertThat(count(architecture, Layer.SeparableConvolution.class)).isEqualTo(3 * 8);
    List<Shape> shapes =
        architecture.nodes().stream()
            .filter(node -> node.layer() instanceof Layer.SeparableConvolution)
            .map(node -> architecture.shape(node.name()))
            .distinct()
            .toList();
    assertThat(shapes)
        .containsExactly(Shape.image(4, 16, 16), Shape.image(8, 8, 8), Shape.image(16, 4, 4));
  }

  private static long count(Architecture architecture, Class<? extends Layer> kind) {
    return architecture.nodes().stream().filter(node -> kind.isInstance(node.layer())).count();
  }

  @Test
  void decode_ofSeeds_wiresStagesAndSeedsDifferently() {
    ArchitectureSpace space = space(Map.of("generators", "er", "pair-probabilities", 0.4));
    var hashes = new HashSet<String>();
    for (int seed = 0; seed < 100; seed++) {
      hashes.add(space.instance(Configuration.of(Map.of("seed", seed, "stages", 2))).hash());
    }
    // Few of the 2^28 graphs of 8 nodes are equal up to their numbers, even with two stages.
    assertThat(hashes).hasSizeGreaterThan(95);
  }

  @Test
  void create_withParametersThatDrawNothing_refuses() {
    assertThatThrownBy(() -> space(Map.of("pair-probabilities", 0.1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ln n / n");
    assertThatThrownBy(() -> space(Map.of("neighbours", List.of(2, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("neighbours must be even");
    assertThatThrownBy(() -> space(Map.of("links", 8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("links must be at least 1");
    assertThatThrownBy(() -> space(Map.of("rewiring-probabilities", "often")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("rewiring-probabilities must be a list of numbers from 0.0 to 1.0");
  }
}
