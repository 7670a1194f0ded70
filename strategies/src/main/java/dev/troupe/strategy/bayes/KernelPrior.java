package dev.troupe.strategy.bayes;

import java.util.Arrays;

/**
 * What is believed about the parameters of a {@link Kernel} before anything is seen: each is normal
 * in its logarithm, and kept within bounds. Targets are taken to be standardised. Immutable.
 *
 * <p>Length scales of numeric features grow with the root of their number d, so that a space of
 * many dimensions does not look empty: mean {@code sqrt(2) + ln(d)/2}, deviation {@code sqrt(3)}
 * (Hvarfner, Hellsten, Nardi 2024, arXiv:2402.02229). Those of codes likewise let all codes
 * together matter as much as one feature. The trend is taken to explain a part of the variance. The
 * prior of the noise is wide, since many losses have none.
 */
final class KernelPrior {

  private static final double LENGTH_MEAN = Math.sqrt(2);
  private static final double LENGTH_DEVIATION = Math.sqrt(3);
  private static final double LEAST_LENGTH = StrictMath.log(1e-2);
  private static final double MOST_LENGTH = StrictMath.log(1e4);
  private static final double CODE_DEVIATION = 1.5;
  private static final double VARIANCE_DEVIATION = 1;
  private static final double LEAST_VARIANCE = StrictMath.log(1e-2);
  private static final double MOST_VARIANCE = StrictMath.log(1e3);
  private static final double TREND_MEAN = StrictMath.log(0.3);
  private static final double TREND_DEVIATION = 1.5;
  private static final double LEAST_TREND = StrictMath.log(1e-6);
  private static final double MOST_TREND = StrictMath.log(1e2);
  private static final double NOISE_MEAN = StrictMath.log(1e-4);
  private static final double NOISE_DEVIATION = 3;
  private static final double LEAST_NOISE = StrictMath.log(1e-8);
  private static final double MOST_NOISE = StrictMath.log(1);

  private final double[] means;
  private final double[] deviations;
  private final double[] low;
  private final double[] high;

  private KernelPrior(int scales, int codes) {
    int count = scales + codes + 3;
    means = new double[count];
    deviations = new double[count];
    low = new double[count];
    high = new double[count];
    double length = LENGTH_MEAN + StrictMath.log(Math.max(1, scales)) / 2;
    set(0, scales, length, LENGTH_DEVIATION, LEAST_LENGTH, MOST_LENGTH);
    double codeLength = StrictMath.log(Math.max(1, codes));
    set(scales, scales + codes, codeLength, CODE_DEVIATION, LEAST_LENGTH, MOST_LENGTH);
    set(count - 3, count - 2, 0, VARIANCE_DEVIATION, LEAST_VARIANCE, MOST_VARIANCE);
    set(count - 2, count - 1, TREND_MEAN, TREND_DEVIATION, LEAST_TREND, MOST_TREND);
    set(count - 1, count, NOISE_MEAN, NOISE_DEVIATION, LEAST_NOISE, MOST_NOISE);
  }

  private void set(int from, int to, double mean, double deviation, double least, double most) {
    Arrays.fill(means, from, to, mean);
    Arrays.fill(deviations, from, to, deviation);
    Arrays.fill(low, from, to, least);
    Arrays.fill(high, from, to, most);
  }

  static KernelPrior of(FeatureMap map) {
    return new KernelPrior(map.scaleCount(), map.codeCount());
  }

  /** Returns a place to begin: short length scales, from which the slopes lead on. */
  double[] start() {
    double[] start = means.clone();
    for (int i = 0; i < start.length - 3; i++) {
      start[i] -= 1;
    }
    return start;
  }

  /** Returns a copy of the lower bounds. */
  double[] low() {
    return low.clone();
  }

  /** Returns a copy of the upper bounds. */
  double[] high() {
    return high.clone();
  }

  /** Returns minus the logarithm of the density, up to a constant, and adds its gradient. */
  double penalty(double[] parameters, double[] gradient) {
    double sum = 0;
    for (int i = 0; i < means.length; i++) {
      double z = (parameters[i] - means[i]) / deviations[i];
      sum += z * z / 2;
      gradient[i] += z / deviations[i];
    }
    return sum;
  }
}
