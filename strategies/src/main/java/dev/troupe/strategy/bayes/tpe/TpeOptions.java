package dev.troupe.strategy.bayes.tpe;

import static java.util.Objects.requireNonNull;

/**
 * How {@link TpeStrategy} searches.
 *
 * @param startup trials that have to end before a model is made, at least 1
 * @param candidates drawn for a suggestion, of which the best is taken, at least 1
 * @param split how the number of good trials grows
 * @param goodShare what it is multiplied with, above 0 and at most 10
 * @param mostGood no more trials are good, at least 1
 * @param mostBad no more bad trials have a kernel, at least 1: the best of them
 */
record TpeOptions(
    int startup, int candidates, Split split, double goodShare, int mostGood, int mostBad) {

  static final int LARGEST = 1_000_000;
  static final double LARGEST_SHARE = 10;

  private static final TpeOptions DEFAULTS = new TpeOptions(10, 24, Split.LINEAR, 0.15, 25, 500);

  /** Checks the ranges above. */
  TpeOptions {
    requireNonNull(split, "split");
    requirePositive("startup", startup);
    requirePositive("candidates", candidates);
    requirePositive("most-good", mostGood);
    requirePositive("most-bad", mostBad);
    if (!(goodShare > 0) || goodShare > LARGEST_SHARE) {
      throw new IllegalArgumentException(
          "Strategy 'tpe': good-share must be above 0 and at most %s, but was %s. Maybe %s."
              .formatted(LARGEST_SHARE, goodShare, DEFAULTS.goodShare));
    }
  }

  private static void requirePositive(String key, int value) {
    if (value < 1 || value > LARGEST) {
      throw new IllegalArgumentException(
          "Strategy 'tpe': %s must be from 1 to %d, but was %d. Maybe leave it out."
              .formatted(key, LARGEST, value));
    }
  }

  /** Returns what did best on the problems that the strategy was tried on. */
  static TpeOptions defaults() {
    return DEFAULTS;
  }

  /** Returns how many of so many trials are good. */
  int good(int trials) {
    return split.good(goodShare, mostGood, trials);
  }
}
