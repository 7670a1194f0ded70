package dev.troupe.strategy.bayes;

/** A function of several variables, with its gradient. */
@FunctionalInterface
interface Differentiable {

  /**
   * Returns the value, infinite or NaN where there is none.
   *
   * @param x shape [d], not to be changed
   * @param gradient receives the gradient, shape [d]; anything where the value is not finite
   */
  double value(double[] x, double[] gradient);
}
