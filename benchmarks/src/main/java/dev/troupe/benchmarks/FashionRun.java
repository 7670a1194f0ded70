package dev.troupe.benchmarks;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyResult;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a study of {@link FashionStudy} came to, a line of its record. Immutable.
 *
 * @param arm its name
 * @param seed of the study
 * @param scale what else decides, so that runs of other settings are told apart
 * @param trials how many completed, were pruned, pause or failed
 * @param validation the best validation accuracy, 0 to 1; NaN if no trial completed
 * @param test accuracy of that trial on the test part; NaN likewise
 * @param deviceSeconds for which devices were held
 * @param saved device-seconds that were saved, as estimated, by trick
 */
record FashionRun(
    String arm,
    long seed,
    String scale,
    Map<String, Long> trials,
    double validation,
    double test,
    double deviceSeconds,
    Map<String, Double> saved) {

  private static final double SECONDS_PER_HOUR = 3600;

  /** Copies the maps. */
  FashionRun {
    requireNonNull(arm, "arm");
    requireNonNull(scale, "scale");
    trials = Map.copyOf(trials);
    saved = Map.copyOf(saved);
  }

  /** Returns the run that a study was. */
  static FashionRun of(String arm, long seed, String scale, StudyResult result) {
    var saved = new TreeMap<String, Double>();
    result
        .savedHours()
        .forEach((trick, hours) -> saved.put(trick.label(), hours * SECONDS_PER_HOUR));
    EndedTrial best = result.best();
    return new FashionRun(
        arm,
        seed,
        scale,
        Map.of(
            "completed", result.completed(),
            "pruned", result.pruned(),
            "paused", result.paused(),
            "failed", result.failed(),
            "stopped", result.stopped()),
        best == null ? Double.NaN : best.metrics().getOrNaN("accuracy"),
        result.test().getOrNaN("accuracy"),
        result.deviceHours() * SECONDS_PER_HOUR,
        saved);
  }

  /** Returns a line of JSON. */
  String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("arm", arm);
    fields.put("seed", seed);
    fields.put("scale", scale);
    fields.put("trials", trials);
    if (Double.isFinite(validation)) {
      fields.put("validation-accuracy", validation);
    }
    if (Double.isFinite(test)) {
      fields.put("test-accuracy", test);
    }
    fields.put("device-seconds", deviceSeconds);
    fields.put("saved-device-seconds", saved);
    return ConfigValueFactory.fromMap(fields).render(ConfigRenderOptions.concise());
  }

  /**
   * Reads a line.
   *
   * @throws com.typesafe.config.ConfigException if it is none
   */
  static FashionRun of(String json) {
    Config fields = ConfigFactory.parseString(json);
    var trials = new TreeMap<String, Long>();
    numbers(fields, "trials").forEach((name, count) -> trials.put(name, count.longValue()));
    var saved = new TreeMap<String, Double>();
    numbers(fields, "saved-device-seconds")
        .forEach((trick, seconds) -> saved.put(trick, seconds.doubleValue()));
    return new FashionRun(
        fields.getString("arm"),
        fields.getLong("seed"),
        fields.getString("scale"),
        trials,
        number(fields, "validation-accuracy"),
        number(fields, "test-accuracy"),
        fields.getDouble("device-seconds"),
        saved);
  }

  private static double number(Config fields, String key) {
    return fields.hasPath(key) ? fields.getDouble(key) : Double.NaN;
  }

  private static Map<String, Number> numbers(Config fields, String key) {
    var numbers = new TreeMap<String, Number>();
    for (Map.Entry<String, ConfigValue> entry : fields.getObject(key).entrySet()) {
      numbers.put(entry.getKey(), (Number) entry.getValue().unwrapped());
    }
    return numbers;
  }
}
