package dev.troupe.architecture.cell;

import java.util.ArrayList;
import java.util.List;

/**
 * Cells as numbers for predictors: which node reads which, and by which operation, one-hot. Pure;
 * the reverse of each is exact.
 */
public final class CellEncoding {

  private CellEncoding() {}

  /**
   * Returns how many numbers {@link #oneHot(BlockCell, int, List)} has: for each block two halves
   * of {@code blocks + 1} states and the operations, and 1 for the combination.
   */
  public static int length(int blocks, List<Operation> operations) {
    return blocks * (2 * half(blocks, operations) + 1);
  }

  private static int half(int blocks, List<Operation> operations) {
    return blocks + 1 + operations.size(); // the last block reads no state beyond the one before
  }

  /**
   * Returns a cell as numbers 0 and 1. Cells that are equal but for the order of blocks or halves
   * have different numbers; take {@link BlockCell#canonical} first where that matters.
   *
   * @param blocks the most that a cell can have; those that are missing are zeros
   * @param operations all that a cell can have
   * @return shape {@code [length]}: for each block the input and the operation of its first half,
   *     those of its second, and 1 if it concatenates
   * @throws IllegalArgumentException if the cell has more blocks or other operations
   */
  public static double[] oneHot(BlockCell cell, int blocks, List<Operation> operations) {
    if (cell.size() > blocks) {
      throw new IllegalArgumentException(
          "A cell of at most %d blocks can be encoded here, but this one has %d. Maybe encode for %d blocks."
              .formatted(blocks, cell.size(), cell.size()));
    }
    var code = new double[length(blocks, operations)];
    int at = 0;
    for (Block block : cell.blocks()) {
      for (Block.Half half : List.of(block.first(), block.second())) {
        code[at + half.input()] = 1;
        code[at + blocks + 1 + index(half.operation(), operations)] = 1;
        at += half(blocks, operations);
      }
      code[at++] = block.combine() == Combine.CONCATENATE ? 1 : 0;
    }
    return code;
  }

  /**
   * Returns the cell that has this code.
   *
   * @param blocks and operations as they were for {@link #oneHot(BlockCell, int, List)}
   * @throws IllegalArgumentException if no cell has
   */
  public static BlockCell blockCell(double[] code, int blocks, List<Operation> operations) {
    requireLength(code, length(blocks, operations));
    var found = new ArrayList<Block>();
    int size = 2 * half(blocks, operations) + 1;
    for (int at = 0; at < code.length && one(code, at, blocks + 1) >= 0; at += size) {
      Block.Half first = half(code, at, blocks, operations);
      Block.Half second = half(code, at + size / 2, blocks, operations);
      boolean concatenates = code[at + size - 1] != 0;
      found.add(new Block(first, second, concatenates ? Combine.CONCATENATE : Combine.ADD));
    }
    return new BlockCell(found);
  }

  private static Block.Half half(double[] code, int at, int blocks, List<Operation> operations) {
    int input = one(code, at, blocks + 1);
    int operation = one(code, at + blocks + 1, operations.size());
    if (input < 0 || operation < 0) {
      throw new IllegalArgumentException(
          "Each half of a block has an input and an operation, but the code has none from number %d on. Maybe it is no code of a cell of blocks."
              .formatted(at));
    }
    return new Block.Half(input, operations.get(operation));
  }

  /**
   * Returns a cell as numbers 0 and 1: the adjacency of its nodes and the operations on it.
   *
   * @param operations all that a cell can have
   * @return shape {@code [edges * operations]}: for each edge in the order of the cell the
   *     operation, one-hot
   * @throws IllegalArgumentException if the cell has other operations
   */
  public static double[] oneHot(EdgeCell cell, List<Operation> operations) {
    var code = new double[cell.operations().size() * operations.size()];
    for (int i = 0; i < cell.operations().size(); i++) {
      code[i * operations.size() + index(cell.operations().get(i), operations)] = 1;
    }
    return code;
  }

  /**
   * Returns the cell that has this code.
   *
   * @param nodes of the cell
   * @param operations as they were for {@link #oneHot(EdgeCell, List)}
   * @throws IllegalArgumentException if no cell has
   */
  public static EdgeCell edgeCell(double[] code, int nodes, List<Operation> operations) {
    requireLength(code, EdgeGraph.pairs(nodes) * operations.size());
    var found = new ArrayList<Operation>();
    for (int at = 0; at < code.length; at += operations.size()) {
      int operation = one(code, at, operations.size());
      if (operation < 0) {
        throw new IllegalArgumentException(
            "Each edge has an operation, but the code has none from number %d on. Maybe it is no code of a cell of edges."
                .formatted(at));
      }
      found.add(operations.get(operation));
    }
    return new EdgeCell(nodes, found);
  }

  private static int index(Operation operation, List<Operation> operations) {
    int index = operations.indexOf(operation);
    if (index < 0) {
      throw new IllegalArgumentException(
          "A cell of %s can be encoded here, but this one has %s. Maybe add it to the list."
              .formatted(operations, operation));
    }
    return index;
  }

  /** Returns which of some numbers is the first that is not 0, or -1. */
  private static int one(double[] code, int from, int count) {
    for (int i = 0; i < count; i++) {
      if (code[from + i] != 0) {
        return i;
      }
    }
    return -1;
  }

  private static void requireLength(double[] code, int length) {
    if (code.length != length) {
      throw new IllegalArgumentException(
          "The code of such a cell has %d numbers, but this one has %d. Maybe it was made for another space."
              .formatted(length, code.length));
    }
  }
}
