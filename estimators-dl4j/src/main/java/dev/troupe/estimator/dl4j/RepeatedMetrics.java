package dev.troupe.estimator.dl4j;

import dev.troupe.study.Metrics;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What several trainings of one candidate measured, as one. */
final class RepeatedMetrics {

  private static final Set<String> ALIKE = Set.of("parameters", "epochs", "multiply-adds");

  private RepeatedMetrics() {}

  /**
   * Returns the means and, where the trainings can differ, under a name that ends in {@code -std}
   * the standard deviations of single trainings (of samples: divided by their number less one).
   *
   * @param each what one training measured, all the same names; of a single one itself
   */
  static Metrics of(List<Metrics> each) {
    if (each.size() == 1) {
      return each.get(0);
    }
    Map<String, Double> numbers = new LinkedHashMap<>();
    for (String name : each.get(0).numbers().keySet()) {
      double mean = each.stream().mapToDouble(one -> one.get(name)).sum() / each.size();
      numbers.put(name, mean);
      if (!ALIKE.contains(name)) {
        double squares =
            each.stream().mapToDouble(one -> (one.get(name) - mean) * (one.get(name) - mean)).sum();
        numbers.put(name + "-std", Math.sqrt(squares / (each.size() - 1)));
      }
    }
    return Metrics.of(numbers);
  }
}
