package dev.troupe.estimator.curve;

/**
 * A curve as a power law that may bend: the logarithm of the loss as a line over the logarithm of
 * the step, whose level and slope drift. In state-space form (A. C. Harvey, "Forecasting,
 * Structural Time Series Models and the Kalman Filter", 1989), this is a Gaussian process with a
 * linear mean and integrated Brownian motion, at a cost that is linear in the number of points.
 *
 * <p>How noisy and how crooked a curve is, and whether it learns at all, is not guessed once: all
 * combinations of a grid are weighted by how well they foretold each point of the curve from those
 * before. A curve that has got worse lately is not expected to go on so.
 */
final class PowerTrend {

  private static final double[] NOISE = {0.001, 0.003, 0.01, 0.03, 0.06, 0.12};
  private static final double[] LEVEL_DRIFT = {0.003, 0.01, 0.03, 0.1, 0.3};

  private static final double[] SLOPE_DRIFT = {0, 0.05, 0.2};

  /** Mean and deviation of the slope: of curves that learn, and of those that do not. */
  private static final double[][] SLOPES = {{-0.12, 0.12}, {0, 0.005}};

  private static final double FIRST_LEVEL_VARIANCE = 4;

  private final double[] times;
  private final double[] logs;
  private final double horizon;

  /**
   * Adopts the arrays.
   *
   * @param times shape [n], n at least 1: logarithms of the steps, increasing from 0
   * @param logs shape [n], logarithms of the losses, finite
   * @param horizon the logarithm of the step that is asked for, not before the last time
   */
  PowerTrend(double[] times, double[] logs, double horizon) {
    this.times = times;
    this.logs = logs;
    this.horizon = horizon;
  }

  /** What a power law says. */
  record Forecast(GaussianMixture mixture, double noise) {}

  /** Returns the distribution of the logarithm of the loss at the horizon, and the usual noise. */
  Forecast forecast() {
    int size = SLOPES.length * NOISE.length * LEVEL_DRIFT.length * SLOPE_DRIFT.length;
    double[] evidence = new double[size];
    double[] means = new double[size];
    double[] deviations = new double[size];
    double[] noises = new double[size];
    int k = 0;
    for (double[] slope : SLOPES) {
      for (double noise : NOISE) {
        for (double level : LEVEL_DRIFT) {
          for (double bend : SLOPE_DRIFT) {
            var filter = new Filter(slope[0], slope[1], noise, level, bend);
            evidence[k] = filter.run();
            means[k] = Math.min(filter.level, filter.ahead());
            deviations[k] = filter.deviation();
            noises[k++] = noise;
          }
        }
      }
    }
    return summary(evidence, means, deviations, noises);
  }

  private static Forecast summary(
      double[] evidence, double[] means, double[] deviations, double[] noises) {
    double most = Double.NEGATIVE_INFINITY;
    for (double each : evidence) {
      most = Math.max(most, each);
    }
    double[] weights = new double[evidence.length];
    double total = 0;
    double noise = 0;
    for (int k = 0; k < weights.length; k++) {
      weights[k] = StrictMath.exp(evidence[k] - most);
      total += weights[k];
      noise += weights[k] * noises[k];
    }
    return new Forecast(new GaussianMixture(weights, means, deviations), noise / total);
  }

  /** A Kalman filter of level and slope. */
  private final class Filter {

    private final double noise;
    private final double levelDrift;
    private final double slopeDrift;
    private double level;
    private double slope;
    private double levelVariance = FIRST_LEVEL_VARIANCE;
    private double covariance;
    private double slopeVariance;

    Filter(double slope, double slopeDeviation, double noise, double level, double bend) {
      this.level = logs[0];
      this.slope = slope;
      this.slopeVariance = slopeDeviation * slopeDeviation;
      this.noise = noise * noise;
      this.levelDrift = level * level;
      this.slopeDrift = bend * bend;
    }

    /** Takes in the curve and returns the logarithm of its density, but for a constant. */
    double run() {
      double evidence = 0;
      for (int i = 0; i < logs.length; i++) {
        if (i > 0) {
          advance(times[i] - times[i - 1]);
        }
        double variance = levelVariance + noise;
        double surprise = logs[i] - level;
        evidence -= 0.5 * (surprise * surprise / variance + StrictMath.log(variance));
        double levelGain = levelVariance / variance;
        double slopeGain = covariance / variance;
        level += levelGain * surprise;
        slope += slopeGain * surprise;
        slopeVariance -= slopeGain * covariance;
        covariance -= levelGain * covariance;
        levelVariance -= levelGain * levelVariance;
      }
      return evidence;
    }

    private void advance(double time) {
      level += slope * time;
      levelVariance = levelVarianceAfter(time);
      covariance += slopeVariance * time + slopeDrift * time * time / 2;
      slopeVariance += slopeDrift * time;
    }

    private double levelVarianceAfter(double time) {
      return levelVariance
          + 2 * covariance * time
          + slopeVariance * time * time
          + levelDrift * time
          + slopeDrift * time * time * time / 3;
    }

    double ahead() {
      return level + slope * (horizon - times[times.length - 1]);
    }

    double deviation() {
      return Math.sqrt(levelVarianceAfter(horizon - times[times.length - 1]) + noise);
    }
  }
}
