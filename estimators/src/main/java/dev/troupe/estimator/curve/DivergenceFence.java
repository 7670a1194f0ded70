package dev.troupe.estimator.curve;

import dev.troupe.study.Direction;
import java.util.List;

/**
 * How bad a value counts at most. A diverged training ends at any number, or none, and one of them
 * would outweigh a thousand others in a mean; that it is worse than all which learned is enough.
 * The fence lies as far beyond the usual worst (of the first values 95 in a hundred, of the last
 * values three in four are better) as that lies from the best last value. Immutable and thread
 * safe.
 *
 * @param direction which values are better
 * @param loss the greatest loss that counts, as {@link Direction#toLoss} has it; infinite where
 *     nothing is known
 */
public record DivergenceFence(Direction direction, double loss) {

  private static final double FIRST = 0.95;
  private static final double LAST = 0.75;

  /** Returns the fence that follows from whole curves. */
  public static DivergenceFence of(List<LearningCurve> curves, Direction direction) {
    double[] first = losses(curves.stream().mapToDouble(curve -> direction.toLoss(curve.value(0))));
    double[] last =
        losses(curves.stream().mapToDouble(curve -> direction.toLoss(curve.lastValue())));
    if (first.length == 0 || last.length == 0) {
      return new DivergenceFence(direction, Double.POSITIVE_INFINITY);
    }
    double worst = Math.max(quantile(first, FIRST), quantile(last, LAST));
    return new DivergenceFence(direction, worst + Math.abs(worst - last[0]));
  }

  private static double[] losses(java.util.stream.DoubleStream losses) {
    return losses.filter(Double::isFinite).sorted().toArray();
  }

  private static double quantile(double[] sorted, double share) {
    return sorted[(int) (share * (sorted.length - 1))];
  }

  /** Returns whether a value is beyond the fence; NaN is. */
  public boolean isBeyond(double value) {
    return !(direction.toLoss(value) <= loss);
  }

  /** Returns a value, or the fence if it is beyond; as a value, not as a loss. */
  public double clamp(double value) {
    return isBeyond(value) ? direction.toLoss(loss) : value; // the loss of a loss is the value
  }
}
