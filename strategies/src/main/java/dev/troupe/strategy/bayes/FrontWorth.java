package dev.troupe.strategy.bayes;

import java.util.Arrays;
import java.util.List;

/** What a point is expected to add to a front, each objective having a process. Not thread safe. */
final class FrontWorth implements Worth {

  private final List<GaussianProcess> processes;
  private final HypervolumeImprovement improvement;
  private final double[] means;
  private final double[] deviations;
  private final double[] meanSlopes;
  private final double[] deviationSlopes;
  private final double[] prediction = new double[2];
  private double[][] manyMeans = new double[0][0];
  private double[][] manyVariances = new double[0][0];
  private double[][] meanGradients = new double[0][0];
  private double[][] varianceGradients = new double[0][0];

  FrontWorth(List<GaussianProcess> processes, HypervolumeImprovement improvement) {
    this.processes = processes;
    this.improvement = improvement;
    means = new double[processes.size()];
    deviations = new double[means.length];
    meanSlopes = new double[means.length];
    deviationSlopes = new double[means.length];
  }

  @Override
  public void values(double[][] queries, boolean[][] actives, int count, double[] result) {
    if (manyMeans.length == 0 || manyMeans[0].length < count) {
      manyMeans = new double[means.length][count];
      manyVariances = new double[means.length][count];
    }
    for (int m = 0; m < means.length; m++) {
      processes.get(m).predict(queries, actives, count, manyMeans[m], manyVariances[m]);
    }
    for (int c = 0; c < count; c++) {
      for (int m = 0; m < means.length; m++) {
        means[m] = manyMeans[m][c];
        deviations[m] = Math.sqrt(manyVariances[m][c]);
      }
      result[c] = improvement.value(means, deviations);
    }
  }

  @Override
  public double value(double[] point, boolean[] active, double[] gradient) {
    if (meanGradients.length == 0 || meanGradients[0].length != point.length) {
      meanGradients = new double[means.length][point.length];
      varianceGradients = new double[means.length][point.length];
    }
    for (int m = 0; m < means.length; m++) {
      processes.get(m).predict(point, active, meanGradients[m], varianceGradients[m], prediction);
      means[m] = prediction[0];
      deviations[m] = Math.sqrt(prediction[1]);
    }
    double value = improvement.value(means, deviations);
    if (value == Double.NEGATIVE_INFINITY) {
      return value;
    }
    improvement.slopes(deviations, meanSlopes, deviationSlopes);
    Arrays.fill(gradient, 0);
    for (int m = 0; m < means.length; m++) {
      double varianceSlope = deviationSlopes[m] / (2 * deviations[m]);
      for (int j = 0; j < point.length; j++) {
        gradient[j] +=
            meanSlopes[m] * meanGradients[m][j] + varianceSlope * varianceGradients[m][j];
      }
    }
    return value;
  }
}
