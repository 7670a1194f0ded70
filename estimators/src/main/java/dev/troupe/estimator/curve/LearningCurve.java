package dev.troupe.estimator.curve;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The values of one metric over a training. Steps increase, but need be neither whole nor evenly
 * spaced; values may be NaN or infinite where the training diverged. Immutable and thread safe.
 */
public final class LearningCurve {

  private final double[] steps;
  private final double[] values;

  private LearningCurve(double[] steps, double[] values) {
    this.steps = steps;
    this.values = values;
  }

  /**
   * Returns a curve; the arrays are copied.
   *
   * @param steps shape [n], n at least 1: finite and strictly increasing, in epochs or any other
   *     unit
   * @param values shape [n], the metric after each step, in its own unit
   * @throws IllegalArgumentException if a rule is broken
   */
  public static LearningCurve of(double[] steps, double[] values) {
    if (steps.length == 0 || steps.length != values.length) {
      throw new IllegalArgumentException(
          "A curve needs as many values as steps, at least one, but there were %d steps and %d values. Maybe wait for the first measurement."
              .formatted(steps.length, values.length));
    }
    for (int i = 0; i < steps.length; i++) {
      if (!Double.isFinite(steps[i]) || i > 0 && !(steps[i] > steps[i - 1])) {
        throw new IllegalArgumentException(
            "The steps of a curve must be finite and increase, but step %d of %d was %s. Maybe sort them, and keep one value of each."
                .formatted(i + 1, steps.length, steps[i]));
      }
    }
    return new LearningCurve(steps.clone(), values.clone());
  }

  /** Returns the number of points, at least 1. */
  public int size() {
    return steps.length;
  }

  /** Returns the step of point {@code index}, from 0. */
  public double step(int index) {
    return steps[index];
  }

  /** Returns the value of point {@code index}, from 0. */
  public double value(int index) {
    return values[index];
  }

  /** Returns the last step. */
  public double lastStep() {
    return steps[steps.length - 1];
  }

  /** Returns the last value. */
  public double lastValue() {
    return values[values.length - 1];
  }

  /** Returns the steps, shape [n]; a copy. */
  public double[] steps() {
    return steps.clone();
  }

  /** Returns the values, shape [n]; a copy. */
  public double[] values() {
    return values.clone();
  }

  /** Returns the value at the last step that is not later than this one, else the first value. */
  double valueAt(double step) {
    int index = Arrays.binarySearch(steps, step);
    return values[index >= 0 ? index : Math.max(0, -index - 2)];
  }

  /**
   * Returns its first points.
   *
   * @param size how many, from 1 to {@link #size}
   * @throws IllegalArgumentException if there are not as many
   */
  public LearningCurve first(int size) {
    if (size < 1 || size > steps.length) {
      throw new IllegalArgumentException(
          "A curve of %d points has no first %d. Maybe ask for fewer."
              .formatted(steps.length, size));
    }
    return size == steps.length
        ? this
        : new LearningCurve(Arrays.copyOf(steps, size), Arrays.copyOf(values, size));
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof LearningCurve that
        && Arrays.equals(steps, that.steps)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(steps) + Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "LearningCurve[%d points to step %s, last value %s]"
        .formatted(size(), lastStep(), lastValue());
  }
}
