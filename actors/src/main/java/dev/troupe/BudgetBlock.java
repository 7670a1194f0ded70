package dev.troupe;

import dev.troupe.settings.Settings;
import dev.troupe.study.Budget;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The block {@code budget} of a study file. */
final class BudgetBlock {

  private static final List<String> KEYS =
      List.of(
          "trials",
          "wall-clock",
          "virtual-time",
          "device-hours",
          "gpu-hours",
          "target",
          "no-improvement");

  private BudgetBlock() {}

  /**
   * Returns the budget.
   *
   * @throws IllegalArgumentException if a key is unknown or a value out of its range
   */
  static Budget read(Settings settings) {
    settings.requireKnown(KEYS);
    return new Budget(
        settings.has("trials") ? (Long) settings.getLong("trials", 1, 1, Long.MAX_VALUE) : null,
        settings.findDuration("wall-clock"),
        settings.findDuration("virtual-time"),
        hours(settings, "device-hours"),
        hours(settings, "gpu-hours"),
        settings.has("target")
            ? (Double) settings.getDouble("target", 0, -Double.MAX_VALUE, Double.MAX_VALUE)
            : null,
        settings.has("no-improvement")
            ? (Long) settings.getLong("no-improvement", 1, 1, Long.MAX_VALUE)
            : null);
  }

  private static @Nullable Double hours(Settings settings, String key) {
    return settings.has(key)
        ? (Double) settings.getDouble(key, 1, Double.MIN_NORMAL, Double.MAX_VALUE)
        : null;
  }
}
