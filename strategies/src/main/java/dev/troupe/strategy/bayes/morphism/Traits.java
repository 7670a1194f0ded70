package dev.troupe.strategy.bayes.morphism;

import java.util.Arrays;
import java.util.List;

/** Traits in units of how much they differ among the networks that are held. Immutable. */
final class Traits {

  private final double[] means;
  private final double[] deviations;

  /**
   * Measures how much traits differ.
   *
   * @param held at least one
   */
  Traits(List<double[]> held) {
    means = new double[held.get(0).length];
    deviations = new double[means.length];
    for (int k = 0; k < means.length; k++) {
      int trait = k;
      double[] values = held.stream().mapToDouble(each -> each[trait]).toArray();
      double mean = Arrays.stream(values).sum() / values.length;
      double squares = Arrays.stream(values).map(value -> (value - mean) * (value - mean)).sum();
      means[k] = mean;
      deviations[k] = squares > 0 ? Math.sqrt(squares / values.length) : 1;
    }
  }

  /** Returns standardised traits; those that all have in common are compared as they are. */
  double[] standardised(double[] traits) {
    var standardised = new double[traits.length];
    for (int k = 0; k < traits.length; k++) {
      standardised[k] = (traits[k] - means[k]) / deviations[k];
    }
    return standardised;
  }
}
