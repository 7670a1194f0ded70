package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class BlockCellTest {

  private static final List<Operation> OPERATIONS = List.of(Operation.SKIP, Operation.MAX_3X3);

  private static Block skips(int first, int second) {
    return Block.adding(first, Operation.SKIP, second, Operation.SKIP);
  }

  private static BlockCell random(int size, RandomGenerator random) {
    var blocks = new ArrayList<Block>();
    for (int i = 0; i < size; i++) {
      blocks.add(
          new Block(
              half(i + BlockCell.INPUTS, random),
              half(i + BlockCell.INPUTS, random),
              random.nextBoolean() ? Combine.ADD : Combine.CONCATENATE));
    }
    return new BlockCell(blocks);
  }

  private static Block.Half half(int states, RandomGenerator random) {
    return new Block.Half(random.nextInt(states), OPERATIONS.get(random.nextInt(2)));
  }

  private static RandomGenerator generator(String name) {
    return RandomStreams.of(3).stream(RandomStreams.Kind.STRATEGY, 0, name);
  }

  @Test
  void constructor_laterState_isRefused() {
    assertThatThrownBy(() -> BlockCell.of(skips(0, 1), skips(3, 0)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Block 2 of a cell reads states from 0 to 2, but this one read 3. Maybe 2.");
    assertThatThrownBy(BlockCell::of)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a block");
  }

  @Test
  void ends_ofBothKinds_areLooseOrAll() {
    BlockCell cell = BlockCell.of(skips(0, 1), skips(2, 0), skips(1, 1));

    assertThat(cell.ends(Ends.LOOSE)).containsExactly(3, 4);
    assertThat(cell.ends(Ends.ALL)).containsExactly(2, 3, 4);
  }

  @Test
  void canonical_independentBlocksInAnyOrder_isOne() {
    Block pool = Block.adding(1, Operation.MAX_3X3, 0, Operation.SKIP);
    BlockCell one = BlockCell.of(skips(0, 1), pool, skips(2, 3));
    BlockCell other = BlockCell.of(pool, skips(1, 0), skips(2, 3));

    assertThat(one.canonical()).isEqualTo(other.canonical());
    assertThat(one.canonical().canonical()).isEqualTo(one.canonical());
    assertThat(one.canonical())
        .isNotEqualTo(BlockCell.of(skips(0, 1), pool, skips(2, 2)).canonical());
  }

  /** Against the definition: the least of all orders in which blocks can stand. */
  @Test
  void canonical_ofRandomCells_isTheLeastOfAllOrders() {
    RandomGenerator random = generator("orders");
    for (int i = 0; i < 300; i++) {
      BlockCell cell = random(1 + random.nextInt(4), random);
      assertThat(cell.canonical()).as("%s", cell).isEqualTo(leastByTrial(cell));
    }
  }

  private static BlockCell leastByTrial(BlockCell cell) {
    List<BlockCell> found = new ArrayList<>();
    permute(cell, new ArrayList<>(), found);
    return Collections.min(found);
  }

  private static void permute(BlockCell cell, List<Integer> order, List<BlockCell> found) {
    if (order.size() == cell.size()) {
      found.add(new BlockCell(order.stream().map(at -> renumbered(cell, at, order)).toList()));
      return;
    }
    for (int i = 0; i < cell.size(); i++) {
      if (!order.contains(i) && isReady(cell.blocks().get(i), order)) {
        order.add(i);
        permute(cell, order, found);
        order.remove((Integer) i);
      }
    }
  }

  private static boolean isReady(Block block, List<Integer> order) {
    return (block.first().input() < 2 || order.contains(block.first().input() - 2))
        && (block.second().input() < 2 || order.contains(block.second().input() - 2));
  }

  private static Block renumbered(BlockCell cell, int at, List<Integer> order) {
    return BlockCell.renumbered(
            cell.blocks().get(at), input -> input < 2 ? input : order.indexOf(input - 2) + 2)
        .sorted();
  }

  @Test
  void canonical_twelveEqualBlocks_isFoundAtOnce() {
    var blocks = new ArrayList<>(Collections.nCopies(11, skips(0, 1)));
    blocks.add(skips(7, 9));

    assertThat(new BlockCell(blocks).canonical().blocks().get(11)).isEqualTo(skips(2, 3));
  }

  @Test
  void canonicalWithInputsAlike_swappedInputs_isOne() {
    BlockCell one = BlockCell.of(Block.adding(0, Operation.SKIP, 1, Operation.MAX_3X3));
    BlockCell other = BlockCell.of(Block.adding(1, Operation.SKIP, 0, Operation.MAX_3X3));

    assertThat(one.canonical()).isNotEqualTo(other.canonical());
    assertThat(one.canonicalWithInputsAlike()).isEqualTo(other.canonicalWithInputsAlike());
  }
}
