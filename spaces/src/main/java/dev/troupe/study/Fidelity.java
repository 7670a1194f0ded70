package dev.troupe.study;

import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * How much of the real thing an evaluation spends, on named axes such as {@code epochs}, {@code
 * data} (a fraction) or {@code resolution}. An axis that is not named is at its full value.
 *
 * @param axes amount by axis, each finite and above 0; sorted by name, unmodifiable
 */
public record Fidelity(Map<String, Double> axes) {

  private static final Map<String, Integer> COST_EXPONENTS = Map.of("resolution", 2, "width", 2);

  private static final Fidelity FULL = new Fidelity(Map.of());

  /** Checks that every amount is finite and above 0. */
  public Fidelity {
    axes.forEach(
        (axis, amount) -> {
          if (!(amount > 0) || amount.isInfinite()) {
            throw new IllegalArgumentException(
                "Fidelity '%s': the amount must be finite and above 0, but was %s."
                    .formatted(axis, amount));
          }
        });
    axes = Collections.unmodifiableMap(new TreeMap<>(axes));
  }

  /** Returns the real thing: every axis at its full value. */
  public static Fidelity full() {
    return FULL;
  }

  /**
   * Returns by which power of the amount on an axis the cost is said to grow, from 1: cost ~ epochs
   * x data x resolution^2 x width^2 x cells x repeats.
   */
  public static int costExponent(String axis) {
    return COST_EXPONENTS.getOrDefault(axis, 1);
  }

  /** Returns a fidelity that limits one axis. */
  public static Fidelity of(String axis, double amount) {
    return new Fidelity(Map.of(axis, amount));
  }

  /** Returns whether no axis is limited. */
  public boolean isFull() {
    return axes.isEmpty();
  }

  /** Returns the amount on {@code axis}, or {@code full} where it is not limited. */
  public double amount(String axis, double full) {
    return axes.getOrDefault(axis, full);
  }
}
