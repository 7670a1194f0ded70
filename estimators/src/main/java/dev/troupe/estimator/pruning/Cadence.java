package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.study.Measurement;
import java.util.List;

/**
 * On which measurements a pruner speaks: from a step on, and from then on once in so many steps.
 *
 * @param grace the first step, at least 0
 * @param interval steps from one judgement to the next, at least 1
 */
record Cadence(long grace, long interval) {

  /** Reads {@code grace} and {@code interval}. */
  static Cadence of(Settings settings, long defaultGrace) {
    return new Cadence(
        settings.getLong("grace", defaultGrace, 0, Rungs.MOST_STEPS),
        settings.getLong("interval", 1, 1, Rungs.MOST_STEPS));
  }

  static Option graceOption(long defaultGrace) {
    return new Option(
        "grace", Long.toString(defaultGrace), "the first step at which a trial is judged");
  }

  static Option intervalOption() {
    return new Option("interval", "1", "steps from one judgement to the next");
  }

  /** Returns whether the newest measurement is one to speak on; steps may be left out. */
  boolean isDue(List<Measurement> measurements) {
    long newest = Curves.last(measurements);
    long before = Curves.beforeLast(measurements);
    return newest >= grace
        && (before < grace || (newest - grace) / interval > (before - grace) / interval);
  }
}
