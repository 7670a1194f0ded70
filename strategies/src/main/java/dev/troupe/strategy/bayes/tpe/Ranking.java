package dev.troupe.strategy.bayes.tpe;

/** Orders the rows of ended trials, best first. Not thread safe. */
interface Ranking {

  /** Ranks the next row; rows count up from 0. */
  void add(Merit merit);

  /** Returns the number of rows that have a value; they come before all others. */
  int valued();

  /**
   * Returns the rows, best first; valid until the next {@link #add}, and not to be changed.
   *
   * @param best how many come first in any case; among the others the order may be rougher
   */
  int[] order(int best);
}
