package dev.troupe.architecture.cell;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the least order of the blocks of a cell. At each place the least block of those that can
 * stand there is taken; where several are equally small each is tried, but for those whose exchange
 * leaves the cell as it is.
 */
final class BlockOrder {

  private final BlockCell cell;

  /** New numbers of states by their old ones; -1 where a block has no place yet. */
  private final int[] numbers;

  private final List<Block> placed = new ArrayList<>();
  private @Nullable BlockCell best;

  private BlockOrder(BlockCell cell) {
    this.cell = cell;
    numbers = new int[cell.states()];
    Arrays.fill(numbers, -1);
    for (int i = 0; i < BlockCell.INPUTS; i++) {
      numbers[i] = i;
    }
  }

  static BlockCell least(BlockCell cell) {
    var order = new BlockOrder(cell);
    order.place();
    return order.best == null ? cell : order.best;
  }

  private void place() {
    if (placed.size() == cell.size()) {
      var found = new BlockCell(placed);
      best = best == null || found.compareTo(best) < 0 ? found : best;
      return;
    }
    List<Integer> candidates = leastCandidates();
    for (int i = 0; i < candidates.size(); i++) {
      int state = candidates.get(i);
      if (candidates.subList(0, i).stream().noneMatch(known -> areAlike(known, state))) {
        numbers[state] = placed.size() + BlockCell.INPUTS;
        placed.add(renumbered(state));
        place();
        placed.remove(placed.size() - 1);
        numbers[state] = -1;
      }
    }
  }

  /** Returns the states without a place whose blocks are the least of those that are ready. */
  private List<Integer> leastCandidates() {
    var candidates = new ArrayList<Integer>();
    Block least = null;
    for (int state = BlockCell.INPUTS; state < cell.states(); state++) {
      if (numbers[state] < 0 && isReady(block(state))) {
        Block block = renumbered(state);
        int order = least == null ? -1 : block.compareTo(least);
        if (order < 0) {
          candidates.clear();
          least = block;
        }
        if (order <= 0) {
          candidates.add(state);
        }
      }
    }
    return candidates;
  }

  private boolean isReady(Block block) {
    return numbers[block.first().input()] >= 0 && numbers[block.second().input()] >= 0;
  }

  private Block block(int state) {
    return cell.blocks().get(state - BlockCell.INPUTS);
  }

  private Block renumbered(int state) {
    return BlockCell.renumbered(block(state), input -> numbers[input]).sorted();
  }

  /** Returns whether two blocks that do the same also are read in the same way by each block. */
  private boolean areAlike(int one, int other) {
    for (Block block : cell.blocks()) {
      Block swapped =
          BlockCell.renumbered(block, input -> input == one ? other : input == other ? one : input);
      if (!swapped.sorted().equals(block.sorted())) {
        return false;
      }
    }
    return true;
  }
}
