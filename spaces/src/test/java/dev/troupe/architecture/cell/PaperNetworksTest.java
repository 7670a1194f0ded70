package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.Configuration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Networks of papers, in the size of the papers, against what their code says of them. */
class PaperNetworksTest {

  private static final NetworkTask CIFAR = new NetworkTask(Shape.image(3, 32, 32), 10);

  /** DARTS_V2 of genotypes.py. */
  private static final BlockCell DARTS_NORMAL =
      BlockCell.of(
          Block.adding(0, Operation.SEP_3X3, 1, Operation.SEP_3X3),
          Block.adding(0, Operation.SEP_3X3, 1, Operation.SEP_3X3),
          Block.adding(1, Operation.SEP_3X3, 0, Operation.SKIP),
          Block.adding(0, Operation.SKIP, 2, Operation.DIL_3X3));

  private static final BlockCell DARTS_REDUCTION =
      BlockCell.of(
          Block.adding(0, Operation.MAX_3X3, 1, Operation.MAX_3X3),
          Block.adding(2, Operation.SKIP, 1, Operation.MAX_3X3),
          Block.adding(0, Operation.MAX_3X3, 2, Operation.SKIP),
          Block.adding(2, Operation.SKIP, 1, Operation.MAX_3X3));

  /** The authors' train.py writes {@code param size = 3.349342MB}. */
  @Test
  void darts_secondOrderCell_hasTheParametersOfItsCode() {
    ArchitectureSpace space =
        ArchitectureSpaces.named(
            "darts", CIFAR, Map.of("nodes", 4, "layers", 20, "channels", 36, "stem", 3));
    var values = new LinkedHashMap<String, Object>();
    values.putAll(new PairDecisions("normal", 4, DartsProvider.OPERATIONS).write(DARTS_NORMAL));
    values.putAll(
        new PairDecisions("reduction", 4, DartsProvider.OPERATIONS).write(DARTS_REDUCTION));

    assertThat(space.instance(Configuration.of(values)).parameters()).isEqualTo(3_349_342);
  }

  /** The benchmark gives 1.531546 and 0.073306 million. */
  @ParameterizedTest
  @ValueSource(strings = {"conv3x3:1531546", "avg3x3:73306"})
  void nasBench201_oneOperationThroughout_hasTheParametersOfTheBenchmark(String expected) {
    ArchitectureSpace space =
        ArchitectureSpaces.named(
            "nas-bench-201", CIFAR, Map.of("channels", 16, "cells", 5, "reductions", 2));
    String[] parts = expected.split(":", -1);
    var values = new LinkedHashMap<String, Object>();
    space.names().forEach(name -> values.put(name, parts[0]));

    Architecture architecture = space.instance(Configuration.of(values));

    assertThat(architecture.parameters()).isEqualTo(Long.parseLong(parts[1]));
  }

  /** PNASNet-5 of the authors' code, whose blocks its release lists in this order. */
  @Test
  void pnas_publishedCell_decodesAndComesBack() {
    ArchitectureSpace space =
        ArchitectureSpaces.named(
            "pnas", CIFAR, Map.of("blocks", 5, "cells", 3, "reductions", 2, "channels", 48));
    BlockCell cell =
        BlockCell.of(
            Block.adding(1, Operation.SEP_5X5, 1, Operation.MAX_3X3),
            Block.adding(0, Operation.SEP_7X7, 0, Operation.MAX_3X3),
            Block.adding(0, Operation.SEP_5X5, 0, Operation.SEP_3X3),
            Block.adding(4, Operation.SEP_3X3, 0, Operation.MAX_3X3),
            Block.adding(1, Operation.SEP_3X3, 0, Operation.SKIP));
    GrowingCells cells = GrowingCells.of(space.searchSpace());
    Configuration configuration = Configuration.of(cells.decisions().write(cell));

    assertThat(cells.decisions().read(configuration)).isEqualTo(cell);
    assertThat(space.instance(configuration).outputs()).isEqualTo(10);
  }

  @Test
  void everySpace_inTheSizeOfItsPaper_decodes() {
    RandomGenerator random = RandomStreams.of(6).stream(RandomStreams.Kind.STRATEGY, 0, "papers");
    for (Map<String, Object> paper : papers()) {
      var options = new LinkedHashMap<String, Object>(paper);
      String name = (String) options.remove("name");
      ArchitectureSpace space = ArchitectureSpaces.named(name, CIFAR, options);
      for (int i = 0; i < 3; i++) {
        Architecture architecture = space.instance(space.searchSpace().sample(random));
        assertThat(architecture.outputs()).as(name).isEqualTo(10);
        assertThat(architecture.hash()).as(name).hasSize(32);
      }
    }
  }

  private static List<Map<String, Object>> papers() {
    return List.of(
        Map.of(
            "name",
            "nasnet",
            "blocks",
            5,
            "cells",
            6,
            "reductions",
            2,
            "channels",
            32,
            "combine",
            "both",
            "stem",
            3),
        Map.of("name", "enas-micro", "nodes", 7, "cells", 5, "reductions", 2, "channels", 36),
        Map.of("name", "darts", "nodes", 4, "layers", 8, "channels", 16, "stem", 3),
        Map.of(
            "name",
            "hierarchical",
            "motifs",
            6,
            "nodes",
            4,
            "cell-nodes",
            5,
            "reductions",
            2,
            "channels",
            16),
        Map.of("name", "hierarchical", "levels", 2, "cell-nodes", 11, "reductions", 2));
  }
}
