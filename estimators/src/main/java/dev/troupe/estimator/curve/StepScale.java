package dev.troupe.estimator.curve;

/**
 * Turns steps of any unit into x ≥ 1 in which the first is 1: what is counted in batches or samples
 * looks like what is counted in epochs. Steps that start at 0 or late are counted from one spacing
 * before the first.
 */
record StepScale(double origin, double unit) {

  /** Which part of the spacing the first step must be, to count as one from nothing. */
  private static final double EARLY = 0.2;

  static StepScale of(LearningCurve curve, double horizon) {
    double first = curve.step(0);
    double spacing = curve.size() > 1 ? curve.step(1) - first : Math.min(1, horizon - first);
    if (!(spacing > 0)) {
      spacing = 1;
    }
    return first >= EARLY * spacing
        ? new StepScale(0, first)
        : new StepScale(first - spacing, spacing);
  }

  double x(double step) {
    return (step - origin) / unit;
  }
}
