package dev.troupe.estimator.dl4j;

import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import java.util.List;
import java.util.Optional;

/**
 * How much is spent on one candidate.
 *
 * @param epochs passes over the rows, at least 1
 * @param data share of the rows of the training part, above 0 and at most 1
 * @param resolution share of each side of pictures, above 0 and at most 1
 * @param size how large the network is
 * @param repeats how often it is trained from different initial weights, at least 1
 */
record Effort(int epochs, double data, double resolution, NetworkSize size, int repeats) {

  static final String EPOCHS = "epochs";
  static final String DATA = "data";
  static final String RESOLUTION = "resolution";
  static final String WIDTH = "width";
  static final String CELLS = "cells";
  static final String REPEATS = "repeats";

  private static final double ROUNDING = 1e-9;

  /**
   * Reads a fidelity. Epochs and repeats are rounded up; epochs beyond the range count as its end.
   *
   * @param ranges what there is to spend
   * @param who whose fidelity it is and what has the ranges, for messages
   * @throws IllegalArgumentException if it names an axis that is not there, or leaves its range
   */
  static Effort of(Fidelity fidelity, List<FidelityRange> ranges, String who) {
    for (String axis : fidelity.axes().keySet()) {
      requireKnown(axis, ranges, who);
    }
    return new Effort(
        (int) Math.ceil(amount(EPOCHS, fidelity, ranges, who)),
        amount(DATA, fidelity, ranges, who),
        amount(RESOLUTION, fidelity, ranges, who),
        new NetworkSize(amount(WIDTH, fidelity, ranges, who), amount(CELLS, fidelity, ranges, who)),
        (int) Math.ceil(amount(REPEATS, fidelity, ranges, who)));
  }

  /** Returns the effort for a single training of it. */
  Effort once() {
    return new Effort(epochs, data, resolution, size, 1);
  }

  private static void requireKnown(String axis, List<FidelityRange> ranges, String who) {
    if (find(axis, ranges).isEmpty()) {
      throw new IllegalArgumentException(
          "%s can spend less on the axes %s, but not on '%s'. Maybe leave that out."
              .formatted(who, ranges.stream().map(FidelityRange::axis).toList(), axis));
    }
  }

  private static double amount(
      String axis, Fidelity fidelity, List<FidelityRange> ranges, String who) {
    Optional<FidelityRange> range = find(axis, ranges);
    if (range.isEmpty()) {
      return 1;
    }
    double high = range.get().high();
    double low = range.get().low();
    double amount = fidelity.amount(axis, high);
    if (axis.equals(EPOCHS)) {
      return Math.max(low, Math.min(high, amount));
    }
    if (amount < low * (1 - ROUNDING) || amount > high * (1 + ROUNDING)) {
      throw new IllegalArgumentException(
          "%s can spend from %s to %s on the axis '%s', but was to spend %s. Maybe %s."
              .formatted(who, low, high, axis, amount, amount < low ? low : high));
    }
    return Math.max(low, Math.min(high, amount));
  }

  private static Optional<FidelityRange> find(String axis, List<FidelityRange> ranges) {
    return ranges.stream().filter(range -> range.axis().equals(axis)).findFirst();
  }
}
