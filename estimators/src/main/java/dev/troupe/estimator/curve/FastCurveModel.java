package dev.troupe.estimator.curve;

import org.jspecify.annotations.Nullable;

/**
 * Extrapolates each curve alone, in milliseconds: half of the belief goes to a power law that may
 * bend ({@link PowerTrend}), half to the eleven families of Domhan et al. (2015), fitted by least
 * squares and combined by Laplace's approximation ({@link FamilyEnsemble}). Nothing is random.
 * Cheaper than {@code mcmc}, and better where there are few points, since the families have no
 * prior of their own that would say how trainings usually go on.
 *
 * <p>Finished curves are not looked at; {@code others} does.
 */
final class FastCurveModel implements CurveModel {

  private static final double SHARE_OF_FAMILIES = 0.5;

  /** A family has up to four parameters; below so many points it would say what the prior says. */
  private static final int FEWEST_POINTS = 3;

  @Override
  public CurvePrediction predict(CurveQuery query) {
    LearningCurve curve = query.curve().curve();
    ScaledCurve scaled = ScaledCurve.of(curve, query.horizon(), query.direction());
    return scaled == null
        ? QuantilePrediction.diverged(query.direction())
        : scaled.prediction(quantiles(scaled));
  }

  /** Returns equally probable logarithms of the loss at the horizon, increasing. */
  static double[] quantiles(ScaledCurve curve) {
    double[] quantiles = mixture(curve).quantiles(QuantilePrediction.SIZE);
    double median = (quantiles[quantiles.length / 2 - 1] + quantiles[quantiles.length / 2]) / 2;
    double width = Calibration.ALONE.width(curve.size());
    for (int k = 0; k < quantiles.length; k++) {
      quantiles[k] = median + width * (quantiles[k] - median);
    }
    return quantiles;
  }

  private static GaussianMixture mixture(ScaledCurve curve) {
    double horizon = StrictMath.log(curve.horizon());
    PowerTrend.Forecast trend = new PowerTrend(curve.times(), curve.logs(), horizon).forecast();
    GaussianMixture families = families(curve, trend);
    return families == null ? trend.mixture() : trend.mixture().with(families, SHARE_OF_FAMILIES);
  }

  private static @Nullable GaussianMixture families(ScaledCurve curve, PowerTrend.Forecast trend) {
    double[] accuracies = curve.accuracies();
    if (curve.size() < FEWEST_POINTS || accuracies[accuracies.length - 1] < FamilyEnsemble.LOWEST) {
      return null;
    }
    return new FamilyEnsemble(curve.x(), accuracies, curve.horizon())
        .forecast(trend.mixture(), trend.noise());
  }
}
