package dev.troupe.estimator.curve;

/**
 * The stretch before a training begins to learn, which no family describes (Domhan et al. 2015).
 */
final class Plateau {

  /** By how much an accuracy must exceed the first. */
  static final double RISE = 0.05;

  /** For how many points. */
  static final int AHEAD = 5;

  private Plateau() {}

  /**
   * Returns how many points to drop: those before the first from which {@link #AHEAD} in a row
   * exceed the first value by more than {@link #RISE}; none if there is no such point.
   */
  static int length(double[] accuracies) {
    for (int i = 0; i + AHEAD <= accuracies.length; i++) {
      boolean rises = true;
      for (int j = i; j < i + AHEAD; j++) {
        rises &= accuracies[j] - accuracies[0] > RISE;
      }
      if (rises) {
        return i;
      }
    }
    return 0;
  }
}
