package dev.troupe.strategy.bayes;

import java.util.Arrays;

/**
 * Turns losses into targets of mean 0 and deviation 1, evenly or through a logarithm: {@code ln(1 +
 * (loss - least)/c)} with {@code c} a power of 1/10 of the median of {@code loss - least}. Losses
 * that span decades, as those of a steep valley or of a diverging training do, are spread evenly by
 * it. Which warp suits is a question of likelihood, to which {@link #logSlope} belongs (Snelson,
 * Rasmussen, Ghahramani 2004). Immutable.
 */
final class LossWarp {

  /** The warp that is none. */
  static final int EVEN = -1;

  /** The steepest warp: c is so many decades below the median. */
  static final int STEEPEST = 2;

  /** Losses beyond count as this: their squares can still be added. */
  private static final double LARGEST = 1e150;

  private final int decades;
  private final double least;
  private final double scale;
  private final double mean;
  private final double deviation;

  private LossWarp(int decades, double least, double scale, double mean, double deviation) {
    this.decades = decades;
    this.least = least;
    this.scale = scale;
    this.mean = mean;
    this.deviation = deviation;
  }

  /**
   * Returns a warp for losses.
   *
   * @param decades {@link #EVEN}, or from 0 to {@link #STEEPEST}
   * @param losses finite, at least one
   */
  static LossWarp of(int decades, double[] losses) {
    double[] sorted = losses.clone();
    for (int i = 0; i < sorted.length; i++) {
      sorted[i] = clip(sorted[i]);
    }
    Arrays.sort(sorted);
    double least = sorted[0];
    double reference = sorted[sorted.length / 2] - least;
    if (!(reference > 0)) {
      reference = sorted[sorted.length - 1] - least;
    }
    boolean even = decades == EVEN || !(reference > 0);
    double scale = even ? 1 : reference * StrictMath.pow(10, -decades);
    var raw = new LossWarp(even ? EVEN : decades, least, scale, 0, 1);
    return raw.standardised(losses);
  }

  private LossWarp standardised(double[] losses) {
    double sum = 0;
    for (double loss : losses) {
      sum += warp(loss) / losses.length;
    }
    double squares = 0;
    for (double loss : losses) {
      double distance = warp(loss) - sum;
      squares += distance * distance / losses.length;
    }
    double root = Math.sqrt(squares);
    return new LossWarp(decades, least, scale, sum, root > 0 ? root : 1);
  }

  private static double clip(double loss) {
    return Math.max(-LARGEST, Math.min(LARGEST, loss));
  }

  private double warp(double loss) {
    double above = clip(loss) - least;
    return decades == EVEN ? above : StrictMath.log1p(Math.max(0, above) / scale);
  }

  /** Returns which warp this is. */
  int decades() {
    return decades;
  }

  /** Returns the target of a loss. */
  double target(double loss) {
    return (warp(loss) - mean) / deviation;
  }

  /**
   * Returns the loss that has a target; infinite where it is too large for a number.
   *
   * @param target any finite number; one that no loss has, since it is below all, gives the least
   *     loss
   */
  double loss(double target) {
    double warped = target * deviation + mean;
    return least + (decades == EVEN ? warped : scale * StrictMath.expm1(Math.max(0, warped)));
  }

  /** Returns the targets of losses. */
  double[] targets(double[] losses) {
    return Arrays.stream(losses).map(this::target).toArray();
  }

  /** Returns the sum of the logarithms of the derivatives of targets by losses. */
  double logSlope(double[] losses) {
    double sum = -losses.length * StrictMath.log(deviation);
    if (decades != EVEN) {
      for (double loss : losses) {
        sum -= StrictMath.log(scale + Math.max(0, clip(loss) - least));
      }
    }
    return sum;
  }
}
