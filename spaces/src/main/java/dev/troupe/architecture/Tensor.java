package dev.troupe.architecture;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * An array of numbers that a layer owns.
 *
 * @param name unique in its layer, such as {@code weights} or {@code bias}
 * @param sides its shape, each side at least 1; unmodifiable
 * @param trainable whether gradients change it; a running statistic is not
 */
public record Tensor(String name, List<Integer> sides, boolean trainable) {

  /** Requires a name and copies the sides. */
  public Tensor {
    requireNonNull(name, "name");
    sides = List.copyOf(sides);
  }

  static Tensor trained(String name, Integer... sides) {
    return new Tensor(name, List.of(sides), true);
  }

  static Tensor statistic(String name, int side) {
    return new Tensor(name, List.of(side), false);
  }

  /**
   * Returns how many numbers it holds.
   *
   * @throws ArithmeticException if they exceed a {@code long}
   */
  public long size() {
    long size = 1;
    for (int side : sides) {
      size = Math.multiplyExact(size, side);
    }
    return size;
  }
}
