package dev.troupe.strategy.bayes.linear;

/**
 * A library of linear algebra, as far as surrogates need one. Others (LAPACK, say) can take the
 * place of {@link #java}; they agree to rounding, so that the choice belongs to what determines a
 * study's suggestions. Thread safe; the factors are not.
 */
public interface LinearAlgebra {

  /** Returns the name by which the choice is recorded. */
  String name();

  /**
   * Returns a factor without rows.
   *
   * @param capacity how many rows it will have at most; it grows beyond that at the price of copies
   */
  CholeskyFactor factor(int capacity);

  /**
   * Returns an implementation in plain Java. It needs no native code, and its results are the same
   * to the last bit on every platform: each is computed by the four operations and the square root
   * alone, in an order that does not depend on blocks.
   */
  static LinearAlgebra java() {
    return JavaLinearAlgebra.INSTANCE;
  }
}
