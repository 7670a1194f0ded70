package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.CholeskyFactor;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.Arrays;

/**
 * The covariances of points that are added one by one, factorised as they come, in O(n^2) each.
 * Where they are not positive definite to rounding, a jitter is added to the diagonal, ten times as
 * much with each try, and the factor is built anew, row by row as well: how points came and went
 * leaves no trace in its digits. Not thread safe.
 */
final class GrowingCovariance {

  private static final double FIRST_JITTER = 1e-10;
  private static final double MOST_JITTER = 1e-2;

  private final FeaturePoints points;
  private final Kernel kernel;
  private final CholeskyFactor factor;
  private double[] parameters = new double[0];
  private double[] column = new double[0];
  private double jitter;

  /** With so many points the jitter became necessary; fewer may do without. */
  private int jitterSize;

  GrowingCovariance(FeaturePoints points, Kernel kernel, LinearAlgebra algebra) {
    this.points = points;
    this.kernel = kernel;
    factor = algebra.factor(0);
  }

  /** Returns the factor, by which equations are solved. */
  CholeskyFactor factor() {
    return factor;
  }

  int size() {
    return factor.size();
  }

  /** Returns the variance of the noise, jitter included. */
  double noise() {
    return kernel.noise() + jitter;
  }

  /** Forgets all points and takes over the kernel's parameters. */
  void reset(double[] kernelParameters) {
    points.clear();
    forget();
    parameters = kernelParameters.clone();
    kernel.set(parameters);
  }

  private void forget() {
    factor.truncate(0);
    jitter = 0;
    jitterSize = 0;
  }

  /** Adds a point. */
  void add(FeatureVector features) {
    int index = size();
    points.truncate(index);
    points.add(features);
    kernel.refresh(index);
    appendUpTo(index + 1);
  }

  /** Takes back all points from an index on. */
  void truncate(int count) {
    points.truncate(count);
    if (jitter > 0 && count < jitterSize) {
      forget(); // as if those taken back had never been there
      appendUpTo(count);
    } else {
      factor.truncate(count);
    }
  }

  private void appendUpTo(int count) {
    while (size() < count) {
      if (!append(size())) {
        jitterSize = Math.max(jitterSize, size() + 1);
        raiseJitter();
        factor.truncate(0);
      }
    }
  }

  private boolean append(int index) {
    if (column.length <= index) {
      column = new double[Math.max(16, 2 * index)];
    }
    kernel.row(index, 0, index, column);
    return factor.append(column, kernel.variance(index) + noise());
  }

  private void raiseJitter() {
    jitter = Math.max(FIRST_JITTER, jitter * 10);
    if (jitter > MOST_JITTER * Math.max(1, kernel.variance())) {
      throw new IllegalStateException(
          "A covariance matrix of %d points must be positive definite, but with %s on its diagonal it is not. Maybe a parameter of the kernel is not a number: %s."
              .formatted(jitterSize, jitter, Arrays.toString(parameters)));
    }
  }
}
