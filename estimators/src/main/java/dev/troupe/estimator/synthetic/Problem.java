package dev.troupe.estimator.synthetic;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.List;

/** A function to be minimised whose minimum is known. Immutable and thread safe. */
interface Problem {

  /** Returns the name that the study file uses. */
  String name();

  /** Returns where it is defined. */
  SearchSpace space();

  /**
   * Returns the value without noise; NaN where the evaluation would diverge.
   *
   * @param configuration one of the space, or one with further values, which are ignored
   */
  double value(Configuration configuration);

  /** Returns the smallest value in the space, exact up to rounding of the formula. */
  double minimum();

  /** Returns where the smallest value is taken, up to rounding: at least one configuration. */
  List<Configuration> minimizers();
}
