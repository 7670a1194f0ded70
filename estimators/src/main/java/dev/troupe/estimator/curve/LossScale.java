package dev.troupe.estimator.curve;

import dev.troupe.study.Direction;

/**
 * Turns a metric of any kind into the logarithm of a positive loss, and back. A loss counts from
 * its floor, an accuracy from its ceiling:
 *
 * <ul>
 *   <li>losses above 0 have the floor 0; where some are not, the floor lies as far below the least
 *       one as that below the greatest;
 *   <li>scores in [0, 1] have the ceiling 1, others from 0 to 100 (per cent) the ceiling 100; where
 *       some are beyond that, the ceiling lies above them likewise.
 * </ul>
 *
 * <p>The unit makes the first loss 0.9, so that a curve looks like an accuracy that starts at 0.1,
 * whatever its scale.
 */
record LossScale(Direction direction, double bound, double unit, double least) {

  /** A loss of zero, which has no logarithm, counts as this part of the greatest. */
  private static final double SMALLEST = 1e-4;

  private static final double FIRST_LOSS = 0.9;

  /** Values beyond it count as this: so much can be multiplied without becoming infinite. */
  private static final double MOST = 1e290;

  /**
   * Returns the scale for some values.
   *
   * @param values what is known; those that are not finite do not count, but one must be
   */
  static LossScale of(double[] values, Direction direction) {
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    double first = Double.NaN;
    for (double each : values) {
      if (Double.isFinite(each)) {
        double value = clamp(each);
        first = Double.isNaN(first) ? value : first;
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
    double bound = direction == Direction.MINIMIZE ? floor(low, high) : ceiling(low, high);
    double greatest = Math.max(Math.abs(low - bound), Math.abs(high - bound));
    double least = greatest > 0 ? SMALLEST * greatest : 1;
    double unit = Math.max(Math.abs(first - bound), least) / FIRST_LOSS;
    return new LossScale(direction, bound, unit, least);
  }

  private static double floor(double low, double high) {
    return low >= 0 ? 0 : low - spread(low, high);
  }

  private static double ceiling(double low, double high) {
    if (low >= 0 && high <= 100) {
      return high <= 1 ? 1 : 100;
    }
    return high + spread(low, high);
  }

  private static double spread(double low, double high) {
    return high > low ? high - low : Math.max(Math.abs(low), 1);
  }

  private static double clamp(double value) {
    return Math.max(-MOST, Math.min(MOST, value));
  }

  /** Returns the logarithm of the loss of a finite value. */
  double log(double value) {
    double loss = direction == Direction.MINIMIZE ? clamp(value) - bound : bound - clamp(value);
    return StrictMath.log(Math.max(loss, least) / unit);
  }

  /** Returns the value whose loss has this logarithm. */
  double value(double log) {
    return valueOfLoss(StrictMath.exp(log));
  }

  /** Returns the value of a loss on this scale, which may lie below 0, beyond the bound. */
  double valueOfLoss(double scaled) {
    double loss = unit * scaled;
    return direction == Direction.MINIMIZE ? bound + loss : bound - loss;
  }
}
