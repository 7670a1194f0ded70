package dev.troupe.strategy.bayes;

import java.util.Arrays;
import java.util.List;

/**
 * The logarithm of the hypervolume that one more vector of losses is expected to add to a front,
 * the losses being normal and independent (Emmerich, Giannakoglou, Naujoks 2006,
 * doi:10.1109/TEVC.2005.859463; with gradients, Daulton, Balandat, Bakshy 2020, arXiv:2006.05078;
 * the logarithm, Ament and others 2023, arXiv:2310.20708). Each box of the {@link BoxDecomposition}
 * adds the product, over objectives, of the differences of what is expected to be improved upon its
 * two bounds. Not thread safe.
 */
final class HypervolumeImprovement {

  private final double[][] bounds;

  /** Shape [boxes, objectives]: indices of bounds, -1 where there is none. */
  private final int[][] low;

  private final int[][] high;

  /** Shape [objectives, bounds]: logarithms of expected improvements, and their slopes by z. */
  private final double[][] logs;

  private final double[][] zs;
  private final double[][] slopes;

  /** Shape [boxes]. */
  private final double[] terms;

  /**
   * Makes it.
   *
   * @param boxes at least one
   */
  HypervolumeImprovement(List<Box> boxes) {
    int objectives = boxes.get(0).low().length;
    bounds = new double[objectives][];
    low = new int[boxes.size()][objectives];
    high = new int[boxes.size()][objectives];
    for (int m = 0; m < objectives; m++) {
      int objective = m;
      bounds[m] =
          boxes.stream()
              .flatMapToDouble(
                  b -> Arrays.stream(new double[] {b.low()[objective], b.high()[objective]}))
              .filter(Double::isFinite)
              .sorted()
              .distinct()
              .toArray();
      for (int b = 0; b < low.length; b++) {
        low[b][m] = Math.max(-1, Arrays.binarySearch(bounds[m], boxes.get(b).low()[m]));
        high[b][m] = Arrays.binarySearch(bounds[m], boxes.get(b).high()[m]);
      }
    }
    logs = like(bounds);
    zs = like(bounds);
    slopes = like(bounds);
    terms = new double[low.length];
  }

  private static double[][] like(double[][] shape) {
    return Arrays.stream(shape).map(row -> new double[row.length]).toArray(double[][]::new);
  }

  /** Returns the number of objectives. */
  int objectives() {
    return bounds.length;
  }

  /**
   * Returns the logarithm; minus infinity if there is no improvement that a number could tell.
   *
   * @param means shape [objectives]
   * @param deviations above 0, shape [objectives]
   */
  double value(double[] means, double[] deviations) {
    for (int m = 0; m < bounds.length; m++) {
      double logDeviation = StrictMath.log(deviations[m]);
      for (int k = 0; k < bounds[m].length; k++) {
        zs[m][k] = (bounds[m][k] - means[m]) / deviations[m];
        logs[m][k] = logDeviation + StandardNormal.logImprovement(zs[m][k]);
      }
    }
    double most = Double.NEGATIVE_INFINITY;
    for (int b = 0; b < terms.length; b++) {
      terms[b] = term(b);
      most = Math.max(most, terms[b]);
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    double sum = 0;
    for (int b = 0; b < terms.length; b++) {
      terms[b] = StrictMath.exp(terms[b] - most);
      sum += terms[b];
    }
    for (int b = 0; b < terms.length; b++) {
      terms[b] /= sum;
    }
    return most + StrictMath.log(sum);
  }

  private double term(int box) {
    double sum = 0;
    for (int m = 0; m < bounds.length; m++) {
      sum += logs[m][high[box][m]];
      if (low[box][m] >= 0) {
        sum += StrictMath.log(-StrictMath.expm1(-difference(box, m)));
      }
    }
    return sum;
  }

  /** How much larger the logarithm at the upper bound is than at the lower one. */
  private double difference(int box, int objective) {
    return Math.max(
        0, logs[objective][high[box][objective]] - logs[objective][low[box][objective]]);
  }

  /**
   * Computes the slopes where {@link #value} was asked last, if that was finite.
   *
   * @param deviations the same as there
   * @param meanSlopes receives the derivatives by the means, shape [objectives]
   * @param deviationSlopes receives the derivatives by the deviations, shape [objectives]
   */
  void slopes(double[] deviations, double[] meanSlopes, double[] deviationSlopes) {
    Arrays.fill(meanSlopes, 0);
    Arrays.fill(deviationSlopes, 0);
    for (int m = 0; m < bounds.length; m++) {
      for (int k = 0; k < bounds[m].length; k++) {
        slopes[m][k] = StandardNormal.logImprovementSlope(zs[m][k]);
      }
      for (int b = 0; b < terms.length; b++) {
        if (terms[b] > 0) {
          addSlopes(b, m, meanSlopes, deviationSlopes);
        }
      }
      meanSlopes[m] /= deviations[m];
      deviationSlopes[m] /= deviations[m];
    }
  }

  /** With h the expected improvement, h' = slope h, and by the deviation h - z h'. */
  private void addSlopes(int box, int m, double[] meanSlopes, double[] deviationSlopes) {
    int upper = high[box][m];
    double byMean = slopes[m][upper];
    double byDeviation = 1 - zs[m][upper] * slopes[m][upper];
    if (low[box][m] >= 0) {
      int lower = low[box][m];
      double ratio = StrictMath.exp(-difference(box, m));
      double rest = -StrictMath.expm1(-difference(box, m));
      byMean = (byMean - ratio * slopes[m][lower]) / rest;
      byDeviation = (byDeviation - ratio * (1 - zs[m][lower] * slopes[m][lower])) / rest;
    }
    meanSlopes[m] -= terms[box] * byMean;
    deviationSlopes[m] += terms[box] * byDeviation;
  }
}
