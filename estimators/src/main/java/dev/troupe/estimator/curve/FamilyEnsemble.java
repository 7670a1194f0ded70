package dev.troupe.estimator.curve;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The eleven families, each fitted by least squares, weighted by how well it fits against how many
 * parameters it needed (Schwarz 1978, doi:10.1214/aos/1176344136), with the uncertainty that
 * Laplace's approximation leaves it. A forecast stands in for the prior: it is one more point, at
 * the horizon, as weak as it is uncertain.
 */
final class FamilyEnsemble {

  /**
   * How much an accuracy may be off, at least: fits to points without any noise are not certain.
   */
  private static final double LEAST_NOISE = 0.002;

  /** No family describes accuracies that lie further below 0. */
  static final double LOWEST = -2;

  private final double[] x;
  private final double[] y;
  private final double horizon;

  /**
   * Adopts the arrays.
   *
   * @param x shape [n], steps from 1
   * @param y shape [n], accuracies
   * @param horizon the step that is asked for
   */
  FamilyEnsemble(double[] x, double[] y, double horizon) {
    this.x = x;
    this.y = y;
    this.horizon = horizon;
  }

  /**
   * Returns the distribution of the logarithm of the loss at the horizon, or null if no family says
   * anything sensible.
   *
   * @param prior mean and deviation of the logarithm of the loss at the horizon
   * @param noise the relative deviation of the losses from the curve
   */
  @Nullable GaussianMixture forecast(GaussianMixture prior, double noise) {
    int from = Plateau.length(y);
    FamilyFit.Points points = points(from, prior, noise);
    var weights = new ArrayList<Double>();
    var means = new ArrayList<Double>();
    var deviations = new ArrayList<Double>();
    double least = Double.POSITIVE_INFINITY;
    for (CurveFamily family : CurveFamilies.ALL) {
      FamilyFit fit = FamilyFit.of(family, points, starts(family, from));
      if (fit == null || !isSensible(fit)) {
        continue;
      }
      double loss = 1 - fit.value(horizon);
      double relative = Math.sqrt(fit.variance(horizon)) / loss;
      double cost = fit.squares() + 0.5 * family.size() * Math.log(points.x().length);
      least = Math.min(least, cost);
      weights.add(cost);
      means.add(StrictMath.log(loss));
      deviations.add(Math.sqrt(Math.min(relative, 2) * Math.min(relative, 2) + noise * noise));
    }
    return weights.isEmpty() ? null : mixture(weights, least, means, deviations);
  }

  private static GaussianMixture mixture(
      List<Double> costs, double least, List<Double> means, List<Double> deviations) {
    double[] weights = new double[costs.size()];
    for (int k = 0; k < weights.length; k++) {
      weights[k] = StrictMath.exp(least - costs.get(k));
    }
    return new GaussianMixture(weights, array(means), array(deviations));
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private FamilyFit.Points points(int from, GaussianMixture prior, double noise) {
    int n = x.length - from;
    double[] fitX = new double[n + 1];
    double[] fitY = new double[n + 1];
    double[] weights = new double[n + 1];
    for (int i = 0; i < n; i++) {
      fitX[i] = x[from + i];
      fitY[i] = y[from + i];
      double deviation = Math.max(LEAST_NOISE, noise * (1 - fitY[i]));
      weights[i] = 1 / (deviation * deviation);
    }
    double loss = StrictMath.exp(prior.mean());
    double deviation = Math.max(LEAST_NOISE, loss * prior.deviation());
    fitX[n] = horizon;
    fitY[n] = 1 - loss;
    weights[n] = 1 / (deviation * deviation);
    return new FamilyFit.Points(fitX, fitY, weights);
  }

  private List<double[]> starts(CurveFamily family, int from) {
    double last = y[y.length - 1];
    double first = Math.min(y[from], last - 0.01);
    double end = Math.max(x[x.length - 1], x[from] + 1);
    var starts = new ArrayList<double[]>();
    starts.add(family.defaults());
    starts.add(family.near(end, first, last, Math.min(1, last + 0.3 * (1 - last))));
    starts.add(family.near(end, first, last, Math.max(1, last + 0.05)));
    return starts;
  }

  /**
   * A family that falls, or that foretells what no accuracy can be, has not understood the curve.
   */
  private boolean isSensible(FamilyFit fit) {
    double end = fit.value(horizon);
    return end < 1 && end > LOWEST && end >= fit.value(Math.min(2, horizon)) - 1e-9;
  }
}
