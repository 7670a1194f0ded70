package dev.troupe.study;

/** Which values of a metric are better. */
public enum Direction {
  /** Smaller is better. */
  MINIMIZE,
  /** Larger is better. */
  MAXIMIZE;

  /** Returns {@code value} as a loss, of which smaller is better. */
  public double toLoss(double value) {
    return this == MINIMIZE ? value : -value;
  }

  /** Returns whether {@code candidate} is strictly better than {@code incumbent}; NaN never is. */
  public boolean isBetter(double candidate, double incumbent) {
    return this == MINIMIZE ? candidate < incumbent : candidate > incumbent;
  }
}
