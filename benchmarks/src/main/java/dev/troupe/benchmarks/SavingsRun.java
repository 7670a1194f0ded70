package dev.troupe.benchmarks;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.util.LinkedHashMap;

/**
 * What a run of {@link Savings} came to, a line of its record. Immutable.
 *
 * @param key of what was run
 * @param reached whether the target was reached; the amounts are what that took, else what was
 *     spent in vain
 * @param loss of the best trial; NaN if there is none
 * @param epochs trained, over all trials
 * @param seconds that passed on the virtual clock
 * @param busy the share of the time of the slots in which they were busy
 * @param trials that ended, in whatever way, or pause
 */
record SavingsRun(
    Key key,
    boolean reached,
    double loss,
    double epochs,
    double seconds,
    double busy,
    long trials) {

  /**
   * What was run.
   *
   * @param task its name
   * @param row as {@link SavingsRow} reads it, or {@link SavingsTask#REFERENCE}
   * @param workers slots of the simulated device
   * @param seed of the study
   */
  record Key(String task, String row, int workers, long seed) {

    /** Requires the texts. */
    Key {
      requireNonNull(task, "task");
      requireNonNull(row, "row");
    }
  }

  /** Returns a line of JSON. */
  String json() {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("task", key.task());
    fields.put("row", key.row());
    fields.put("workers", key.workers());
    fields.put("seed", key.seed());
    fields.put("reached", reached);
    fields.put("epochs", epochs);
    fields.put("seconds", seconds);
    fields.put("busy", busy);
    fields.put("trials", trials);
    if (Double.isFinite(loss)) {
      fields.put("loss", loss);
    }
    return ConfigValueFactory.fromMap(fields).render(ConfigRenderOptions.concise());
  }

  /**
   * Reads a line.
   *
   * @throws com.typesafe.config.ConfigException if it is none
   */
  static SavingsRun of(String json) {
    Config fields = ConfigFactory.parseString(json);
    return new SavingsRun(
        new Key(
            fields.getString("task"),
            fields.getString("row"),
            fields.getInt("workers"),
            fields.getLong("seed")),
        fields.getBoolean("reached"),
        fields.hasPath("loss") ? fields.getDouble("loss") : Double.NaN,
        fields.getDouble("epochs"),
        fields.getDouble("seconds"),
        fields.getDouble("busy"),
        fields.getLong("trials"));
  }
}
