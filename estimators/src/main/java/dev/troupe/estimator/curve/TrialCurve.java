package dev.troupe.estimator.curve;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A curve, and the configuration that it belongs to, if that is known. Immutable and thread safe.
 */
public final class TrialCurve {

  private final LearningCurve curve;
  private final double @Nullable [] encoding;

  private TrialCurve(LearningCurve curve, double @Nullable [] encoding) {
    this.curve = requireNonNull(curve, "curve");
    this.encoding = encoding;
  }

  /** Returns a curve of a configuration that is not known. */
  public static TrialCurve of(LearningCurve curve) {
    return new TrialCurve(curve, null);
  }

  /**
   * Returns a curve of a configuration; the array is copied.
   *
   * @param encoding shape [d], a finite number for each parameter in a fixed order, on any scale:
   *     {@code SearchSpace.encode(configuration).point()}
   */
  public static TrialCurve of(LearningCurve curve, double[] encoding) {
    return new TrialCurve(curve, encoding.clone());
  }

  /** Returns the curve. */
  public LearningCurve curve() {
    return curve;
  }

  /** Returns the configuration as numbers, shape [d], as a copy; or null if it is not known. */
  public double @Nullable [] encoding() {
    return encoding == null ? null : encoding.clone();
  }

  /** Returns the number of coordinates of the configuration; 0 if it is not known. */
  public int dimensions() {
    return encoding == null ? 0 : encoding.length;
  }

  /** Returns the same configuration with the first points of its curve. */
  public TrialCurve first(int size) {
    return new TrialCurve(curve.first(size), encoding);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof TrialCurve that
        && curve.equals(that.curve)
        && Arrays.equals(encoding, that.encoding);
  }

  @Override
  public int hashCode() {
    return 31 * curve.hashCode() + Arrays.hashCode(encoding);
  }

  @Override
  public String toString() {
    return "TrialCurve[%s, encoding %s]".formatted(curve, Arrays.toString(encoding));
  }
}
