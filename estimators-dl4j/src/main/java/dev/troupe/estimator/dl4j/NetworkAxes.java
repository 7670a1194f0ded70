package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.NestedRows;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.study.FidelityRange;
import java.util.ArrayList;
import java.util.List;

/** On which axes a training can spend less, for its data and its networks. */
final class NetworkAxes {

  /** Smaller pictures show nothing, and smaller networks learn nothing. */
  private static final double LEAST_RESOLUTION = 0.25;

  private static final int LEAST_SIDE = 4;
  private static final double LEAST_WIDTH = 0.125;

  private NetworkAxes() {}

  /**
   * Returns the ranges, {@code epochs} first.
   *
   * @param epochs of a whole training
   * @param repeats of a whole evaluation
   */
  static List<FidelityRange> of(
      NetworkFactory factory, PreparedData data, NestedRows rows, int epochs, int repeats) {
    var axes = new ArrayList<FidelityRange>();
    axes.add(new FidelityRange(Effort.EPOCHS, 1, epochs));
    addIfLess(axes, Effort.DATA, rows.leastFraction(), 1);
    if (!factory.hasHeirs()) { // heirs must have the shapes that their parents left
      if (data.shape().isImage()) {
        double side = Math.min(data.shape().height(), data.shape().width());
        addIfLess(axes, Effort.RESOLUTION, Math.max(LEAST_RESOLUTION, LEAST_SIDE / side), 1);
      }
      addIfLess(axes, Effort.WIDTH, LEAST_WIDTH, 1);
      addIfLess(axes, Effort.CELLS, 1.0 / factory.repeatedCells(), 1);
    }
    addIfLess(axes, Effort.REPEATS, 1, repeats);
    return List.copyOf(axes);
  }

  private static void addIfLess(List<FidelityRange> axes, String axis, double low, double high) {
    if (low < high) {
      axes.add(new FidelityRange(axis, low, high));
    }
  }
}
