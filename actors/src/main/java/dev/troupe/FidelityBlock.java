package dev.troupe;

import dev.troupe.settings.Settings;
import dev.troupe.study.LowFidelity;
import java.util.List;
import java.util.TreeMap;

/** The block {@code fidelity} of a study file. */
final class FidelityBlock {

  private static final List<String> KEYS = List.of("axes", "check", "warn-below");
  private static final int MOST_CHECKS = 1_000_000;

  private FidelityBlock() {}

  /**
   * Returns at what candidates are evaluated. Whether the estimator has these axes is found out
   * when there is one.
   *
   * @throws IllegalArgumentException if a key is unknown, a value out of its range, or no axis
   *     named
   */
  static LowFidelity read(Settings settings) {
    settings.requireKnown(KEYS);
    Settings axes = settings.getSettings("axes");
    var amounts = new TreeMap<String, Double>();
    for (String axis : axes.keys()) {
      amounts.put(axis, axes.getDouble(axis, 1, Double.MIN_NORMAL, Double.MAX_VALUE));
    }
    if (amounts.isEmpty()) {
      throw new IllegalArgumentException(
          "%s must name what to spend less of, but names nothing. Maybe axes { epochs = 5 }."
              .formatted(axes.part()));
    }
    LowFidelity low = LowFidelity.of(amounts);
    return low.withCheck(settings.getInt("check", low.check(), 0, MOST_CHECKS))
        .withWarnBelow(settings.getDouble("warn-below", low.warnBelow(), -1, 1));
  }
}
