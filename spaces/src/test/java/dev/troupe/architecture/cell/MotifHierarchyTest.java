package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.Configuration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MotifHierarchyTest {

  private static final NetworkTask TASK = new NetworkTask(Shape.image(1, 8, 8), 10);
  private static final Map<String, Object> OPTIONS =
      Map.of("levels", 3, "motifs", 2, "nodes", 3, "cell-nodes", 4, "reductions", 0);
  private static final ArchitectureSpace SPACE =
      ArchitectureSpaces.named("hierarchical", TASK, OPTIONS);
  private static final MotifHierarchy HIERARCHY =
      MotifHierarchy.behind(SPACE.searchSpace()).orElseThrow();

  @Test
  void trivial_always_isAChainOfIdentities() {
    Configuration trivial = HIERARCHY.trivial();
    Architecture architecture = SPACE.instance(trivial);

    assertThat(SPACE.searchSpace().contains(trivial)).isTrue();
    assertThat(architecture.nodes().stream().filter(node -> node.layer() instanceof Layer.Identity))
        .hasSize(6); // 3 edges of the cell, 2 of each motif
    assertThat(architecture.nodes()).noneMatch(node -> node.layer() instanceof Layer.Merge);
  }

  @Test
  void decode_motifThatLeadsNowhere_isNone() {
    Configuration dead = HIERARCHY.trivial().with("l2-m1-e01", "none").with("l3-m1-e03", "m2");
    Architecture architecture = SPACE.instance(dead);

    assertThat(architecture.nodes().stream().filter(node -> node.layer() instanceof Layer.Identity))
        .hasSize(2); // those of motif 2 on the edge 0-3
    assertThat(architecture.nodes()).noneMatch(node -> node.layer() instanceof Layer.Zero);
  }

  @Test
  void decode_cellThatLeadsNowhere_isZero() {
    Configuration dead = HIERARCHY.trivial().with("l3-m1-e01", "none");

    assertThat(SPACE.instance(dead).nodes()).anyMatch(node -> node.layer() instanceof Layer.Zero);
  }

  @Test
  void decode_nodeOfTwoEdges_concatenatesAndReturnsToTheWidth() {
    Architecture architecture = SPACE.instance(HIERARCHY.trivial().with("l3-m1-e02", "m2"));

    assertThat(architecture.shape("stage-1/cell-1/node-2/concatenate"))
        .isEqualTo(Shape.image(8, 8, 8));
    assertThat(architecture.shape("stage-1/cell-1/node-2/batch-normalization"))
        .isEqualTo(Shape.image(4, 8, 8));
  }

  /** Levels, motifs, nodes and predecessors are uniform each: five standard deviations. */
  @Test
  void mutate_always_redrawsOneEdgeOfAUniformLevelMotifAndNode() {
    RandomGenerator random = RandomStreams.of(9).stream(RandomStreams.Kind.STRATEGY, 0, "edges");
    Configuration parent = HIERARCHY.trivial();
    var counts = new HashMap<String, Integer>();
    int draws = 20_000;
    for (int i = 0; i < draws; i++) {
      Configuration child = SPACE.searchSpace().mutate(parent, random);
      List<String> changed =
          parent.names().stream()
              .filter(name -> !parent.get(name).equals(child.get(name)))
              .toList();
      assertThat(changed.size()).isLessThanOrEqualTo(1);
      changed.forEach(name -> counts.merge(name, 1, Integer::sum));
    }
    // 1/2 level, 1/2 motif, 1/2 node, 6 of 7 choices differ; the cell: 1/2, 1/3 node, 2 of 3.
    assertThat(counts.get("l2-m2-e01") / (double) draws).isBetween(.096, .118);
    assertThat(counts.get("l3-m1-e01") / (double) draws).isBetween(.100, .122);
    assertThat(counts.get("l3-m1-e03") / (double) draws).isBetween(.030, .044);
    assertThat(counts).hasSize(12);
  }

  @Test
  void oneHot_ofAConfiguration_hasOneForEachEdge() {
    double[] code = HIERARCHY.oneHot(HIERARCHY.trivial());

    assertThat(code).hasSize(6 * 7 + 6 * 3);
    assertThat(Arrays.stream(code).sum()).isEqualTo(12);
    assertThat(code[6]).as("skip on the edge 0-1 of the first motif").isEqualTo(1);
  }

  @Test
  void constructor_outOfRange_isRefused() {
    List<Operation> skip = List.of(Operation.SKIP);
    assertThatThrownBy(() -> new MotifHierarchy(1, 1, 3, 3, skip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A hierarchy must have from 2 to 5 levels, but had 1. Maybe 2.");
    assertThatThrownBy(() -> new MotifHierarchy(5, 1, 12, 12, skip))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at most 2000 operations");
    assertThatThrownBy(() -> new MotifHierarchy(2, 1, 3, 3, List.of(Operation.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other than none");
    assertThatThrownBy(() -> new MotifHierarchy(2, 1, 3, 3, List.of(Operation.MAX_3X3)).trivial())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs skip");
  }
}
