package dev.troupe.strategy.bayes.morphism;

/**
 * Simulated annealing: temperatures that begin at 1 and fall by a factor, and how probably what is
 * not the best is followed at one (Jin, Song, Hu 2018, arXiv:1806.10282, algorithm 1).
 *
 * @param decay factor, above 0 and below 1
 * @param lowest no temperature follows one that is not above it; above 0 and below 1
 */
record Annealing(double decay, double lowest) {

  /** Checks the ranges above. */
  Annealing {
    requireShare("decay", decay, 0.9);
    requireShare("lowest temperature", lowest, 1e-4);
  }

  private static void requireShare(String what, double value, double remedy) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          "Annealing: the %s must be above 0 and below 1, but was %s. Maybe %s."
              .formatted(what, value, remedy));
    }
  }

  /** Returns the first temperature. */
  double first() {
    return decay;
  }

  /** Returns the temperature that follows one, or 0 if none does. */
  double after(double temperature) {
    return temperature > lowest ? temperature * decay : 0;
  }

  /**
   * Returns how probably a value is followed, from 0 to 1.
   *
   * @param least the least value so far
   * @param temperature above 0
   */
  double acceptance(double least, double value, double temperature) {
    return value <= least ? 1 : StrictMath.exp((least - value) / temperature);
  }
}
