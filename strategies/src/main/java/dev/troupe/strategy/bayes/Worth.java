package dev.troupe.strategy.bayes;

/** What it is worth to evaluate points; larger is better. Not thread safe. */
interface Worth {

  /**
   * Computes it at many points.
   *
   * @param queries shape [count, d]
   * @param actives shape [count, d], which parameters exist
   * @param result receives it, shape [count]; minus infinity at worst, never NaN
   */
  void values(double[][] queries, boolean[][] actives, int count, double[] result);

  /**
   * Returns it at one point.
   *
   * @param gradient receives the gradient by coordinates, shape [d]; anything where the worth is
   *     not finite
   */
  double value(double[] point, boolean[] active, double[] gradient);
}
