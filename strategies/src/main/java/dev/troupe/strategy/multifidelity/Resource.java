package dev.troupe.strategy.multifidelity;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Settings;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The fidelity that a strategy drives, and its levels, the highest of which is the real thing.
 *
 * @param axis of {@link Fidelity}
 * @param amounts of the levels, ascending, finite and above 0, at least one
 * @param eta factor from a level to the next, about, at least 2
 * @param whole whether the last one is the estimator's own full amount
 */
record Resource(String axis, List<Double> amounts, double eta, boolean whole) {

  /** From which end levels are counted. */
  enum Grid {
    /**
     * The {@code eta}-th part of the next level each, from the highest down, as long as that is not
     * below the least amount: as Hyperband has them.
     */
    FROM_HIGH,
    /**
     * {@code eta} times the level before each, from the least amount up, and then the highest one,
     * which a level too close below gives way to: as asynchronous successive halving has them.
     */
    FROM_LOW
  }

  private static final double DEFAULT_ETA = 3;
  private static final double LARGEST_ETA = 1000;
  private static final double LARGEST = 1e12;
  private static final double ROUNDING = 1e-12;
  private static final String KEY = "resource";
  private static final String EXAMPLE = "{ axis = epochs, low = 1, high = 50, eta = 3 }";

  /** Checks the ranges above and copies the list. */
  Resource {
    requireNonNull(axis, "axis");
    amounts = List.copyOf(amounts);
    if (amounts.isEmpty() || !(amounts.get(0) > 0) || !(eta >= 2)) {
      throw new IllegalArgumentException(
          "A resource needs amounts above 0 and eta >= 2, but they were %s and %s. Maybe %s."
              .formatted(amounts, eta, EXAMPLE));
    }
  }

  /**
   * Returns the levels of a range. Amounts are rounded to whole numbers where both ends are whole.
   *
   * @param low finite and above 0
   * @param high finite and at least {@code low}
   */
  static Resource of(String axis, double low, double high, double eta, boolean whole, Grid grid) {
    List<Double> amounts =
        grid == Grid.FROM_HIGH ? fromHigh(low, high, eta) : fromLow(low, high, eta);
    if (low == Math.rint(low) && high == Math.rint(high)) {
      amounts =
          amounts.stream().map(amount -> Math.max(low, Math.rint(amount))).distinct().toList();
    }
    return new Resource(axis, amounts, eta, whole);
  }

  private static List<Double> fromHigh(double low, double high, double eta) {
    var amounts = new ArrayList<Double>();
    // By multiplication, as logarithms are a rounding off now and then.
    int top = 0;
    for (double amount = low * eta; amount <= high * (1 + ROUNDING); amount *= eta) {
      top++;
    }
    for (int level = 0; level <= top; level++) {
      amounts.add(level == top ? high : high / StrictMath.pow(eta, top - level));
    }
    return amounts;
  }

  private static List<Double> fromLow(double low, double high, double eta) {
    var amounts = new ArrayList<Double>();
    for (double amount = low; amount * Math.sqrt(eta) <= high; amount *= eta) {
      amounts.add(amount);
    }
    amounts.add(high);
    return Collections.unmodifiableList(amounts);
  }

  /**
   * Reads the block {@code resource}; what it leaves out is the estimator's own range.
   *
   * @throws IllegalArgumentException if a setting is wrong, or neither tells the highest level
   */
  static Resource of(StrategyRequest request, Grid grid) {
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
    return of(axis, low, high, eta, range != null && high == range.high(), grid);
  }

  private static @Nullable FidelityRange range(List<FidelityRange> known, @Nullable String axis) {
    return known.stream()
        .filter(range -> axis == null || range.axis().equals(axis))
        .findFirst()
        .orElse(null);
  }

  /** Returns the number of levels, at least 1. */
  int levels() {
    return amounts.size();
  }

  /** Returns what trials of a level, counted from 0, are suggested with. */
  Fidelity fidelity(int level) {
    return whole && level == levels() - 1 ? Fidelity.full() : Fidelity.of(axis, amounts.get(level));
  }

  /** Returns the level of a fidelity, or -1 if it is none of these. */
  int level(Fidelity fidelity) {
    if (fidelity.isFull()) {
      return levels() - 1;
    }
    for (int level = levels() - 1; level >= 0; level--) {
      if (fidelity(level).equals(fidelity)) {
        return level;
      }
    }
    return -1;
  }

  /** Returns a level in words, such as {@code 9 epochs}. */
  String text(int level) {
    return Numbers.text(amounts.get(level)) + " " + axis;
  }
}
