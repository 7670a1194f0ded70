package dev.troupe.architecture.macro;

import dev.troupe.architecture.Shape;
import org.jspecify.annotations.Nullable;

/**
 * Where a walk through a {@link ChainGraph} stands. It carries the true size of the representation;
 * {@link #key} has its bin instead, as a table of values wants it.
 *
 * @param layers how many have been appended, the end included
 * @param last the step that led here, null at the start
 * @param dense how many fully connected layers the chain ends with
 * @param shape of the representation
 * @param bin of the representation's size, 0 for the largest
 */
public record ChainState(int layers, @Nullable ChainStep last, int dense, Shape shape, int bin) {

  /** Returns whether the chain has its end. */
  public boolean isEnd() {
    return last != null && last.isEnd();
  }

  /** Returns the smaller side of the representation, into which windows have to fit. */
  int smallerSide() {
    return Math.min(shape.height(), shape.width());
  }

  /**
   * Returns the text that is equal for states that the paper does not tell apart: depth, layer and
   * its parameters, dense layers in a row, bin of the size.
   */
  public String key() {
    String layer = last == null ? "start" : last.text();
    return isEnd() ? layer : "%d %s %d %d".formatted(layers, layer, dense, bin);
  }
}
