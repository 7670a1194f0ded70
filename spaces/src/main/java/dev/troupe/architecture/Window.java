package dev.troupe.architecture;

import static java.util.Objects.requireNonNull;

/**
 * A window that moves over a picture: the kernel of a convolution or the field of a pooling.
 *
 * @param height rows of the kernel, at least 1
 * @param width columns of the kernel, at least 1
 * @param strideHeight rows from one position to the next, at least 1
 * @param strideWidth columns from one position to the next, at least 1
 * @param dilation distance between neighbouring taps, 1 where they touch
 * @param padding what lies beyond the border
 */
public record Window(
    int height, int width, int strideHeight, int strideWidth, int dilation, Padding padding) {

  private static final int LARGEST = 1 << 15;

  /** Checks the ranges above, and that no side exceeds 32,768. */
  public Window {
    requireNonNull(padding, "padding");
    requireSide("height", height);
    requireSide("width", width);
    requireSide("stride", strideHeight);
    requireSide("stride", strideWidth);
    requireSide("dilation", dilation);
  }

  private static void requireSide(String what, int value) {
    if (value < 1 || value > LARGEST) {
      throw new IllegalArgumentException(
          "A window's %s must be from 1 to %d, but was %d. Maybe 1."
              .formatted(what, LARGEST, value));
    }
  }

  /** Returns a window of {@code side x side} that moves pixel by pixel, padded with zeros. */
  public static Window square(int side) {
    return of(side, side);
  }

  /** Returns a window of {@code height x width} that moves pixel by pixel, padded with zeros. */
  public static Window of(int height, int width) {
    return new Window(height, width, 1, 1, 1, Padding.SAME);
  }

  /** Returns the window with this stride in both directions. */
  public Window withStride(int stride) {
    return withStride(stride, stride);
  }

  /** Returns the window with these strides. */
  public Window withStride(int newHeight, int newWidth) {
    return new Window(height, width, newHeight, newWidth, dilation, padding);
  }

  /** Returns the window with taps this far apart. */
  public Window withDilation(int newDilation) {
    return new Window(height, width, strideHeight, strideWidth, newDilation, padding);
  }

  /** Returns the window that stays inside the picture. */
  public Window inside() {
    return new Window(height, width, strideHeight, strideWidth, dilation, Padding.VALID);
  }

  /** Returns how many weights it has for a pair of channels. */
  public int taps() {
    return height * width;
  }

  /** Returns whether it moves by more than a pixel. */
  public boolean isStrided() {
    return strideHeight > 1 || strideWidth > 1;
  }

  /** Returns the rows from the first tap to the last. */
  public int extentHeight() {
    return extent(height);
  }

  /** Returns the columns from the first tap to the last. */
  public int extentWidth() {
    return extent(width);
  }

  private int extent(int side) {
    return (side - 1) * dilation + 1;
  }

  /**
   * Returns the shape after the window has moved over {@code input}, channels unchanged.
   *
   * @throws IllegalArgumentException if it stays inside and is larger than the picture
   */
  public Shape over(Shape input) {
    return new Shape(
        input.channels(),
        positions(input.height(), extentHeight(), strideHeight, input),
        positions(input.width(), extentWidth(), strideWidth, input));
  }

  private int positions(int size, int extent, int stride, Shape input) {
    if (padding == Padding.SAME) {
      return (size + stride - 1) / stride;
    }
    if (extent > size) {
      throw new IllegalArgumentException(
          "its window of %d x %d must fit into its input, but that is %s. Maybe make the window smaller, or pad it."
              .formatted(extentHeight(), extentWidth(), input));
    }
    return (size - extent + stride) / stride;
  }

  /** Returns the zeros above a picture of this height. */
  public int paddingAbove(int inputHeight) {
    return before(inputHeight, extentHeight(), strideHeight);
  }

  /** Returns the zeros to the left of a picture of this width. */
  public int paddingLeft(int inputWidth) {
    return before(inputWidth, extentWidth(), strideWidth);
  }

  private int before(int size, int extent, int stride) {
    if (padding == Padding.VALID) {
      return 0;
    }
    int positions = (size + stride - 1) / stride;
    return Math.max(0, (positions - 1) * stride + extent - size) / 2;
  }

  /** Returns the form {@code 3x3/2} with what is not usual: stride, dilation, no padding. */
  @Override
  public String toString() {
    var text = new StringBuilder().append(height).append('x').append(width);
    if (isStrided()) {
      text.append('/').append(strideHeight);
      if (strideWidth != strideHeight) {
        text.append('x').append(strideWidth);
      }
    }
    if (dilation > 1) {
      text.append(" dilated ").append(dilation);
    }
    if (padding == Padding.VALID) {
      text.append(" inside");
    }
    return text.toString();
  }
}
