package dev.troupe.strategy.bayes.linear;

/** Plain Java. */
final class JavaLinearAlgebra implements LinearAlgebra {

  static final LinearAlgebra INSTANCE = new JavaLinearAlgebra();

  private JavaLinearAlgebra() {}

  @Override
  public String name() {
    return "java";
  }

  @Override
  public CholeskyFactor factor(int capacity) {
    return new RowCholesky(capacity);
  }
}
