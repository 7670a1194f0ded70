package dev.troupe.strategy.multifidelity;

import dev.troupe.settings.Settings;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * The fidelity that a strategy drives, on one axis or on several in step, and its levels, the
 * highest of which is the real thing.
 *
 * @param fidelities of the levels, ascending, at least one; all name the same axes, at least one
 * @param eta factor of the cost from a level to the next, about, at least 2
 * @param whole whether the last one is the estimator's own full amount on every axis
 */
record Resource(List<Fidelity> fidelities, double eta, boolean whole) {

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
  private static final double ROUNDING = 1e-12;
  private static final String KEY = "resource";
  private static final String AXES = "axes";
  private static final String EXAMPLE = "{ axis = epochs, low = 1, high = 50, eta = 3 }";

  /** Checks the ranges above and copies the list. */
  Resource {
    fidelities = List.copyOf(fidelities);
    if (fidelities.isEmpty() || fidelities.get(0).isFull() || !(eta >= 2)) {
      throw new IllegalArgumentException(
          "A resource needs amounts above 0 and eta >= 2, but they were %s and %s. Maybe %s."
              .formatted(fidelities, eta, EXAMPLE));
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
    DrivenAxis driven = new DrivenAxis(axis, low, high);
    return new Resource(
        amounts.stream()
            .map(driven::rounded)
            .distinct()
            .map(amount -> Fidelity.of(axis, amount))
            .toList(),
        eta,
        whole);
  }

  /**
   * Returns the levels of several axes that rise together: between two levels each goes the same
   * share of the way from its least to its highest amount, in logarithms, so that all leave their
   * least and reach their highest amounts at once; and from level to level the cost that they have
   * together, each with its exponent, grows by {@code eta}.
   *
   * @param axes at least one
   */
  static Resource of(List<DrivenAxis> axes, double eta, boolean whole, Grid grid) {
    double span = axes.stream().mapToDouble(DrivenAxis::logCost).sum();
    double most = StrictMath.exp(span);
    List<Double> costs = grid == Grid.FROM_HIGH ? fromHigh(1, most, eta) : fromLow(1, most, eta);
    return new Resource(
        costs.stream()
            .map(cost -> span == 0 ? 1 : StrictMath.log(cost) / span)
            .map(share -> at(axes, Math.min(1, share)))
            .distinct()
            .toList(),
        eta,
        whole);
  }

  private static Fidelity at(List<DrivenAxis> axes, double share) {
    return new Fidelity(
        axes.stream().collect(Collectors.toMap(DrivenAxis::name, axis -> axis.at(share))));
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
   * @throws IllegalArgumentException if a setting is wrong, leaves a range of the estimator, or
   *     neither tells the highest level
   */
  static Resource of(StrategyRequest request, Grid grid) {
    Settings block = request.settings().getSettings(KEY);
    block.requireKnown(List.of("axis", AXES, "low", "high", "eta"));
    double eta = block.getDouble("eta", DEFAULT_ETA, 2, LARGEST_ETA);
    List<FidelityRange> known = request.fidelities();
    if (block.has(AXES)) {
      return ofAxes(block, known, eta, grid);
    }
    DrivenAxis axis = DrivenAxis.read(block, block.findString("axis"), known);
    return of(axis.name(), axis.low(), axis.high(), eta, axis.isWholeOf(known), grid);
  }

  private static Resource ofAxes(Settings block, List<FidelityRange> known, double eta, Grid grid) {
    for (String key : List.of("axis", "low", "high")) {
      if (block.has(key)) {
        throw block.refuse(key, "must not be set beside axes, each of which has its own");
      }
    }
    Settings axes = block.getSettings(AXES);
    var driven = new ArrayList<DrivenAxis>();
    for (String name : axes.keys()) {
      Settings range = axes.getSettings(name);
      range.requireKnown(List.of("low", "high"));
      driven.add(DrivenAxis.read(range, name, known));
    }
    if (driven.isEmpty()) {
      throw block.refuse(AXES, "must name an axis");
    }
    boolean whole = driven.stream().allMatch(axis -> axis.isWholeOf(known));
    return of(driven, eta, whole, grid);
  }

  /** Returns the number of levels, at least 1. */
  int levels() {
    return fidelities.size();
  }

  /** Returns what trials of a level, counted from 0, are suggested with. */
  Fidelity fidelity(int level) {
    return whole && level == levels() - 1 ? Fidelity.full() : fidelities.get(level);
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
    return fidelities.get(level).axes().entrySet().stream()
        .map(each -> Numbers.text(each.getValue()) + " " + each.getKey())
        .collect(Collectors.joining(", "));
  }
}
