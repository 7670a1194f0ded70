package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class DecisionsTest {

  private static final NetworkTask TASK = new NetworkTask(Shape.image(1, 8, 8), 10);
  private static final List<Operation> SKIP = List.of(Operation.SKIP);

  @Test
  void names_ofANasnetBlock_areInTheOrderOfThePolicy() {
    ArchitectureSpace space =
        ArchitectureSpaces.named("nasnet", TASK, Map.of("blocks", 1, "combine", "both"));

    assertThat(space.names())
        .containsExactly(
            "normal-1-input-a",
            "normal-1-input-b",
            "normal-1-operation-a",
            "normal-1-operation-b",
            "normal-1-combine",
            "reduction-1-input-a",
            "reduction-1-input-b",
            "reduction-1-operation-a",
            "reduction-1-operation-b",
            "reduction-1-combine");
  }

  @Test
  void write_foreignCell_isRefused() {
    var blocks = BlockDecisions.adding("normal", 1, SKIP);
    var pairs = new PairDecisions("normal", 1, SKIP);
    BlockCell two =
        BlockCell.of(
            Block.adding(0, Operation.SKIP, 1, Operation.SKIP),
            Block.adding(0, Operation.SKIP, 1, Operation.SKIP));
    BlockCell pool = BlockCell.of(Block.adding(0, Operation.SKIP, 1, Operation.MAX_3X3));
    BlockCell twice = BlockCell.of(Block.adding(0, Operation.SKIP, 0, Operation.SKIP));

    for (CellDecisions decisions : List.of(blocks, pairs)) {
      assertThatThrownBy(() -> decisions.write(two))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("but this one has 2");
      assertThatThrownBy(() -> decisions.write(pool))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("skip(0) + max3x3(1)");
    }
    assertThatThrownBy(() -> pairs.write(twice))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each of another input");
    assertThat(blocks.read(Configuration.of(blocks.write(twice)))).isEqualTo(twice);
  }

  @Test
  void create_unknownOperation_saysWhichAndWhere() {
    assertThatThrownBy(
            () ->
                ArchitectureSpaces.named(
                    "cell", TASK, Map.of("operations", List.of("skip", "conv3x33"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("architecture.operations")
        .hasMessageContaining("There is no operation 'conv3x33'. Maybe 'conv3x3'.");
  }

  @Test
  void create_numberOutOfRange_saysTheRange() {
    assertThatThrownBy(() -> ArchitectureSpaces.named("nasnet", TASK, Map.of("reductions", 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("architecture.reductions must be a whole number from 1 to 6");
    assertThatThrownBy(
            () -> ArchitectureSpaces.named("pnas", TASK, Map.of("blocks", 2, "fewest-blocks", 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("architecture.fewest-blocks must be a whole number from 1 to 2");
  }

  @Test
  void behind_jointSpaces_findsWhatStrategiesNeed() {
    SearchSpace rate = SearchSpace.builder().add(FloatParameter.linear("rate", 0, 1)).build();
    SearchSpace darts = ArchitectureSpaces.named("darts", TASK, Map.of()).joinedWith(rate);
    SearchSpace bench = ArchitectureSpaces.named("nas-bench-201", TASK, Map.of()).joinedWith(rate);

    assertThat(BlockCellSpace.behind(darts))
        .hasValueSatisfying(
            space -> {
              assertThat(space.normal())
                  .isEqualTo(new PairDecisions("normal", 2, DartsProvider.OPERATIONS));
              assertThat(space.ends()).isEqualTo(Ends.ALL);
            });
    assertThat(EdgeDecisions.behind(bench))
        .contains(new EdgeDecisions(4, NasBench201Provider.OPERATIONS));
    assertThat(BlockCellSpace.behind(bench)).isEmpty();
    assertThat(EdgeDecisions.behind(rate)).isEmpty();
    assertThat(MotifHierarchy.behind(darts)).isEmpty();
  }
}
