package dev.troupe.strategy.multifidelity;

import dev.troupe.settings.Nearest;
import dev.troupe.settings.Settings;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An axis of the fidelity that a strategy drives, from where to where.
 *
 * @param name of the axis
 * @param low the least amount, finite and above 0
 * @param high the highest, finite and at least {@code low}
 */
record DrivenAxis(String name, double low, double high) {

  private static final String DEFAULT_AXIS = "epochs";
  private static final double LARGEST = 1e12;

  /**
   * Reads a range; what it leaves out is the estimator's own.
   *
   * @param block with {@code low} and {@code high}, both of which may be left out
   * @param name of the axis; null: the estimator's main one
   * @param known what the estimator can spend less of; none if that is not known
   * @throws IllegalArgumentException if a setting is wrong or leaves the range, the estimator has
   *     no such axis, or neither tells the highest amount
   */
  static DrivenAxis read(Settings block, @Nullable String name, List<FidelityRange> known) {
    FidelityRange range = range(known, name);
    if (range == null && name != null && !known.isEmpty()) {
      List<String> names = known.stream().map(FidelityRange::axis).toList();
      throw new IllegalArgumentException(
          "The strategy is to save on the fidelity '%s', but the estimator can spend less on %s alone. %s"
              .formatted(name, names, Nearest.hint(name, names)));
    }
    if (range == null && !block.has("high")) {
      throw new IllegalArgumentException(
          "The strategy needs a fidelity to save on, but the estimator names none%s. Maybe set strategy.resource { axis = epochs, low = 1, high = 50, eta = 3 }."
              .formatted(name == null ? "" : " called '" + name + "'"));
    }
    double most = range == null ? LARGEST : range.high();
    double high = block.getDouble("high", most, Double.MIN_NORMAL, most);
    double least = range == null ? Math.min(1, high) : Math.min(range.low(), high);
    double low = block.getDouble("low", least, range == null ? Double.MIN_NORMAL : least, high);
    String axis = range != null ? range.axis() : name == null ? DEFAULT_AXIS : name;
    return new DrivenAxis(axis, low, high);
  }

  private static @Nullable FidelityRange range(List<FidelityRange> known, @Nullable String name) {
    return known.stream()
        .filter(range -> name == null || range.axis().equals(name))
        .findFirst()
        .orElse(null);
  }

  /** Returns whether it ends at the estimator's own full amount. */
  boolean isWholeOf(List<FidelityRange> known) {
    FidelityRange range = range(known, name);
    return range != null && high == range.high();
  }

  /** Returns the logarithm of how many times the highest amount costs what the least does. */
  double logCost() {
    return Fidelity.costExponent(name) * StrictMath.log(high / low);
  }

  /**
   * Returns the amount after a share of the way from the least to the highest, in logarithms.
   *
   * @param share from 0 to 1
   */
  double at(double share) {
    double amount = share >= 1 ? high : low * StrictMath.pow(high / low, share);
    return rounded(Math.min(high, amount));
  }

  /** Returns the amount, as a whole number of at least {@link #low} where both ends are whole. */
  double rounded(double amount) {
    boolean isWhole = low == Math.rint(low) && high == Math.rint(high);
    return isWhole ? Math.max(low, Math.rint(amount)) : amount;
  }
}
