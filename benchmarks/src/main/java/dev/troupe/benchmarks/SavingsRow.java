package dev.troupe.benchmarks;

import com.typesafe.config.ConfigFactory;
import dev.troupe.PrunerChoice;
import dev.troupe.Pruners;
import dev.troupe.Strategies;
import dev.troupe.StrategyChoice;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@link Savings}: a strategy, and perhaps a pruner after a plus sign, each with settings
 * in HOCON after a colon if it has any, as in {@code asha:proposer=tpe} and {@code
 * random+median:grace=5}. Immutable.
 *
 * @param text as it was given
 * @param strategy what proposes
 * @param pruner what stops trials, or null
 */
record SavingsRow(String text, StrategyChoice strategy, @Nullable PrunerChoice pruner) {

  /** A name and its settings. */
  private record Part(String name, Map<String, Object> settings) {

    static Part of(String text) {
      int colon = text.indexOf(':');
      return colon < 0
          ? new Part(text, Map.of())
          : new Part(
              text.substring(0, colon),
              ConfigFactory.parseString(text.substring(colon + 1)).root().unwrapped());
    }
  }

  /**
   * Reads a row.
   *
   * @throws IllegalArgumentException if there is no such pruner
   */
  static SavingsRow of(String text) {
    int plus = text.indexOf('+');
    Part strategy = Part.of(plus < 0 ? text : text.substring(0, plus));
    Part pruner = plus < 0 ? null : Part.of(text.substring(plus + 1));
    return new SavingsRow(
        text,
        Strategies.named(strategy.name(), strategy.settings()),
        pruner == null ? null : Pruners.named(pruner.name(), pruner.settings()));
  }
}
