package dev.troupe.architecture.morph;

import dev.troupe.architecture.Layer;

/**
 * A batch normalisation of one channel that passes on what it reads at inference: with running
 * statistics mean and variance, its gain is the root of what it divides by, and its shift is the
 * mean. Whoever knows the statistics of the data sets those; without data 0 and 1 do, from where
 * the running statistics come to the data's by training (Jin, Song, Hu 2019, arXiv:1806.10282, also
 * begin there, but with a gain of 1).
 *
 * @param mean the running mean, finite
 * @param variance the running variance, at least 0
 */
public record IdentityNormalization(double mean, double variance) {

  /** Checks the ranges above. */
  public IdentityNormalization {
    if (!Double.isFinite(mean) || !(variance >= 0 && variance < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "A normalisation needs a finite mean and a variance of at least 0, but they were %s and %s. Maybe 0 and 1."
              .formatted(mean, variance));
    }
  }

  /** Returns the gain. */
  public double gain() {
    return Math.sqrt(variance + Layer.BatchNormalization.EPSILON);
  }

  /** Returns the shift. */
  public double shift() {
    return mean;
  }
}
