package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * That a whole study evaluates its candidates on less than the real thing, a proxy, and how it
 * finds out whether the proxy ranks them as the real thing does. Immutable and thread safe.
 *
 * @param axes amount by axis, such as 5 {@code epochs} or a quarter of the {@code data}: at least
 *     one, each finite and above 0; sorted by name, unmodifiable
 * @param check how many candidates are evaluated at full fidelity, too, at least 0; below {@value
 *     #LEAST_CHECK} a correlation says little
 * @param warnBelow the study warns of a proxy whose rank correlation (Kendall) is below, from -1 to
 *     1
 */
public record LowFidelity(Map<String, Double> axes, int check, double warnBelow) {

  /** With fewer pairs no order can be told from chance (one in 24 is perfect by chance). */
  public static final int LEAST_CHECK = 5;

  private static final double DEFAULT_WARN_BELOW = 0.5;

  /** Checks the ranges above and copies the map. */
  public LowFidelity {
    if (axes.isEmpty()) {
      throw new IllegalArgumentException(
          "A low fidelity needs an axis on which to save, but there was none. Maybe epochs = 5.");
    }
    axes = new Fidelity(axes).axes();
    if (check < 0) {
      throw new IllegalArgumentException(
          "A low fidelity is checked on at least 0 candidates, but was to be on %d. Maybe %d."
              .formatted(check, LEAST_CHECK));
    }
    if (!(warnBelow >= -1 && warnBelow <= 1)) {
      throw new IllegalArgumentException(
          "A rank correlation is from -1 to 1, but warn-below was %s. Maybe %s."
              .formatted(warnBelow, DEFAULT_WARN_BELOW));
    }
  }

  /** Returns one that limits one axis, checked on {@value #LEAST_CHECK} candidates. */
  public static LowFidelity of(String axis, double amount) {
    return of(Map.of(axis, amount));
  }

  /** Returns one that limits axes, checked on {@value #LEAST_CHECK} candidates. */
  public static LowFidelity of(Map<String, Double> axes) {
    return new LowFidelity(axes, LEAST_CHECK, DEFAULT_WARN_BELOW);
  }

  /** Returns one that limits another axis, too. */
  public LowFidelity withAxis(String axis, double amount) {
    var more = new TreeMap<String, Double>(axes);
    more.put(requireNonNull(axis, "axis"), amount);
    return new LowFidelity(more, check, warnBelow);
  }

  /** Returns one that is checked on so many candidates. */
  public LowFidelity withCheck(int candidates) {
    return new LowFidelity(axes, candidates, warnBelow);
  }

  /** Returns one that is warned of below another correlation. */
  public LowFidelity withWarnBelow(double correlation) {
    return new LowFidelity(axes, check, correlation);
  }

  /**
   * Returns with what candidates are suggested. An axis at its full amount is not limited.
   *
   * @param ranges what the estimator can spend less of
   * @throws IllegalArgumentException if it cannot spend less on one of the axes, not that little or
   *     not that much, or if nothing is limited
   */
  public Fidelity within(List<FidelityRange> ranges) {
    var limited = new TreeMap<String, Double>();
    axes.forEach(
        (axis, amount) -> {
          FidelityRange range = range(axis, ranges);
          if (amount < range.low() || amount > range.high()) {
            throw new IllegalArgumentException(
                "fidelity.axes.%s must be from %s to %s for this estimator, but was %s. Maybe %s."
                    .formatted(axis, range.low(), range.high(), amount, range.low()));
          }
          if (amount < range.high()) {
            limited.put(axis, amount);
          }
        });
    if (limited.isEmpty()) {
      throw new IllegalArgumentException(
          "fidelity.axes must limit something, but %s is all there is. Maybe less, or leave fidelity out."
              .formatted(axes));
    }
    return new Fidelity(limited);
  }

  private static FidelityRange range(String axis, List<FidelityRange> ranges) {
    return ranges.stream()
        .filter(range -> range.axis().equals(axis))
        .findFirst()
        .orElseThrow(() -> unknown(axis, ranges));
  }

  private static IllegalArgumentException unknown(String axis, List<FidelityRange> ranges) {
    List<String> known = ranges.stream().map(FidelityRange::axis).toList();
    return new IllegalArgumentException(
        known.isEmpty()
            ? "fidelity.axes.%s: the estimator can spend less on no axis at all. Maybe leave fidelity out."
                .formatted(axis)
            : "fidelity.axes.%s: the estimator can spend less on %s only. Maybe %s."
                .formatted(axis, known, known.get(0)));
  }
}
