package dev.troupe.strategy.bayes.morphism;

import static java.util.Objects.requireNonNull;

/**
 * How {@link AutoKerasStrategy} searches.
 *
 * @param initial networks before the first that follows the model, from 1
 * @param beta how many standard deviations below its mean a loss is hoped to be; at least 0
 * @param annealing of the search among morphisms
 * @param neighbours how many of a network's are looked at when it is expanded, from 1
 * @param reach how many morphisms lead from a trial to a suggestion at most, from 1
 * @param mostHeld observations that the model holds, from 10
 */
record AutoKerasOptions(
    int initial, double beta, Annealing annealing, int neighbours, int reach, int mostHeld) {

  static final int INITIAL = 4;
  static final double BETA = 2.576;
  static final double DECAY = 0.9;
  static final double LOWEST_TEMPERATURE = 1e-4;
  static final int NEIGHBOURS = 8;
  static final int REACH = 4;
  static final int MOST_HELD = 200;

  /** Requires the annealing; the rest was checked where it was read. */
  AutoKerasOptions {
    requireNonNull(annealing, "annealing");
  }

  static AutoKerasOptions defaults() {
    return new AutoKerasOptions(
        INITIAL, BETA, new Annealing(DECAY, LOWEST_TEMPERATURE), NEIGHBOURS, REACH, MOST_HELD);
  }
}
