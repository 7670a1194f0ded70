package dev.troupe.strategy.bayes.morphism;

import dev.troupe.strategy.bayes.linear.CholeskyFactor;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Regression on networks by a Gaussian process with a constant mean (Rasmussen, Williams 2006,
 * algorithm 2.1; METHODS 1.1 and 8.3). Observations come first, then what is believed of networks
 * whose losses are not known. Not thread safe.
 */
final class NetworkProcess {

  private final KernelForm form;
  private final double mean;
  private final double variance;
  private final CholeskyFactor factor;
  private final List<NetworkPoint> points = new ArrayList<>();
  private double[] targets = new double[0];
  private double[] weights = new double[0];

  /**
   * Returns a process without observations.
   *
   * @param mean of the targets where nothing is known
   * @param variance of the targets without noise where nothing is known, above 0
   */
  NetworkProcess(KernelForm form, double mean, double variance, LinearAlgebra algebra) {
    this.form = form;
    this.mean = mean;
    this.variance = variance;
    factor = algebra.factor(0);
  }

  /** What is expected of a network. */
  record Prediction(double mean, double deviation) {

    /** Returns the lower confidence bound, the least target that is plausible. */
    double bound(double beta) {
      return mean - beta * deviation;
    }
  }

  /** Adds observations. */
  void observe(List<NetworkPoint> observed, double[] values) {
    for (int i = 0; i < values.length; i++) {
      add(observed.get(i), values[i]);
    }
    solve();
  }

  /** Adds an observation whose target is the expected one, or {@code least} if that is larger. */
  void believe(NetworkPoint point, double least) {
    double expected = mean + dot(weights, correlations(point));
    add(point, Math.max(expected, least));
    if (expected >= least) {
      weights = Arrays.copyOf(weights, points.size()); // as expected: the others' weights stay
    } else {
      solve();
    }
  }

  private void add(NetworkPoint point, double target) {
    double[] correlations = correlations(point);
    if (!factor.append(correlations, 1 + form.noise())) {
      throw new IllegalStateException(
          "The covariances of %d networks must be positive definite, but with %s they are not. Maybe the noise is too small."
              .formatted(points.size() + 1, form));
    }
    points.add(point);
    targets = Arrays.copyOf(targets, points.size());
    targets[points.size() - 1] = target;
  }

  private double[] correlations(NetworkPoint point) {
    var correlations = new double[points.size()];
    for (int i = 0; i < correlations.length; i++) {
      correlations[i] = form.correlation(point, points.get(i));
    }
    return correlations;
  }

  private void solve() {
    weights = Arrays.stream(targets).map(target -> target - mean).toArray();
    factor.solveTransposed(weights);
    factor.solve(weights);
  }

  /** Predicts the target of a network, without noise. */
  Prediction predict(NetworkPoint point) {
    double[] correlations = correlations(point);
    double expected = mean + dot(weights, correlations);
    factor.solveTransposed(correlations);
    double rest = 1 - dot(correlations, correlations);
    return new Prediction(expected, Math.sqrt(variance * Math.max(0, rest)));
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < b.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
