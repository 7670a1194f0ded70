package dev.troupe.strategy.bayes.linear;

/**
 * The Efficient Java Matrix Library, without native code and on the caller's thread. It factorises;
 * see {@link EjmlMatrices} for what it does not.
 */
final class EjmlLinearAlgebra implements LinearAlgebra {

  static final String NAME = "ejml";
  static final LinearAlgebra INSTANCE = new EjmlLinearAlgebra();

  private EjmlLinearAlgebra() {}

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public CholeskyFactor factor(int capacity) {
    return new LibraryCholesky(new EjmlMatrices(), capacity);
  }
}
