package dev.troupe.study;

import static java.util.Objects.requireNonNull;

/**
 * What an estimator can spend on a candidate, on one axis of {@link Fidelity}.
 *
 * @param axis its name, such as {@code epochs}
 * @param low the least that an evaluation can spend, finite and above 0
 * @param high what the real thing spends, finite and at least {@code low}
 */
public record FidelityRange(String axis, double low, double high) {

  /** Checks the ranges above. */
  public FidelityRange {
    requireNonNull(axis, "axis");
    if (!(low > 0 && low <= high) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "Fidelity '%s': its range must be finite, above 0 and in order, but was %s to %s. Maybe 1 to 50."
              .formatted(axis, low, high));
    }
  }
}
