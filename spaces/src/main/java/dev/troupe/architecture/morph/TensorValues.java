package dev.troupe.architecture.morph;

import dev.troupe.architecture.Tensor;
import java.util.Arrays;
import java.util.List;

/** Fills arrays, in the order of their sides, the last varying fastest. */
final class TensorValues {

  private TensorValues() {}

  static double[] filled(Tensor tensor, double value) {
    var values = new double[Math.toIntExact(tensor.size())];
    Arrays.fill(values, value);
    return values;
  }

  static double[] diagonal(Tensor tensor, WeightOrigin.Diagonal diagonal) {
    List<Integer> sides = tensor.sides();
    var values = new double[Math.toIntExact(tensor.size())];
    int channels =
        sides.subList(0, diagonal.leading()).stream().mapToInt(Integer::intValue).min().orElse(0);
    for (int channel = 0; channel < channels; channel++) {
      int place = 0;
      for (int axis = 0; axis < sides.size(); axis++) {
        int at =
            axis < diagonal.leading() ? channel : diagonal.tap().get(axis - diagonal.leading());
        place = place * sides.get(axis) + at;
      }
      values[place] = 1;
    }
    return values;
  }

  static double[] stretched(double[] old, List<AxisMap> axes) {
    int size = 1;
    for (AxisMap axis : axes) {
      size = Math.multiplyExact(size, axis.size());
    }
    var values = new double[size];
    fill(values, 0, old, 0, 1, axes);
    return values;
  }

  /** Fills what lies below fixed places on the axes so far; returns how many numbers that is. */
  private static int fill(
      double[] values, int at, double[] old, int oldAt, double factor, List<AxisMap> axes) {
    if (axes.isEmpty()) {
      values[at] = factor == 0 ? 0 : factor * old[oldAt]; // zero times infinity would be NaN
      return 1;
    }
    AxisMap axis = axes.get(0);
    List<AxisMap> rest = axes.subList(1, axes.size());
    int filled = 0;
    for (int i = 0; i < axis.size(); i++) {
      int source = Math.max(0, axis.source(i));
      filled +=
          fill(
              values,
              at + filled,
              old,
              oldAt * axis.oldSize() + source,
              factor * axis.factor(i),
              rest);
    }
    return filled;
  }
}
