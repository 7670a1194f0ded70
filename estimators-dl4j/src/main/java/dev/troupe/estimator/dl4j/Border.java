package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Padding;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import org.deeplearning4j.nn.conf.ConvolutionMode;

/**
 * How Deeplearning4j is told of the zeros around a picture. It can add as many on both sides, or in
 * its mode {@code Same} one more at the end; but that mode is wrong where a window leaves out
 * pixels at the end, which are cut off before then.
 *
 * @param mode of the layer
 * @param above zeros in front of the first row
 * @param left zeros in front of the first column
 * @param cropped what the layer reads: the input without what no window sees, if that matters
 */
record Border(ConvolutionMode mode, int above, int left, Shape cropped) {

  /** Returns the border of a window over an input. */
  static Border of(Window window, Shape input) {
    int rows = 0;
    int columns = 0;
    if (window.padding() == Padding.SAME) {
      rows = missing(input.height(), window.extentHeight(), window.strideHeight());
      columns = missing(input.width(), window.extentWidth(), window.strideWidth());
    }
    if (isEven(rows) && isEven(columns)) {
      return new Border(
          ConvolutionMode.Truncate, Math.max(0, rows) / 2, Math.max(0, columns) / 2, input);
    }
    var cropped =
        new Shape(
            input.channels(),
            input.height() + Math.min(0, rows),
            input.width() + Math.min(0, columns));
    return new Border(ConvolutionMode.Same, 0, 0, cropped);
  }

  /** Returns how many zeros a side needs; what no window sees counts below zero. */
  private static int missing(int size, int extent, int stride) {
    int positions = (size + stride - 1) / stride;
    return (positions - 1) * stride + extent - size;
  }

  private static boolean isEven(int zeros) {
    return zeros <= 0 || zeros % 2 == 0;
  }
}
