package dev.troupe.strategy.bayes.tpe;

/**
 * How narrow a normal kernel may be on the unit interval: {@code (1 + n)^-exponent} in a mixture of
 * n kernels, but never below {@code least}. Hyperopt and Optuna have the exponent 1 and 0.01.
 *
 * @param exponent at least 0
 * @param least above 0 and at most 1
 */
record WidthRule(double exponent, double least) {

  private static final double LEAST = 0.01;
  private static final double LEAST_OF_A_CELL = 0.5;
  private static final double GOOD_EXPONENT = 1;
  private static final double BAD_EXPONENT = 0.5;
  private static final double PER_DIMENSION = 2;

  /** Returns the rule for kernels around good trials. */
  static WidthRule good(int dimensions) {
    return new WidthRule(GOOD_EXPONENT + PER_DIMENSION / Math.max(1, dimensions), LEAST);
  }

  /** Returns the rule for kernels around bad trials, which are wider. */
  static WidthRule bad(int dimensions) {
    return new WidthRule(BAD_EXPONENT + PER_DIMENSION / Math.max(1, dimensions), LEAST);
  }

  /**
   * Returns this rule for a row of cells: no kernel is narrower than half a cell, since it would
   * not reach out of its own, and only the prior would ever leave it.
   *
   * @param cells at least 2
   */
  WidthRule withCells(long cells) {
    return new WidthRule(exponent, Math.max(least, LEAST_OF_A_CELL / cells));
  }

  /**
   * Returns the least width.
   *
   * @param kernels of the mixture, the prior included
   */
  double least(int kernels) {
    return Math.max(least, StrictMath.pow(1.0 + kernels, -exponent));
  }
}
