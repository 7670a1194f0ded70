package dev.troupe.estimator.cost;

import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.FidelityReport;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What is known of how the cost of an evaluation grows with its fidelity: as the product of a power
 * of the amount on each axis. Immutable and thread safe.
 *
 * @param ranges the axes, with their full amounts; unmodifiable
 * @param exponents what is known of the power of each, in the order of {@code ranges}; unmodifiable
 * @param observations how many evaluations told it
 */
public record CostModel(
    List<FidelityRange> ranges, List<FidelityReport.Exponent> exponents, int observations) {

  /** Copies the lists and checks that there is a power for each axis. */
  public CostModel {
    ranges = List.copyOf(ranges);
    exponents = List.copyOf(exponents);
    if (ranges.size() != exponents.size()) {
      throw new IllegalArgumentException(
          "A cost model needs an exponent for each axis, but there were %d for %d."
              .formatted(exponents.size(), ranges.size()));
    }
  }

  /**
   * Returns how many times as much a full evaluation costs as one of the same candidate at {@code
   * fidelity}: the median, above 0. Axes that are not known count as full.
   */
  public double fullOver(Fidelity fidelity) {
    double log = 0;
    for (int i = 0; i < ranges.size(); i++) {
      log -= exponents.get(i).mean() * CostLearner.logShare(ranges.get(i), fidelity);
    }
    return StrictMath.exp(log);
  }

  /** Returns the exponents by axis, sorted by name. */
  public Map<String, FidelityReport.Exponent> byAxis() {
    var byAxis = new TreeMap<String, FidelityReport.Exponent>();
    for (int i = 0; i < ranges.size(); i++) {
      byAxis.put(ranges.get(i).axis(), exponents.get(i));
    }
    return byAxis;
  }
}
