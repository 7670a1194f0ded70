package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Window;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Where the numbers of a tensor lie in the array that Deeplearning4j trains. A dilated kernel is
 * trained as a dense one of its full extent, between whose taps there are zeros: oneDNN has no
 * dilated convolutions.
 */
final class KernelLayout {

  private final int arraySize;
  private final int @Nullable [] positions;

  private KernelLayout(int arraySize, int @Nullable [] positions) {
    this.arraySize = arraySize;
    this.positions = positions;
  }

  /** Returns the layout in which both are the same, row by row. */
  static KernelLayout same(int size) {
    return new KernelLayout(size, null);
  }

  /**
   * Returns the layout of {@code [filters, channels, height, width]} in the same with the window's
   * extent in place of height and width.
   */
  static KernelLayout convolution(int filters, int channels, Window window) {
    int area = window.extentHeight() * window.extentWidth();
    if (area == window.taps()) {
      return same(filters * channels * area);
    }
    int[] taps = taps(window, 1);
    int[] positions = new int[filters * channels * taps.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = i / taps.length * area + taps[i % taps.length];
    }
    return new KernelLayout(filters * channels * area, positions);
  }

  /**
   * Returns the layout of {@code [channels, height, width]} in {@code [extent height, extent width,
   * channels, 1]}.
   */
  static KernelLayout depthwise(int channels, Window window) {
    int[] taps = taps(window, channels);
    int[] positions = new int[channels * taps.length];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = taps[i % taps.length] + i / taps.length;
    }
    return new KernelLayout(window.extentHeight() * window.extentWidth() * channels, positions);
  }

  /** Returns where the taps of a window lie in its extent, row by row, times {@code unit}. */
  private static int[] taps(Window window, int unit) {
    int[] taps = new int[window.taps()];
    for (int i = 0; i < taps.length; i++) {
      int row = i / window.width() * window.dilation();
      int column = i % window.width() * window.dilation();
      taps[i] = (row * window.extentWidth() + column) * unit;
    }
    return taps;
  }

  /** Returns how many numbers of the array are no number of the tensor and stay zero. */
  int zeros() {
    return positions == null ? 0 : arraySize - positions.length;
  }

  /** Returns the array of a tensor. */
  double[] toArray(double[] tensor) {
    if (positions == null) {
      return tensor;
    }
    var array = new double[arraySize];
    for (int i = 0; i < positions.length; i++) {
      array[positions[i]] = tensor[i];
    }
    return array;
  }

  /** Returns the tensor in an array. */
  double[] toTensor(double[] array) {
    if (positions == null) {
      return array;
    }
    var tensor = new double[positions.length];
    for (int i = 0; i < positions.length; i++) {
      tensor[i] = array[positions[i]];
    }
    return tensor;
  }

  /** Returns the array that is 1 where it holds a number of the tensor and 0 elsewhere. */
  double[] mask() {
    var ones = new double[positions == null ? arraySize : positions.length];
    Arrays.fill(ones, 1);
    return toArray(ones);
  }
}
