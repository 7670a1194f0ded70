package dev.troupe.strategy.multifidelity;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Settings;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fidelity that a strategy drives, and its levels: the highest is the real thing, and each one
 * below is the {@code eta}-th part of the next, as long as that is not below {@code low}. Amounts
 * are rounded to whole numbers where both ends are whole.
 *
 * @param axis of {@link Fidelity}
 * @param low no level is below, finite and above 0
 * @param high the highest level, finite and at least {@code low}
 * @param eta factor from a level to the next, finite and at least 2
 * @param whole whether {@code high} is the estimator's own full amount
 */
record Resource(String axis, double low, double high, double eta, boolean whole) {

  static final double DEFAULT_ETA = 3;

  private static final double LARGEST_ETA = 1000;
  private static final double LARGEST = 1e12;
  private static final String KEY = "resource";
  private static final String EXAMPLE = "{ axis = epochs, low = 1, high = 50, eta = 3 }";

  /** Checks the ranges above. */
  Resource {
    requireNonNull(axis, "axis");
    if (!(low > 0 && low <= high && eta >= 2) || Double.isInfinite(high)) {
      throw new IllegalArgumentException(
          "A resource needs 0 < low <= high and eta >= 2, but they were %s, %s and %s. Maybe %s."
              .formatted(low, high, eta, EXAMPLE));
    }
  }

  /**
   * Reads the block {@code resource}; what it leaves out is the estimator's own range.
   *
   * @throws IllegalArgumentException if a setting is wrong, or neither tells the highest level
   */
  static Resource of(StrategyRequest request) {
    Settings block = request.settings().getSettings(KEY);
    block.requireKnown(List.of("axis", "low", "high", "eta"));
    FidelityRange range = range(request.fidelities(), block.findString("axis"));
    if (range == null && !block.has("high")) {
      throw new IllegalArgumentException(
          "The strategy needs a fidelity to save on, but the estimator names none%s. Maybe set strategy.resource %s."
              .formatted(
                  block.has("axis") ? " called '" + block.getString("axis", "") + "'" : "",
                  EXAMPLE));
    }
    String axis = range == null ? block.getString("axis", "epochs") : range.axis();
    double most = range == null ? LARGEST : range.high();
    double high = block.getDouble("high", most, Double.MIN_NORMAL, most);
    double least = range == null ? Math.min(1, high) : Math.min(range.low(), high);
    double low = block.getDouble("low", least, range == null ? Double.MIN_NORMAL : least, high);
    double eta = block.getDouble("eta", DEFAULT_ETA, 2, LARGEST_ETA);
    return new Resource(axis, low, high, eta, range != null && high == range.high());
  }

  private static @Nullable FidelityRange range(List<FidelityRange> known, @Nullable String axis) {
    return known.stream()
        .filter(range -> axis == null || range.axis().equals(axis))
        .findFirst()
        .orElse(null);
  }

  /** Returns the number of levels, at least 1: the largest s with eta^s <= high / low, and one. */
  int levels() {
    int count = 1;
    double amount = low;
    // By multiplication, as logarithms are a rounding off now and then.
    while (amount * eta <= high * (1 + 1e-12)) {
      amount *= eta;
      count++;
    }
    return count;
  }

  /** Returns the amount of a level, counted from 0. */
  double amount(int level) {
    int top = levels() - 1;
    if (level == top) {
      return high;
    }
    double amount = high / StrictMath.pow(eta, top - level);
    return isWhole(low) && isWhole(high) ? Math.max(low, Math.rint(amount)) : amount;
  }

  private static boolean isWhole(double amount) {
    return amount == Math.rint(amount);
  }

  /** Returns what trials of a level are suggested with. */
  Fidelity fidelity(int level) {
    return whole && level == levels() - 1 ? Fidelity.full() : Fidelity.of(axis, amount(level));
  }

  /** Returns the level of a fidelity, or -1 if it is none of these. */
  int level(Fidelity fidelity) {
    for (int level = levels() - 1; level >= 0; level--) {
      if (fidelity(level).equals(fidelity) || (level == levels() - 1 && fidelity.isFull())) {
        return level;
      }
    }
    return -1;
  }

  /** Returns a level in words, such as {@code 9 epochs}. */
  String text(int level) {
    return Numbers.text(amount(level)) + " " + axis;
  }
}
