package dev.troupe.bench;

import dev.troupe.PrunerChoice;
import dev.troupe.Pruners;
import dev.troupe.Strategies;
import dev.troupe.StrategyChoice;
import dev.troupe.StudyFile;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is compared: a strategy with the problem's own pruner, if it has one, as in {@code random};
 * with another one, as in {@code random+asha}; or without, as in {@code random+none}.
 *
 * @param strategy its name in study files
 * @param pruner likewise; null for the problem's own
 */
record Entrant(String strategy, @Nullable String pruner) {

  private static final char SEPARATOR = '+';
  private static final String NONE = "none";

  /** Reads one of the three forms. */
  static Entrant parse(String text) {
    int place = text.indexOf(SEPARATOR);
    return place < 0
        ? new Entrant(text, null)
        : new Entrant(text.substring(0, place), text.substring(place + 1));
  }

  /**
   * Requires both names to be known.
   *
   * @throws IllegalArgumentException if there is no such strategy or pruner
   */
  void requireKnown() {
    Strategies.named(strategy, Map.of());
    if (pruner != null && !pruner.equals(NONE)) {
      Pruners.named(pruner, Map.of());
    }
  }

  /** Returns the strategy: with the settings of a study file if it is the file's own. */
  StrategyChoice strategyFor(StudyFile file) {
    return strategy.equals(file.strategyName())
        ? file.strategy()
        : Strategies.named(strategy, Map.of());
  }

  /** Returns the pruner, if there is one: with the file's settings if it is the file's own. */
  @Nullable PrunerChoice prunerFor(StudyFile file) {
    PrunerChoice own = file.pruner();
    if (pruner == null) {
      return own;
    }
    if (pruner.equals(NONE)) {
      return null;
    }
    return own != null && own.name().equals(pruner) ? own : Pruners.named(pruner, Map.of());
  }
}
