package dev.troupe.estimator.curve;

import dev.troupe.study.Direction;

/**
 * What a curve will have come to at the horizon, as a distribution of the value that will be
 * measured there (noise included), in the metric's own unit. Immutable and thread safe.
 *
 * <p>Where a training has diverged, or may, values can be infinite: in the bad direction.
 */
public interface CurvePrediction {

  /** Returns the mean; rather use {@link #median}, which a few diverging trainings do not move. */
  double mean();

  /** Returns the standard deviation, at least 0. */
  double standardDeviation();

  /**
   * Returns a quantile.
   *
   * @param probability in (0, 1), of values that are smaller
   * @throws IllegalArgumentException if it is not
   */
  double quantile(double probability);

  /** Returns the probability, in [0, 1], that the value at the horizon is smaller than this. */
  double probabilityBelow(double value);

  /** Returns the median: half of the probability lies on each side. */
  default double median() {
    return quantile(0.5);
  }

  /** Returns the probability, in [0, 1], that the value at the horizon is better than this. */
  default double probabilityBetter(double value, Direction direction) {
    double below = probabilityBelow(value);
    return direction == Direction.MINIMIZE ? below : 1 - below;
  }
}
