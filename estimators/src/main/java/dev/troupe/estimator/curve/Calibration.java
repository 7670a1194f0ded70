package dev.troupe.estimator.curve;

/**
 * By how much to widen what a model says, by the number of points that it has seen: what was
 * learned from other curves once and for all.
 *
 * @param sizes numbers of points, increasing
 * @param widths the factor for each; in between it changes evenly, beyond it stays
 */
@SuppressWarnings("ArrayRecordComponent") // constant
record Calibration(int[] sizes, double[] widths) {

  /**
   * For curves alone: what makes the 90 % intervals of {@link FastCurveModel} hold on recorded
   * curves, read off once after 1 to 30 points. TaskSet (recurrent networks, losses, 51 steps) asks
   * for 0.3 to 0.9, NATS-Bench (convolutional networks, accuracies, 90 epochs) for 0.7 to 1.6, the
   * first 128 networks of Klein et al. (error rates, 40 epochs) for what lies between, which this
   * is.
   */
  static final Calibration ALONE =
      new Calibration(
          new int[] {1, 2, 4, 8, 12, 20}, new double[] {0.8, 0.65, 0.72, 0.82, 1, 1.05});

  /** Returns the factor after so many points. */
  double width(int size) {
    int last = sizes.length - 1;
    if (size <= sizes[0]) {
      return widths[0];
    }
    for (int k = 1; k <= last; k++) {
      if (size <= sizes[k]) {
        double share = (size - sizes[k - 1]) / (double) (sizes[k] - sizes[k - 1]);
        return widths[k - 1] + share * (widths[k] - widths[k - 1]);
      }
    }
    return widths[last];
  }
}
