package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a study found out about its evaluations below full fidelity. Immutable and thread safe.
 *
 * @param levels how well each lower fidelity ranked the candidates by the first objective, the
 *     lowest first; unmodifiable
 * @param costs how the cost of an evaluation grows with each axis, by axis; none where no
 *     evaluation told anything; unmodifiable
 */
public record FidelityReport(List<Level> levels, Map<String, Exponent> costs) {

  /**
   * One lower fidelity.
   *
   * @param fidelity of the proxy
   * @param correlation over the candidates that were evaluated at it and at full fidelity
   * @param selected whether these candidates were promoted for being good: among the good ones
   *     alone any proxy ranks worse than over all
   */
  public record Level(Fidelity fidelity, RankCorrelation correlation, boolean selected) {

    /** Requires all. */
    public Level {
      requireNonNull(fidelity, "fidelity");
      requireNonNull(correlation, "correlation");
    }
  }

  /**
   * That the cost of an evaluation grows as a power of the amount on an axis.
   *
   * @param mean the most likely power
   * @param deviation how far off that may be (one standard deviation), above 0
   */
  public record Exponent(double mean, double deviation) {}

  /** Copies the collections. */
  public FidelityReport {
    levels = List.copyOf(levels);
    costs = Collections.unmodifiableMap(new TreeMap<>(costs));
  }
}
