package dev.troupe.strategy.baseline;

/** A sequence of points that fill the unit cube evenly. */
@FunctionalInterface
interface PointSequence {

  /**
   * Returns the point of an index.
   *
   * @param index at least 0
   * @return shape [d], each in [0, 1)
   */
  double[] point(long index);
}
