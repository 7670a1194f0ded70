package dev.troupe.estimator.curve;

import dev.troupe.study.Direction;
import java.util.Arrays;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The finite points of a curve on scales that all models share.
 *
 * @param x shape [n], n at least 1: steps, of which the first of the curve is 1
 * @param logs shape [n], logarithms of the losses
 * @param horizon the step that is asked for, as an x
 * @param losses how values became logarithms of losses
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops, and kept within the package
record ScaledCurve(double[] x, double[] logs, double horizon, LossScale losses) {

  /** Longer curves are thinned, so that a prediction stays cheap however often one measures. */
  private static final int MOST_POINTS = 128;

  /** Returns a curve on its own scale, or null if it has diverged: its last value is not finite. */
  static @Nullable ScaledCurve of(LearningCurve curve, double horizon, Direction direction) {
    if (!Double.isFinite(curve.lastValue())) {
      return null;
    }
    StepScale steps = StepScale.of(curve, horizon);
    LossScale losses = LossScale.of(curve.values(), direction);
    int n = 0;
    double[] x = new double[curve.size()];
    double[] logs = new double[curve.size()];
    for (int i : points(curve.size())) {
      if (Double.isFinite(curve.value(i))) {
        x[n] = steps.x(curve.step(i));
        logs[n++] = losses.log(curve.value(i));
      }
    }
    return new ScaledCurve(Arrays.copyOf(x, n), Arrays.copyOf(logs, n), steps.x(horizon), losses);
  }

  /** Returns which points to look at: all, or some that are even over the steps and their logs. */
  static int[] points(int size) {
    if (size <= MOST_POINTS) {
      return java.util.stream.IntStream.range(0, size).toArray();
    }
    var chosen = new TreeSet<Integer>();
    int half = MOST_POINTS / 2;
    for (int k = 0; k < half; k++) {
      double share = k / (half - 1.0);
      chosen.add((int) Math.round(share * (size - 1)));
      chosen.add((int) Math.round(StrictMath.pow(size, share)) - 1);
    }
    return chosen.stream().mapToInt(Integer::intValue).toArray();
  }

  int size() {
    return x.length;
  }

  /** Returns the logarithms of the steps, shape [n]. */
  double[] times() {
    return Arrays.stream(x).map(StrictMath::log).toArray();
  }

  /** Returns the values as accuracies, which are 0.1 at the first point, shape [n]. */
  double[] accuracies() {
    return Arrays.stream(logs).map(log -> 1 - StrictMath.exp(log)).toArray();
  }

  /** Returns a law of the logarithm of the loss as one of the value. */
  CurvePrediction prediction(double[] logQuantiles) {
    return QuantilePrediction.of(Arrays.stream(logQuantiles).map(losses::value).toArray());
  }
}
