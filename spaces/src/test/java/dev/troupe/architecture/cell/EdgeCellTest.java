package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.Configuration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class EdgeCellTest {

  private static final EdgeDecisions BENCHMARK =
      new EdgeDecisions(4, NasBench201Provider.OPERATIONS);

  private static EdgeCell cell(String... operations) {
    return new EdgeCell(4, Stream.of(operations).map(Operation::of).toList());
  }

  /**
   * The benchmark's paper counts 6,466 cells. 8,765 was found by enumeration in another language:
   * cells up to the order of inner nodes and to edges that are on no path.
   */
  @Test
  void nasBench201_allCells_areAsManyAsPublished() {
    ArchitectureSpace space =
        ArchitectureSpaces.named(
            "nas-bench-201",
            new NetworkTask(Shape.image(1, 8, 8), 10),
            Map.of("channels", 2, "reductions", 0));
    Set<String> expressions = new HashSet<>();
    var hashes = new HashMap<EdgeCell, String>();
    int cells = 0;
    Iterator<Configuration> all = space.searchSpace().enumerate();
    while (all.hasNext()) {
      Configuration configuration = all.next();
      EdgeCell cell = BENCHMARK.read(configuration);
      String hash = space.instance(configuration).hash();
      expressions.add(cell.expression());
      assertThat(hashes.computeIfAbsent(cell.canonical(), each -> hash)).isEqualTo(hash);
      cells++;
    }
    assertThat(cells).isEqualTo(15_625);
    assertThat(expressions).hasSize(6_466);
    assertThat(hashes).hasSize(8_765);
    assertThat(new HashSet<>(hashes.values())).hasSize(8_765);
  }

  @Test
  void nasBench201_parameters_areTheEdgesInOrder() {
    assertThat(BENCHMARK.names()).containsExactly("e01", "e02", "e12", "e03", "e13", "e23");
  }

  @Test
  void canonical_edgesOnNoPath_becomeNone() {
    EdgeCell dangling = cell("conv3x3", "none", "skip", "skip", "none", "none");
    EdgeCell dead = cell("conv3x3", "skip", "skip", "none", "none", "none");

    assertThat(dangling.canonical())
        .isEqualTo(cell("none", "none", "none", "skip", "none", "none"));
    assertThat(dead.canonical()).isEqualTo(cell("none", "none", "none", "none", "none", "none"));
  }

  @Test
  void canonical_innerNodesSwapped_isOne() {
    EdgeCell one = cell("conv3x3", "skip", "none", "none", "avg3x3", "skip");
    EdgeCell other = cell("skip", "conv3x3", "none", "none", "skip", "avg3x3");

    assertThat(one.canonical()).isEqualTo(other.canonical());
  }

  @Test
  void expression_skipAndNone_leaveNoTrace() {
    assertThat(cell("conv3x3", "none", "skip", "skip", "none", "skip").expression())
        .isEqualTo("#+#+(0)@conv3x3+0");
  }

  @Test
  void constructor_wrongSizes_areRefused() {
    assertThatThrownBy(() -> new EdgeCell(3, List.of(Operation.SKIP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A cell of 3 nodes has 3 edges, but this one had 1 operations. Maybe fill it up with none.");
    assertThatThrownBy(() -> new EdgeCell(1, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 2 to 9 nodes, but had 1");
  }
}
