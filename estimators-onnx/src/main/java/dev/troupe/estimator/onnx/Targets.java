package dev.troupe.estimator.onnx;

import dev.troupe.settings.Nearest;
import dev.troupe.settings.Settings;
import dev.troupe.study.Metrics;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Which outputs of the model become metrics.
 *
 * @param metrics index of the output by metric; what the search may see
 * @param report index of the output by name; told for the best trial after the search
 * @param cost index of the output that tells the seconds, or -1 if an evaluation takes no time
 */
record Targets(Map<String, Integer> metrics, Map<String, Integer> report, int cost) {

  Targets {
    metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    report = Collections.unmodifiableMap(new LinkedHashMap<>(report));
  }

  /**
   * Reads the blocks {@code metrics} and {@code report} and the key {@code cost}.
   *
   * @throws IllegalArgumentException if one names an output that the model does not have
   */
  static Targets from(Settings settings, Scenario scenario) {
    Map<String, Integer> report = read(settings.getSettings("report"), scenario.outputs());
    Map<String, Integer> metrics = read(settings.getSettings("metrics"), scenario.outputs());
    if (!settings.has("metrics")) {
      for (int i = 0; i < scenario.outputs().size(); i++) {
        if (!report.containsValue(i)) {
          metrics.put(Scenario.kebab(scenario.outputs().get(i)), i);
        }
      }
    }
    String known = scenario.time();
    int cost = known == null ? -1 : scenario.outputs().indexOf(known);
    if (settings.has("cost")) {
      String name = settings.getString("cost", "none");
      cost = name.equals("none") ? -1 : index(settings, "cost", name, scenario.outputs());
    }
    return new Targets(metrics, report, cost);
  }

  private static Map<String, Integer> read(Settings block, List<String> outputs) {
    var indices = new LinkedHashMap<String, Integer>();
    for (String key : new TreeSet<>(block.keys())) {
      indices.put(key, index(block, key, block.requireString(key, "val_accuracy"), outputs));
    }
    return indices;
  }

  private static int index(Settings block, String key, String name, List<String> outputs) {
    for (int i = 0; i < outputs.size(); i++) {
      if (Scenario.means(name, outputs.get(i))) {
        return i;
      }
    }
    throw new IllegalArgumentException(
        "%s.%s must be an output of the model, but was '%s'. %s"
            .formatted(block.part(), key, name, Nearest.hint(name, outputs)));
  }

  /** Returns the metrics of one row of outputs. */
  Metrics metricsOf(float[] outputs) {
    return select(metrics, outputs);
  }

  /** Returns what is told after the search. */
  Metrics reportOf(float[] outputs) {
    return select(report, outputs);
  }

  private static Metrics select(Map<String, Integer> indices, float[] outputs) {
    var numbers = new LinkedHashMap<String, Double>();
    indices.forEach((name, index) -> numbers.put(name, (double) outputs[index]));
    return Metrics.of(numbers);
  }

  /** Returns the seconds that one row of outputs tells; a prediction below 0 or NaN counts as 0. */
  double secondsOf(float[] outputs) {
    double seconds = cost < 0 ? 0 : outputs[cost];
    return seconds > 0 && seconds < Double.POSITIVE_INFINITY ? seconds : 0;
  }
}
