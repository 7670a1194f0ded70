package dev.troupe.strategy.bayes;

/** How a covariance falls with the scaled distance r of numeric features. */
enum KernelShape {
  /** {@code (1 + q + q^2/3) exp(-q)} with {@code q = sqrt(5) r}: twice differentiable. */
  MATERN_52 {
    @Override
    void covariances(double[] squared, double[] hamming, int from, int to, double[] result) {
      for (int i = from; i < to; i++) {
        double q = SQRT_5 * Math.sqrt(squared[i]);
        result[i] = (1 + q + q * q * THIRD) * FastExponential.of(-q - hamming[i]);
      }
    }

    @Override
    void covariancesAndSlopes(
        double[] squared, double[] hamming, int from, int to, double[] result, double[] slopes) {
      for (int i = from; i < to; i++) {
        double q = SQRT_5 * Math.sqrt(squared[i]);
        double exponential = FastExponential.of(-q - hamming[i]);
        result[i] = (1 + q + q * q * THIRD) * exponential;
        slopes[i] = FIVE_THIRDS * (1 + q) * exponential;
      }
    }
  },

  /** {@code exp(-r^2 / 2)}: infinitely smooth, which few losses are. */
  RBF {
    @Override
    void covariances(double[] squared, double[] hamming, int from, int to, double[] result) {
      for (int i = from; i < to; i++) {
        result[i] = FastExponential.of(-squared[i] / 2 - hamming[i]);
      }
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

  /**
   * Computes covariances for a signal variance of 1.
   *
   * @param squared squared scaled distances of numeric features
   * @param hamming weighted numbers of different codes, by the exponential of which covariances are
   *     divided
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
