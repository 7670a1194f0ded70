package dev.troupe.strategy.bayes;

import java.util.Arrays;

/**
 * The logarithm of the improvement that is expected on the average of joint draws of what is not
 * known for sure: the losses of pending trials, and, where measurements are noisy, those of the
 * points that were observed (Letham, Karrer, Ottoni, Bakshy 2019, arXiv:1706.07094). So no lucky
 * measurement stands in the way, and what pending trials may well find counts as found. Not thread
 * safe.
 */
final class DrawnImprovement implements Worth {

  private final DrawnProcess process;

  /** The least loss in each draw. */
  private final double[] best;

  private final double[] means;
  private final double[] logs;
  private double[][] manyMeans = new double[0][0];
  private double[] variances = new double[0];

  /**
   * Makes it.
   *
   * @param process finished
   * @param best the loss to improve upon in each draw
   */
  DrawnImprovement(DrawnProcess process, double[] best) {
    this.process = process;
    this.best = best.clone();
    means = new double[best.length];
    logs = new double[best.length];
  }

  @Override
  public void values(double[][] queries, boolean[][] actives, int count, double[] result) {
    if (variances.length < count) {
      variances = new double[count];
      manyMeans = new double[count][best.length];
    }
    process.predict(queries, actives, count, manyMeans, variances);
    for (int c = 0; c < count; c++) {
      result[c] = logOfMean(manyMeans[c], Math.sqrt(variances[c]));
    }
  }

  /** Leaves the logarithm of each draw's improvement in {@code logs}. */
  private double logOfMean(double[] drawnMeans, double deviation) {
    double most = Double.NEGATIVE_INFINITY;
    for (int s = 0; s < best.length; s++) {
      logs[s] = StandardNormal.logImprovement((best[s] - drawnMeans[s]) / deviation);
      most = Math.max(most, logs[s]);
    }
    if (most == Double.NEGATIVE_INFINITY) {
      return most;
    }
    double sum = 0;
    for (double log : logs) {
      sum += StrictMath.exp(log - most);
    }
    return StrictMath.log(deviation) + most + StrictMath.log(sum / best.length);
  }

  @Override
  public double value(double[] point, boolean[] active, double[] gradient) {
    double deviation = Math.sqrt(process.predict(point, active, means));
    double value = logOfMean(means, deviation);
    double most = Arrays.stream(logs).max().orElseThrow();
    double sum = 0;
    for (int s = 0; s < best.length; s++) {
      logs[s] = StrictMath.exp(logs[s] - most);
      sum += logs[s];
    }
    double deviationSlope = 1 / deviation;
    for (int s = 0; s < best.length; s++) {
      double z = (best[s] - means[s]) / deviation;
      double slope = logs[s] / sum * StandardNormal.logImprovementSlope(z) / deviation;
      deviationSlope -= z * slope;
      means[s] = -slope;
    }
    process.gradient(point, active, means, deviationSlope / (2 * deviation), gradient);
    return value;
  }
}
