package dev.troupe.strategy.internal;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Several objectives as one: the augmented Chebyshev distance from the ideal, under weights that
 * are drawn anew for each suggestion, so that all suggestions together follow the whole front
 * (ParEGO, Knowles 2006, doi:10.1109/TEVC.2005.851274). Other than there, losses count by their
 * ranks, which neither outliers nor units distort.
 */
public final class Scalarisation {

  private static final double AUGMENTATION = 0.05;

  private Scalarisation() {}

  /** Returns weights that are uniform among all that are positive and add up to 1. */
  public static double[] weights(int objectives, RandomGenerator random) {
    var weights = new double[objectives];
    double sum = 0;
    for (int k = 0; k < objectives; k++) {
      weights[k] = -StrictMath.log(1 - random.nextDouble());
      sum += weights[k];
    }
    for (int k = 0; k < objectives; k++) {
      weights[k] = sum > 0 ? weights[k] / sum : 1.0 / objectives;
    }
    return weights;
  }

  /**
   * Returns one loss for each observation, from 0 to 1.05.
   *
   * @param losses finite, shape [objectives, observations]
   * @param weights shape [objectives]
   */
  public static double[] losses(double[][] losses, double[] weights) {
    var largest = new double[losses[0].length];
    var sums = new double[largest.length];
    for (int k = 0; k < weights.length; k++) {
      double[] ranks = ranks(losses[k]);
      for (int i = 0; i < largest.length; i++) {
        double weighted = weights[k] * ranks[i];
        largest[i] = Math.max(largest[i], weighted);
        sums[i] += weighted;
      }
    }
    for (int i = 0; i < largest.length; i++) {
      largest[i] += AUGMENTATION * sums[i];
    }
    return largest;
  }

  /** Returns which share of the others is less, for each. */
  private static double[] ranks(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    var ranks = new double[values.length];
    for (int i = 0; i < values.length; i++) {
      int place = Arrays.binarySearch(sorted, values[i]);
      while (place > 0 && sorted[place - 1] == values[i]) {
        place--;
      }
      ranks[i] = (double) place / Math.max(1, values.length - 1);
    }
    return ranks;
  }
}
