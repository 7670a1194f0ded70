package dev.troupe.strategy.bayes;

/** What an {@link Acquisition} makes of the predictions of one process. Not thread safe. */
final class ProcessWorth implements Worth {

  private final GaussianProcess process;
  private final Acquisition acquisition;
  private final double[] prediction = new double[2];
  private double[] means = new double[0];
  private double[] variances = new double[0];
  private double[] varianceGradient = new double[0];

  ProcessWorth(GaussianProcess process, Acquisition acquisition) {
    this.process = process;
    this.acquisition = acquisition;
  }

  @Override
  public void values(double[][] queries, boolean[][] actives, int count, double[] result) {
    if (means.length < count) {
      means = new double[count];
      variances = new double[count];
    }
    process.predict(queries, actives, count, means, variances);
    for (int i = 0; i < count; i++) {
      result[i] = acquisition.value(means[i], Math.sqrt(variances[i]));
    }
  }

  @Override
  public double value(double[] point, boolean[] active, double[] gradient) {
    if (varianceGradient.length < point.length) {
      varianceGradient = new double[point.length];
    }
    process.predict(point, active, gradient, varianceGradient, prediction);
    double mean = prediction[0];
    double deviation = Math.sqrt(prediction[1]);
    double meanSlope = acquisition.meanSlope(mean, deviation);
    double varianceSlope = acquisition.deviationSlope(mean, deviation) / (2 * deviation);
    for (int j = 0; j < point.length; j++) {
      gradient[j] = meanSlope * gradient[j] + varianceSlope * varianceGradient[j];
    }
    return acquisition.value(mean, deviation);
  }
}
