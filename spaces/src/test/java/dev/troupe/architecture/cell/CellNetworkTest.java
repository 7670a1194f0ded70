package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Node;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.cell.Skeleton.Kind;
import java.util.List;
import org.junit.jupiter.api.Test;

class CellNetworkTest {

  private static final NetworkTask TASK = new NetworkTask(Shape.image(3, 9, 9), 10);
  private static final Skeleton SKELETON = Skeleton.repeated(4, 1, 1);
  private static final BlockCell BOTH =
      BlockCell.of(
          Block.adding(0, Operation.SEP_3X3, 1, Operation.SKIP),
          Block.adding(1, Operation.MAX_3X3, 0, Operation.SKIP));
  private static final BlockCell ONLY_BEFORE_LAST =
      BlockCell.of(Block.adding(0, Operation.SKIP, 0, Operation.MAX_3X3));
  private static final BlockCell ONLY_LAST =
      BlockCell.of(Block.adding(1, Operation.SKIP, 1, Operation.MAX_3X3));

  private static Architecture network(BlockCell normal, BlockCell reduction) {
    return CellNetwork.of(TASK, SKELETON, Ends.LOOSE, normal, reduction);
  }

  @Test
  void of_reductionCell_halvesSidesAndDoublesChannels() {
    Architecture architecture = network(BOTH, BOTH);

    assertThat(architecture.shape("cell-1/concatenate")).isEqualTo(Shape.image(8, 9, 9));
    assertThat(architecture.shape("cell-2/concatenate")).isEqualTo(Shape.image(16, 5, 5));
    assertThat(architecture.shape("cell-3/concatenate")).isEqualTo(Shape.image(16, 5, 5));
    assertThat(architecture.has("cell-3/input-0/shift")).as("older input was larger").isTrue();
    assertThat(architecture.has("cell-2/input-0/shift")).isFalse();
  }

  @Test
  void of_operationOnABlock_keepsTheSidesInAReductionCell() {
    BlockCell chain =
        BlockCell.of(
            Block.adding(0, Operation.MAX_3X3, 1, Operation.MAX_3X3),
            Block.adding(2, Operation.MAX_3X3, 1, Operation.MAX_3X3));
    Architecture architecture = network(chain, chain);

    assertThat(architecture.node("cell-2/block-3/first.2.max3x3/pooling").layer().label())
        .isEqualTo("max pool 3x3");
    assertThat(architecture.node("cell-2/block-3/second.1.max3x3/pooling").layer().label())
        .isEqualTo("max pool 3x3/2");
  }

  @Test
  void of_cellThatReadsOneInput_leavesOutWhatLeadsNowhere() {
    Architecture skipping = network(ONLY_BEFORE_LAST, BOTH);

    assertThat(skipping.nodes())
        .extracting(Node::name)
        .noneMatch(name -> name.startsWith("cell-2"));
    assertThat(skipping.hash()).isEqualTo(network(ONLY_BEFORE_LAST, ONLY_LAST).hash());
    assertThat(network(ONLY_LAST, BOTH).nodes())
        .extracting(Node::name)
        .anyMatch(name -> name.startsWith("cell-1"));
  }

  @Test
  void of_concatenatingBlock_returnsToTheWidth() {
    BlockCell cell =
        BlockCell.of(
            new Block(
                new Block.Half(0, Operation.SKIP),
                new Block.Half(1, Operation.SKIP),
                Combine.CONCATENATE));
    Architecture architecture = network(cell, cell);

    assertThat(architecture.shape("cell-1/block-2/concatenate")).isEqualTo(Shape.image(8, 9, 9));
    assertThat(architecture.shape("cell-1/block-2/batch-normalization"))
        .isEqualTo(Shape.image(4, 9, 9));
  }

  @Test
  void of_vector_isRefused() {
    var task = new NetworkTask(Shape.vector(8), 2);
    assertThatThrownBy(() -> CellNetwork.of(task, SKELETON, Ends.ALL, BOTH, BOTH))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("examples that are pictures, but these were 8 x 1 x 1");
  }

  @Test
  void cellUse_ofCellsThatSkip_tellsWhatMatters() {
    CellUse use = CellUse.of(SKELETON, ONLY_BEFORE_LAST, BOTH);
    assertThat(use.isReached(Kind.NORMAL)).isTrue();
    assertThat(use.isReached(Kind.REDUCTION)).isFalse();

    CellUse start = CellUse.of(Skeleton.thirds(4, 3), BOTH, BOTH);
    assertThat(start.tellsInputsApart(Kind.NORMAL)).isFalse();
    assertThat(start.tellsInputsApart(Kind.REDUCTION)).isTrue();
  }

  @Test
  void skeleton_ofBothKinds_placesReductions() {
    assertThat(Skeleton.repeated(4, 2, 1).cells())
        .containsExactly(Kind.NORMAL, Kind.NORMAL, Kind.REDUCTION, Kind.NORMAL, Kind.NORMAL);
    assertThat(Skeleton.thirds(4, 8).cells())
        .hasSize(8)
        .satisfies(
            cells ->
                assertThat(
                        List.of(cells.indexOf(Kind.REDUCTION), cells.lastIndexOf(Kind.REDUCTION)))
                    .containsExactly(2, 5));
    assertThatThrownBy(() -> Skeleton.thirds(4, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A skeleton's number of cells must be at least 3, but was 2. Maybe 3.");
  }

  @Test
  void scaled_skeleton_growsInDepthAndWidth() {
    Skeleton scaled = Skeleton.repeated(20, 3, 1).scaled(CompoundScaling.EFFICIENT_NET, 2);

    assertThat(scaled.channels()).isEqualTo(24); // 20 * 1.21
    assertThat(scaled.count(Kind.NORMAL)).isEqualTo(10); // twice 3 * 1.44, rounded up
    assertThat(scaled.count(Kind.REDUCTION)).isEqualTo(1);
    assertThat(SKELETON.scaled(CompoundScaling.EFFICIENT_NET, 0)).isEqualTo(SKELETON);
    assertThatThrownBy(() -> SKELETON.scaled(CompoundScaling.EFFICIENT_NET, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0 to 100, but it was -1.0");
  }
}
