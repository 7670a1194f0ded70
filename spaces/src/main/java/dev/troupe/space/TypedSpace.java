package dev.troupe.space;

/**
 * A search space whose configurations stand for values of a type of the user's: a record, an
 * architecture, or, for a plain {@link SearchSpace}, the configuration itself.
 *
 * @param <T> what a configuration stands for
 */
public interface TypedSpace<T> {

  /** Returns the space. */
  SearchSpace searchSpace();

  /**
   * Returns what a configuration of the space stands for.
   *
   * @throws IllegalArgumentException if it is not in the space
   */
  T instance(Configuration configuration);

  /**
   * Returns the configuration that stands for {@code instance}.
   *
   * @throws IllegalArgumentException if it is not in the space
   */
  Configuration configuration(T instance);
}
