package dev.troupe.strategy.bayes.linear;

import java.util.List;

/**
 * A library of linear algebra, as far as surrogates need one. Libraries agree to rounding, and what
 * follows from a rounding may be another suggestion: the choice belongs to what determines a study,
 * and is kept with its state under {@link #name}. Immutable and thread safe; the factors are not.
 */
public sealed interface LinearAlgebra permits EjmlLinearAlgebra, LapackLinearAlgebra {

  /** Returns the name by which the choice is recorded. */
  String name();

  /**
   * Returns a factor without rows.
   *
   * @param capacity how many rows it will have at most; it grows beyond that at the price of copies
   */
  CholeskyFactor factor(int capacity);

  /**
   * Returns EJML, which is always there. Its results are the same to the last bit on every
   * platform: each is computed by the four operations and the square root alone, in one order.
   */
  static LinearAlgebra ejml() {
    return EjmlLinearAlgebra.INSTANCE;
  }

  /**
   * Returns LAPACK as OpenBLAS has it, several times as fast for some hundred rows; see {@link
   * LapackLinearAlgebra} for what its digits depend on.
   *
   * @throws IllegalArgumentException if it is not on the class path or its native code does not run
   */
  static LinearAlgebra lapack() {
    return LapackLinearAlgebra.require();
  }

  /** Returns LAPACK if it can be had, else EJML. */
  static LinearAlgebra fastest() {
    return LapackLinearAlgebra.isAvailable() ? LapackLinearAlgebra.require() : ejml();
  }

  /**
   * Returns the library of a name.
   *
   * @throws IllegalArgumentException if there is no such library, or it cannot be had
   */
  static LinearAlgebra of(String name) {
    return switch (name) {
      case EjmlLinearAlgebra.NAME -> ejml();
      case LapackLinearAlgebra.NAME -> lapack();
      default ->
          throw new IllegalArgumentException(
              "A library of linear algebra must be one of %s, but it was '%s'. Maybe the state is of a newer version."
                  .formatted(List.of(EjmlLinearAlgebra.NAME, LapackLinearAlgebra.NAME), name));
    };
  }
}
