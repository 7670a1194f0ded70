package dev.troupe.strategy.bayes;

import java.util.Comparator;

/**
 * A point and what it is worth to evaluate it.
 *
 * @param point shape [d], not to be changed
 * @param worth larger is better
 */
@SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
record Scored(double[] point, double worth) {

  /** Of equals the one that comes first stays first in a stable sort. */
  static final Comparator<Scored> BEST_FIRST = Comparator.comparingDouble(Scored::worth).reversed();
}
