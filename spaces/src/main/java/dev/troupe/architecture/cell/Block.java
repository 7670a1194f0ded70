package dev.troupe.architecture.cell;

import static java.util.Objects.requireNonNull;

import java.util.Comparator;

/**
 * A node of a cell that reads two states of the cell, each through an operation. States are
 * numbered: 0 is the output of the cell before the previous one, 1 that of the previous one, and 2
 * and on are the blocks of the cell in order.
 *
 * @param first one half
 * @param second the other; the order of halves means nothing
 * @param combine how one is made of both
 */
public record Block(Half first, Half second, Combine combine) implements Comparable<Block> {

  private static final Comparator<Block> ORDER =
      Comparator.comparing(Block::first).thenComparing(Block::second).thenComparing(Block::combine);

  /** Requires all three. */
  public Block {
    requireNonNull(first, "first");
    requireNonNull(second, "second");
    requireNonNull(combine, "combine");
  }

  /** Returns a block that adds its halves. */
  public static Block adding(
      int firstInput, Operation firstOperation, int secondInput, Operation secondOperation) {
    return new Block(
        new Half(firstInput, firstOperation), new Half(secondInput, secondOperation), Combine.ADD);
  }

  /** Returns the block whose first half is not above its second. */
  public Block sorted() {
    return first.compareTo(second) <= 0
        ? this
        : new Block(/* first= */ second, /* second= */ first, combine);
  }

  /** Returns whether one of its halves reads a state. */
  public boolean reads(int state) {
    return first.input() == state || second.input() == state;
  }

  /** Orders blocks by their halves as they stand. */
  @Override
  public int compareTo(Block other) {
    return ORDER.compare(this, other);
  }

  /** Returns the form {@code sep3x3(0) + skip(1)}. */
  @Override
  public String toString() {
    return first + (combine == Combine.ADD ? " + " : " | ") + second;
  }

  /**
   * An operation on a state.
   *
   * @param input the state, at least 0
   * @param operation what is done to it
   */
  public record Half(int input, Operation operation) implements Comparable<Half> {

    private static final Comparator<Half> ORDER =
        Comparator.comparingInt(Half::input).thenComparing(Half::operation);

    /** Checks the range above. */
    public Half {
      requireNonNull(operation, "operation");
      if (input < 0) {
        throw new IllegalArgumentException(
            "A state of a cell is numbered from 0, but was %d. Maybe 0.".formatted(input));
      }
    }

    Half reading(int newInput) {
      return new Half(newInput, operation);
    }

    @Override
    public int compareTo(Half other) {
      return ORDER.compare(this, other);
    }

    /** Returns the form {@code sep3x3(0)}. */
    @Override
    public String toString() {
      return operation + "(" + input + ")";
    }
  }
}
