package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
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

class CellEncodingTest {

  private static final NetworkTask TASK = new NetworkTask(Shape.image(1, 8, 8), 10);
  private static final int SAMPLES = 500;

  private static RandomGenerator random(String name) {
    return RandomStreams.of(8).stream(RandomStreams.Kind.STRATEGY, 0, name);
  }

  /** Equal hashes and equal canonical codes imply each other, and a code comes back. */
  @Test
  void oneHot_ofBlockCells_goesWithHash() {
    ArchitectureSpace space = ArchitectureSpaces.named("pnas", TASK, Map.of("blocks", 3));
    CellDecisions decisions = GrowingCells.of(space.searchSpace()).decisions();
    var codes = new HashMap<String, List<Double>>();
    var hashes = new HashMap<List<Double>, String>();
    RandomGenerator random = random("blocks");
    for (int i = 0; i < SAMPLES; i++) {
      Configuration sample = space.searchSpace().sample(random);
      BlockCell cell = decisions.read(sample).canonical();
      double[] code = CellEncoding.oneHot(cell, 3, PnasProvider.OPERATIONS);
      List<Double> boxed = Arrays.stream(code).boxed().toList();
      String hash = space.instance(sample).hash();

      assertThat(CellEncoding.blockCell(code, 3, PnasProvider.OPERATIONS)).isEqualTo(cell);
      assertThat(codes.computeIfAbsent(hash, each -> boxed)).isEqualTo(boxed);
      assertThat(hashes.computeIfAbsent(boxed, each -> hash)).isEqualTo(hash);
    }
  }

  @Test
  void oneHot_ofABlock_setsInputsAndOperations() {
    BlockCell cell =
        BlockCell.of(
            new Block(
                new Block.Half(0, Operation.MAX_3X3),
                new Block.Half(1, Operation.SKIP),
                Combine.CONCATENATE));

    assertThat(CellEncoding.oneHot(cell, 1, List.of(Operation.SKIP, Operation.MAX_3X3)))
        .containsExactly(1, 0, 0, 1, 0, 1, 1, 0, 1);
  }

  @Test
  void oneHot_ofEdgeCells_comesBack() {
    var decisions = new EdgeDecisions(4, NasBench201Provider.OPERATIONS);
    ArchitectureSpace space = ArchitectureSpaces.named("nas-bench-201", TASK, Map.of());
    RandomGenerator random = random("edges");
    for (int i = 0; i < SAMPLES; i++) {
      EdgeCell cell = decisions.read(space.searchSpace().sample(random));
      double[] code = CellEncoding.oneHot(cell, NasBench201Provider.OPERATIONS);

      assertThat(code).hasSize(30);
      assertThat(CellEncoding.edgeCell(code, 4, NasBench201Provider.OPERATIONS)).isEqualTo(cell);
    }
  }

  @Test
  void oneHot_ofForeignCells_isRefused() {
    BlockCell cell = BlockCell.of(Block.adding(0, Operation.SKIP, 1, Operation.SKIP));
    assertThatThrownBy(() -> CellEncoding.oneHot(cell, 1, List.of(Operation.MAX_3X3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "A cell of [max3x3] can be encoded here, but this one has skip. Maybe add it to the list.");
    assertThatThrownBy(() -> CellEncoding.blockCell(new double[3], 1, List.of(Operation.SKIP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("has 7 numbers, but this one has 3");
    assertThatThrownBy(() -> CellEncoding.edgeCell(new double[1], 2, List.of(Operation.SKIP)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Each edge has an operation");
  }
}
