package dev.troupe.estimator.curve;

import java.util.function.Consumer;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/**
 * The affine-invariant ensemble sampler with stretch moves (J. Goodman, J. Weare 2010,
 * doi:10.2140/camcos.2010.5.65), in two halves that move in turn, each along lines to walkers of
 * the other (D. Foreman-Mackey et al. 2013, "emcee: The MCMC Hammer", doi:10.1086/670067). Not
 * thread safe.
 */
final class StretchSampler {

  /** How far a walker may go along the line: from half the distance to twice. */
  static final double SCALE = 2;

  private final double[][] walkers;
  private final double[] logDensities;
  private final ToDoubleFunction<double[]> logDensity;
  private final RandomGenerator random;

  /**
   * Places the walkers.
   *
   * @param walkers shape [w][d], w at least 2 and even; adopted
   * @param logDensity minus infinity where it must not go
   */
  StretchSampler(
      double[][] walkers, ToDoubleFunction<double[]> logDensity, RandomGenerator random) {
    this.walkers = walkers;
    this.logDensity = logDensity;
    this.random = random;
    logDensities = new double[walkers.length];
    for (int i = 0; i < walkers.length; i++) {
      logDensities[i] = logDensity.applyAsDouble(walkers[i]);
    }
  }

  /** Returns how far to go, from a draw that is even in [0, 1). */
  static double stretch(double u) {
    double root = (SCALE - 1) * u + 1;
    return root * root / SCALE;
  }

  /** Returns the point on the line from a partner through a walker. */
  static double[] proposal(double[] walker, double[] partner, double stretch) {
    double[] proposed = new double[walker.length];
    for (int k = 0; k < proposed.length; k++) {
      proposed[k] = partner[k] + stretch * (walker[k] - partner[k]);
    }
    return proposed;
  }

  /** Returns the logarithm of the ratio that decides on a proposal; it is taken if above 0. */
  static double logRatio(int dimensions, double stretch, double gain) {
    return (dimensions - 1) * StrictMath.log(stretch) + gain;
  }

  /**
   * Moves every walker so many times.
   *
   * @param kept sees the walkers after each step from {@code burnIn} on, every {@code thin}th; they
   *     are overwritten afterwards
   */
  void run(int steps, int burnIn, int thin, Consumer<double[][]> kept) {
    int half = walkers.length / 2;
    for (int step = 0; step < steps; step++) {
      move(0, half, half);
      move(half, walkers.length, -half);
      if (step >= burnIn && (step - burnIn) % thin == 0) {
        kept.accept(walkers);
      }
    }
  }

  private void move(int from, int to, int offset) {
    int size = to - from;
    for (int i = from; i < to; i++) {
      double stretch = stretch(random.nextDouble());
      double[] partner = walkers[from + offset + random.nextInt(size)];
      double[] proposed = proposal(walkers[i], partner, stretch);
      double reached = logDensity.applyAsDouble(proposed);
      double ratio = logRatio(proposed.length, stretch, reached - logDensities[i]);
      if (StrictMath.log(1 - random.nextDouble()) < ratio) {
        walkers[i] = proposed;
        logDensities[i] = reached;
      }
    }
  }
}
