package dev.troupe.space;

import java.util.random.RandomGenerator;

/**
 * How one configuration is made of others in a space that has its own idea of it. Pure and thread
 * safe; what it returns may break a constraint, and is drawn again then.
 */
public interface Variation {

  /** Returns a small random change of a configuration, possibly none at all. */
  Configuration mutate(SearchSpace space, Configuration parent, RandomGenerator random);

  /** Returns a random mixture of two configurations. */
  Configuration crossover(
      SearchSpace space, Configuration first, Configuration second, RandomGenerator random);

  /** Returns the variation of spaces that have no idea of their own. */
  static Variation standard() {
    return StandardVariation.INSTANCE;
  }
}
