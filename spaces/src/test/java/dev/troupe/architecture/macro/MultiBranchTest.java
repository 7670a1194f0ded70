package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceContract;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MultiBranchTest extends ArchitectureSpaceContract {

  @Override
  protected String name() {
    return "multi-branch";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(),
        Map.of("layers", 8, "reductions", 2, "merge", "concatenate", "filters", 5),
        Map.of("layers", 6, "reductions", 7, "merge", "add", "operations", "sep5"),
        Map.of("layers", 1, "operations", List.of("max3", "avg3")));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }

  private static ArchitectureSpace space(Map<String, ?> options) {
    return ArchitectureSpaces.named(
        "multi-branch", new NetworkTask(Shape.image(1, 8, 8), 10), options);
  }

  private static Map<String, Object> allSkips(int layers) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int layer = 1; layer <= layers; layer++) {
      for (int from = 0; from <= layer - 2; from++) {
        values.put("skip-%d-%d".formatted(from, layer), true);
      }
    }
    return values;
  }

  @Test
  void decode_ofSumOverReduction_projectsByStride() {
    Architecture architecture =
        space(Map.of("operations", "conv3", "filters", 4, "merge", "add", "reductions", 3))
            .instance(Configuration.of(allSkips(4)));

    // Halved after layers 1, 2 and 3: the stem is brought to 4x4, 2x2 and 1x1.
    assertThat(architecture.nodes().stream().map(node -> node.layer().label()))
        .contains("conv 1x1/2, 4", "conv 1x1/4, 4", "conv 1x1/8, 4");
    assertThat(architecture.shape("add-3")).isEqualTo(Shape.image(4, 1, 1));
  }

  @Test
  void decode_ofConcatenation_keepsChannels() {
    Architecture architecture =
        space(Map.of("operations", "identity", "filters", 4, "merge", "concatenate"))
            .instance(Configuration.of(allSkips(4)));

    // 4, then 4 + 4 = 8 halved, then 8 + 4 + 4 = 16, then 16 + 4 + 4 + 8.
    assertThat(architecture.shape("concatenate-1")).isEqualTo(Shape.image(8, 8, 8));
    assertThat(architecture.shape("concatenate-3")).isEqualTo(Shape.image(32, 4, 4));
  }

  @Test
  void canonical_withoutSkips_forgetsMerges() {
    ArchitectureSpace space = space(Map.of("layers", 2, "operations", "conv3", "filters", 4));
    Configuration added = Configuration.of(Map.of("skip-0-2", false, "merge-2", "add"));
    Configuration concatenated = added.with("merge-2", "concatenate");

    assertThat(space.decoder().canonical(concatenated)).isEqualTo(added);
    assertThat(space.instance(concatenated)).isEqualTo(space.instance(added));
    assertThat(space.decoder().canonical(concatenated.with("skip-0-2", true)))
        .isEqualTo(concatenated.with("skip-0-2", true));
  }
}
