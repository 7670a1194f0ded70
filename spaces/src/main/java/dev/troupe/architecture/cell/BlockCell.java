package dev.troupe.architecture.cell;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * A cell of blocks, each of which reads two states: the outputs of the two previous cells and of
 * the blocks before it (Zoph et al. 2018, arXiv:1707.07012). See {@link Block} for how states are
 * numbered.
 *
 * @param blocks at least one; unmodifiable
 */
public record BlockCell(List<Block> blocks) implements Comparable<BlockCell> {

  /** How many states a cell has before its first block. */
  public static final int INPUTS = 2;

  /** Checks that there is a block and that each reads states before its own. */
  public BlockCell {
    blocks = List.copyOf(blocks);
    if (blocks.isEmpty()) {
      throw new IllegalArgumentException(
          "A cell needs a block, but had none. Maybe add sep3x3(0) + skip(1).");
    }
    for (int i = 0; i < blocks.size(); i++) {
      int highest = Math.max(blocks.get(i).first().input(), blocks.get(i).second().input());
      if (highest >= i + INPUTS) {
        throw new IllegalArgumentException(
            "Block %d of a cell reads states from 0 to %d, but this one read %d. Maybe %d."
                .formatted(i + 1, i + INPUTS - 1, highest, i + INPUTS - 1));
      }
    }
  }

  /** Returns a cell of these blocks. */
  public static BlockCell of(Block... blocks) {
    return new BlockCell(List.of(blocks));
  }

  /** Returns how many blocks there are. */
  public int size() {
    return blocks.size();
  }

  /** Returns how many states there are: the blocks and the inputs of the cell. */
  public int states() {
    return blocks.size() + INPUTS;
  }

  /** Returns whether a block reads a state. */
  public boolean reads(int state) {
    return blocks.stream().anyMatch(block -> block.reads(state));
  }

  /** Returns the states that are blocks which no block reads, in order; at least one. */
  public List<Integer> looseEnds() {
    return IntStream.range(INPUTS, states()).filter(state -> !reads(state)).boxed().toList();
  }

  /** Returns the states of which the cell concatenates the outputs, in order. */
  public List<Integer> ends(Ends ends) {
    return ends == Ends.LOOSE ? looseEnds() : IntStream.range(INPUTS, states()).boxed().toList();
  }

  /**
   * Returns the cell that stands for all those which differ from this one in the order of halves or
   * of blocks alone: halves are sorted, and blocks are in the order in which the sequence of blocks
   * is least. Exact; it takes long only in cells of many blocks that look alike and are not.
   */
  public BlockCell canonical() {
    return BlockOrder.least(this);
  }

  /**
   * Returns {@link #canonical}, or that of the cell with its two inputs swapped if it is less: for
   * networks in which both inputs are the same.
   */
  public BlockCell canonicalWithInputsAlike() {
    BlockCell one = canonical();
    BlockCell other = renumbered(state -> state < INPUTS ? 1 - state : state).canonical();
    return other.compareTo(one) < 0 ? other : one;
  }

  /** Returns the cell with states renumbered where blocks read them; blocks keep their places. */
  private BlockCell renumbered(IntUnaryOperator number) {
    return new BlockCell(blocks.stream().map(block -> renumbered(block, number)).toList());
  }

  static Block renumbered(Block block, IntUnaryOperator number) {
    return new Block(
        block.first().reading(number.applyAsInt(block.first().input())),
        block.second().reading(number.applyAsInt(block.second().input())),
        block.combine());
  }

  /** Returns the cell with a further block. */
  public BlockCell extended(Block block) {
    var longer = new ArrayList<Block>(blocks);
    longer.add(block);
    return new BlockCell(longer);
  }

  /**
   * Returns the cell with every further block that adds two of {@code operations}, one for both
   * orders of its halves: with s states and o operations {@code so(so + 1) / 2} cells (Liu et al.
   * 2018, arXiv:1712.00559).
   */
  public List<BlockCell> extensions(List<Operation> operations) {
    return blocksOver(states(), operations).stream().map(this::extended).toList();
  }

  /** Returns all cells of one block that adds two of {@code operations}, as for extensions. */
  public static List<BlockCell> smallest(List<Operation> operations) {
    return blocksOver(INPUTS, operations).stream().map(BlockCell::of).toList();
  }

  private static List<Block> blocksOver(int states, List<Operation> operations) {
    var halves = new ArrayList<Block.Half>();
    for (int input = 0; input < states; input++) {
      for (Operation operation : operations) {
        halves.add(new Block.Half(input, operation));
      }
    }
    var found = new ArrayList<Block>();
    for (int i = 0; i < halves.size(); i++) {
      for (int j = i; j < halves.size(); j++) {
        found.add(new Block(halves.get(i), halves.get(j), Combine.ADD));
      }
    }
    return found;
  }

  /** Orders cells by their number of blocks, then block by block. */
  @Override
  public int compareTo(BlockCell other) {
    int order = Integer.compare(size(), other.size());
    for (int i = 0; order == 0 && i < size(); i++) {
      order = blocks.get(i).compareTo(other.blocks.get(i));
    }
    return order;
  }

  /** Returns the form {@code 2 = sep3x3(0) + skip(1), 3 = …}. */
  @Override
  public String toString() {
    return String.join(
        ", ",
        IntStream.range(0, size()).mapToObj(i -> i + INPUTS + " = " + blocks.get(i)).toList());
  }
}
