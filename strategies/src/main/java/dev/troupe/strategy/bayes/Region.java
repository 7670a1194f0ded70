package dev.troupe.strategy.bayes;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Where to look: the whole unit cube, or a box in it around a centre. Coordinates without an order
 * are not bounded, but like the others they keep the centre's value in most points that are drawn
 * (Eriksson, Pearce, Gardner, Turner, Poloczek 2019, arXiv:1910.01741). Immutable.
 */
final class Region {

  /** In a box, so many coordinates of a point are not the centre's on average. */
  private static final double CHANGED = 20;

  private final double[] center;
  private final double[] low;
  private final double[] high;
  private final boolean isWhole;

  private Region(double[] center, double[] low, double[] high, boolean isWhole) {
    this.center = center;
    this.low = low;
    this.high = high;
    this.isWhole = isWhole;
  }

  /** Returns the whole cube. */
  static Region whole(int dimensions) {
    var high = new double[dimensions];
    Arrays.fill(high, 1);
    return new Region(new double[dimensions], new double[dimensions], high, true);
  }

  /**
   * Returns a box, cut off at the ends of the cube.
   *
   * @param center allowed, shape [d]
   * @param sides lengths of its sides, shape [d]
   */
  static Region around(double[] center, double[] sides) {
    var low = new double[center.length];
    var high = new double[center.length];
    for (int j = 0; j < center.length; j++) {
      low[j] = Math.max(0, center[j] - sides[j] / 2);
      high[j] = Math.min(1, center[j] + sides[j] / 2);
    }
    return new Region(center.clone(), low, high, false);
  }

  /** Returns whether it is the whole cube. */
  boolean isWhole() {
    return isWhole;
  }

  /** Returns the lower bound of a coordinate. */
  double low(int index) {
    return low[index];
  }

  /** Returns the upper bound of a coordinate. */
  double high(int index) {
    return high[index];
  }

  /** Returns whether a value of an ordered coordinate lies within its bounds. */
  boolean contains(int index, double unit) {
    return unit >= low[index] && unit <= high[index];
  }

  /**
   * Returns a random point, allowed or not.
   *
   * @param space whose cube it is
   */
  double[] sample(CandidateSpace space, RandomGenerator random) {
    if (isWhole) {
      return space.sample(random);
    }
    double[] point = center.clone();
    double share = Math.min(1, CHANGED / point.length);
    int certain = random.nextInt(point.length);
    for (int j = 0; j < point.length; j++) {
      if (j == certain || random.nextDouble() < share) {
        point[j] = sample(space, j, random);
      }
    }
    return point;
  }

  private double sample(CandidateSpace space, int index, RandomGenerator random) {
    UnitCells cells = space.cells(index);
    return cells.isOrdered()
        ? cells.snap(low[index] + (high[index] - low[index]) * random.nextDouble())
        : space.sample(index, random);
  }

  /** Returns the value within the bounds that is nearest to {@code unit}. */
  double clip(int index, double unit) {
    return Math.max(low[index], Math.min(high[index], unit));
  }
}
