package dev.troupe.estimator.curve;

import java.util.Arrays;

/**
 * What is told of the beginning of a curve, as numbers that can be compared from one to another.
 */
final class CurveFeatures {

  /** How many of the last points make the level from which changes are counted. */
  private static final int LEVEL_POINTS = 3;

  private final double[] times;

  /**
   * Adopts the array.
   *
   * @param times logarithms of the steps, increasing, shape [n], n at least 1
   */
  CurveFeatures(double[] times) {
    this.times = times;
  }

  /** Returns the level that a curve has reached, free of most noise. */
  double level(double[] logs) {
    return mean(logs, Math.max(0, logs.length - LEVEL_POINTS), logs.length);
  }

  /**
   * Returns features, shape [d].
   *
   * @param logs logarithms of the losses, shape [n]
   * @param encoding the configuration, put behind; may be empty
   */
  double[] of(double[] logs, double[] encoding) {
    int n = logs.length;
    int tail = n - Math.max(1, n / 4);
    double late = mean(logs, tail, n);
    double middle = logs[n / 2];
    double roughness = 0;
    for (int i = 1; i < n; i++) {
      roughness += Math.abs(logs[i] - logs[i - 1]) / (n - 1);
    }
    double[] shape = {
      logs[n - 1],
      level(logs),
      late,
      Arrays.stream(logs).min().orElseThrow(),
      logs[0],
      middle,
      logs[0] - middle,
      middle - late,
      deviation(logs, tail, late),
      slope(logs, 0),
      slope(logs, n - Math.max(2, n / 2)),
      roughness
    };
    double[] all = Arrays.copyOf(shape, shape.length + encoding.length);
    System.arraycopy(encoding, 0, all, shape.length, encoding.length);
    return all;
  }

  private static double mean(double[] values, int from, int to) {
    double sum = 0;
    for (int i = from; i < to; i++) {
      sum += values[i];
    }
    return sum / (to - from);
  }

  private static double deviation(double[] values, int from, double mean) {
    double sum = 0;
    for (int i = from; i < values.length; i++) {
      sum += (values[i] - mean) * (values[i] - mean);
    }
    return Math.sqrt(sum / (values.length - from));
  }

  private double slope(double[] logs, int start) {
    int from = Math.max(0, start);
    double time = mean(times, from, times.length);
    double level = mean(logs, from, logs.length);
    double covariance = 0;
    double variance = 0;
    for (int i = from; i < logs.length; i++) {
      covariance += (times[i] - time) * (logs[i] - level);
      variance += (times[i] - time) * (times[i] - time);
    }
    return variance > 0 ? covariance / variance : 0;
  }
}
