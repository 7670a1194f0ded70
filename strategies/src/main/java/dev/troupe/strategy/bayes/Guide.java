package dev.troupe.strategy.bayes;

import dev.troupe.study.Explanation;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/** Says where to look next, given what is known, by models that it keeps. Not thread safe. */
interface Guide {

  /**
   * Returns candidates, best first, all allowed.
   *
   * @param evidence with at least one observation; what is pending may have grown since the last
   *     call, the rest only if {@link #update} was called
   * @param number of the suggestion, counted from 1
   * @param isNew whether a point may be suggested
   * @param random decides where to look
   */
  List<Scored> propose(
      Evidence evidence, long number, Predicate<double[]> isNew, RandomGenerator random);

  /** Returns whether it has learned that the same candidate is not always worth the same. */
  boolean isNoisy();

  /** Returns why a candidate was among those that were returned last. */
  Explanation explain(Evidence evidence, Scored candidate);

  /**
   * Returns whether the next suggestion is to be one of an evenly spread design instead, after
   * which {@link #designed} is called.
   */
  default boolean needsDesign() {
    return false;
  }

  /** Takes notice that a suggestion of an evenly spread design was made as was wanted. */
  default void designed() {}

  /**
   * Takes notice that evidence has changed.
   *
   * @param newest the newest trial that has been started
   */
  void update(Evidence evidence, long newest);

  /** Writes what cannot be learned anew from evidence. */
  void write(DataOutputStream out) throws IOException;

  /** Reads what {@link #write} wrote, and returns what takes it over; changes nothing itself. */
  Runnable read(DataInputStream in) throws IOException;
}
