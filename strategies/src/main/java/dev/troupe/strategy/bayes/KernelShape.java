package dev.troupe.strategy.bayes;

/** How a covariance falls with the scaled distance r of numeric features. */
enum KernelShape {
  /** {@code (1 + q + q^2/3) exp(-q)} with {@code q = sqrt(5) r}: twice differentiable. */
  MATERN_52 {
    @Override
    void covariances(double[] squared, double[] hamming, int from, int to, double[] result) {
      for (int i = from; i < to; i++) {
        double q = SQRT_5 * Math.sqrt(squared[i]);
        result[i] = 1 + q + q * q * THIRD;
        hamming[i] = -q - hamming[i];
      }
      FastExponential.of(hamming, squared, from, to);
      multiply(result, hamming, from, to);
    }

    @Override
    void covariancesAndSlopes(
        double[] squared, double[] hamming, int from, int to, double[] result, double[] slopes) {
      for (int i = from; i < to; i++) {
        double q = SQRT_5 * Math.sqrt(squared[i]);
        result[i] = 1 + q + q * q * THIRD;
        slopes[i] = FIVE_THIRDS * (1 + q);
        hamming[i] = -q - hamming[i];
      }
      FastExponential.of(hamming, squared, from, to);
      multiply(result, hamming, from, to);
      multiply(slopes, hamming, from, to);
    }
  },

  /** {@code exp(-r^2 / 2)}: infinitely smooth, which few losses are. */
  RBF {
    @Override
    void covariances(double[] squared, double[] hamming, int from, int to, double[] result) {
      for (int i = from; i < to; i++) {
        result[i] = -squared[i] / 2 - hamming[i];
      }
      FastExponential.of(result, squared, from, to);
    }

    @Override
    void covariancesAndSlopes(
        double[] squared, double[] hamming, int from, int to, double[] result, double[] slopes) {
      covariances(squared, hamming, from, to, result);
      System.arraycopy(result, from, slopes, from, to - from);
    }
  };

  private static final double SQRT_5 = Math.sqrt(5);
  private static final double THIRD = 1.0 / 3;
  private static final double FIVE_THIRDS = 5.0 / 3;

  private static void multiply(double[] values, double[] factors, int from, int to) {
    for (int i = from; i < to; i++) {
      values[i] *= factors[i];
    }
  }

  /**
   * Computes covariances for a signal variance of 1.
   *
   * @param squared squared scaled distances of numeric features; overwritten
   * @param hamming weighted numbers of different codes, by the exponential of which covariances are
   *     divided; overwritten
   * @param from first index that counts
   * @param to end of those that count
   * @param result receives them at the same indices
   */
  abstract void covariances(double[] squared, double[] hamming, int from, int to, double[] result);

  /**
   * Computes covariances too, and as {@code slopes} minus twice their derivatives by the squared
   * distance.
   */
  abstract void covariancesAndSlopes(
      double[] squared, double[] hamming, int from, int to, double[] result, double[] slopes);
}
