package dev.troupe.space;

import java.util.OptionalLong;

/**
 * One dimension of a {@link SearchSpace}. Immutable and thread safe.
 *
 * <p>Each parameter maps the unit interval onto its values: every value has a cell of [0, 1] whose
 * width is the value's probability under uniform sampling (on the parameter's scale), and is
 * encoded as a point inside its cell, so that {@code decode(encode(value))} is the value, up to
 * rounding in the last places for a real parameter.
 */
public sealed interface Parameter
    permits FloatParameter, IntParameter, CategoricalParameter, BooleanParameter {

  /** Returns the name: {@code [a-z][a-z0-9-]*}, unique in its space. */
  String name();

  /** Returns how many values there are, or empty if they are uncountable (or above 2^63). */
  OptionalLong cardinality();

  /** Returns whether {@code value}, in its normal type, is one of this parameter's values. */
  boolean contains(Object value);

  /**
   * Returns the rule that {@code value} breaks, as {@code must be …}; meaningful only for values
   * that the parameter does not contain.
   */
  String rule();

  /**
   * Maps a value into the unit interval.
   *
   * @param value one that the parameter contains
   * @return a point in [0, 1]
   */
  double encode(Object value);

  /**
   * Maps a point of the unit interval to a value.
   *
   * @param unit in [0, 1]; values outside are moved to the nearer end
   */
  Object decode(double unit);

  /**
   * Returns the n-th of finitely many values, in ascending or declared order.
   *
   * @param index from 0 to less than the cardinality
   * @throws IllegalStateException if the values are uncountable
   */
  Object value(long index);
}
