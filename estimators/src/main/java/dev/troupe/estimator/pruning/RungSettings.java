package dev.troupe.estimator.pruning;

import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.OptionalLong;

/**
 * What all pruners with rungs are told.
 *
 * @param eta one of so many goes on from a rung, at least 2
 * @param min the step of the first rung, at least 1
 * @param max the step at which a full evaluation is done, above {@code min}; empty if nobody says
 */
record RungSettings(int eta, long min, OptionalLong max) {

  static final Option ETA = new Option("eta", "3", "one of so many goes on from a rung");
  static final Option MIN = new Option("min", "1", "the step of the first rung");
  static final Option MAX =
      new Option(
          "max",
          "the estimator's",
          "the step at which a full evaluation is done (else that of completed trials)");

  private static final int MOST_ETA = 1000;

  /**
   * Reads them.
   *
   * @throws IllegalArgumentException if one is out of range, or there is no room between the first
   *     rung and the end
   */
  static RungSettings of(PrunerRequest request) {
    Settings settings = request.settings();
    int eta = settings.getInt(ETA.key(), 3, 2, MOST_ETA);
    long min = settings.getLong(MIN.key(), 1, 1, Rungs.MOST_STEPS);
    OptionalLong max = end(request);
    if (max.isPresent() && max.getAsLong() <= min) {
      throw new IllegalArgumentException(
          "pruner.min must be below the step at which a full evaluation is done, but was %d and that is %d. Maybe min = 1, or leave the pruner out."
              .formatted(min, max.getAsLong()));
    }
    return new RungSettings(eta, min, max);
  }

  /** Returns where a full evaluation ends: the setting, else what the estimator says. */
  static OptionalLong end(PrunerRequest request) {
    Settings settings = request.settings();
    return settings.has(MAX.key())
        ? OptionalLong.of(settings.getLong(MAX.key(), 1, 1, Rungs.MOST_STEPS))
        : request.fullStep();
  }

  /** Returns at most {@code most} rungs, beginning at {@code first}. */
  long[] steps(long first, int most) {
    return Rungs.of(first, eta, max.orElse(Rungs.MOST_STEPS), most);
  }
}
