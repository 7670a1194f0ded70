package dev.troupe.strategy.bayes;

import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Parameter;
import java.util.OptionalLong;

/**
 * One coordinate of the unit cube as a search over it sees it: a continuum, or cells of which only
 * the centres count. A number with more than 256 values counts as a continuum. Immutable.
 */
final class UnitCells {

  private static final int MOST_CELLS = 256;

  private final boolean ordered;

  /** Ascending; empty for a continuum. */
  private final double[] centers;

  private UnitCells(boolean ordered, double[] centers) {
    this.ordered = ordered;
    this.centers = centers;
  }

  static UnitCells of(Parameter parameter) {
    boolean ordered =
        !(parameter instanceof BooleanParameter)
            && !(parameter instanceof CategoricalParameter choice && !choice.ordered());
    OptionalLong cardinality = parameter.cardinality();
    if (ordered && cardinality.orElse(Long.MAX_VALUE) > MOST_CELLS) {
      return new UnitCells(true, new double[0]);
    }
    var centers = new double[(int) cardinality.orElseThrow()];
    for (int i = 0; i < centers.length; i++) {
      centers[i] = parameter.encode(parameter.value(i));
    }
    return new UnitCells(ordered, centers);
  }

  /** Returns whether neighbouring values are alike. */
  boolean isOrdered() {
    return ordered;
  }

  /** Returns whether there are no cells. */
  boolean isContinuous() {
    return centers.length == 0;
  }

  /** Returns whether there is nothing to choose. */
  boolean isConstant() {
    return centers.length == 1;
  }

  /** Returns the number of cells, 0 for a continuum. */
  int count() {
    return centers.length;
  }

  /** Returns the centre of a cell. */
  double center(int index) {
    return centers[index];
  }

  /** Returns the cell whose centre is nearest. */
  int index(double unit) {
    int low = 0;
    int high = centers.length - 1;
    while (high - low > 1) {
      int middle = (low + high) >>> 1;
      if (centers[middle] <= unit) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return unit - centers[low] <= centers[high] - unit ? low : high;
  }

  /** Returns the point that stands for {@code unit}: itself within [0, 1], or a centre. */
  double snap(double unit) {
    return isContinuous() ? Math.max(0, Math.min(1, unit)) : centers[index(unit)];
  }
}
