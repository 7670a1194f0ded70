package dev.troupe.space;

import java.util.Optional;
import java.util.Set;

/**
 * What the configurations of a space stand for, where that is more than their values: the
 * architecture of a network, say. Pure and thread safe.
 *
 * @param <T> what they stand for
 */
public interface Decoder<T> {

  /** Returns the type of what they stand for. */
  Class<T> type();

  /** Returns the names of the parameters that it reads; the space may have others beside them. */
  Set<String> names();

  /**
   * Returns what a configuration stands for; values of other parameters than {@link #names} make no
   * difference.
   *
   * @throws IllegalArgumentException if a parameter is missing or has a value that it cannot have
   */
  T decode(Configuration configuration);

  /**
   * Returns the configuration that stands for all those that mean the same as this one; by default
   * itself. Values of other parameters than {@link #names} are kept.
   */
  default Configuration canonical(Configuration configuration) {
    return configuration;
  }

  /**
   * Returns the object of a type that does the decoding, for strategies that have to know more of a
   * space than what its configurations stand for; empty if it is of another type.
   */
  default <A> Optional<A> unwrap(Class<A> wanted) {
    return wanted.isInstance(this) ? Optional.of(wanted.cast(this)) : Optional.empty();
  }
}
