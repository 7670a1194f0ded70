package dev.troupe.strategy.bayes.morphism;

import dev.troupe.strategy.bayes.linear.CholeskyFactor;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.internal.LossWarp;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * How probable the kernels and noises of a grid are given losses, and through which warp the losses
 * are best seen. Few losses leave many kernels possible; to believe the most probable one alone
 * would be to know too much. The mean and the variance of the signal are not searched: under a
 * normal prior of the mean and a scaled inverse chi-squared one of the variance, both around those
 * of standardised targets, the density of the losses has a closed form (a multivariate t
 * distribution). Some hundred factorisations at most; the same losses give the same fit.
 */
final class NetworkFit {

  /** Reaches of the kernel, as multiples of the median distance. */
  private static final double[] REACHES = {0.25, 0.5, 1, 2, 4, 8};

  private static final double[] NOISES = {1e-4, 1e-3, 1e-2, 1e-1, 1};
  private static final double[] COMPANION_RATES = {0.5, 2, 8};
  private static final double[] TRAIT_RATES = {0.03, 0.12, 0.5};

  /** What size, depth and training decide, where they decide anything. */
  private static final double TRAIT_SHARE = 0.5;

  private static final double LIKELY_REACH = 1;
  private static final double REACH_FACTOR = 2.5;
  private static final double LIKELY_NOISE = 1e-2;
  private static final double NOISE_FACTOR = 10;

  /** Fewer losses are not warped: a logarithm of two or three means nothing. */
  private static final int LEAST_WARPED = 6;

  /** How many observations the priors of the signal's variance and of its mean are worth. */
  private static final double VARIANCE_WEIGHT = 2;

  private static final double MEAN_WEIGHT = 1;

  /** So many are believed in at most, and none that is so much less probable than the best. */
  private static final int MOST_MEMBERS = 8;

  private static final double LEAST_WEIGHT = 0.01;

  private final double[] losses;
  private final LossWarp[] warps;
  private final List<List<Member>> membersByWarp = new ArrayList<>();
  private final CholeskyFactor factor;
  private final double[][] distances;
  private final double[][] traits;
  private final double[][] companions;
  private final double[][] matrix;
  private final int best;

  /**
   * A kernel that is possible.
   *
   * @param logDensity logarithm of how probable it is, up to a constant
   * @param mean of the targets
   * @param variance of the targets without noise
   */
  record Member(KernelForm form, double logDensity, double mean, double variance) {}

  /**
   * Finds the fit.
   *
   * @param points at least one
   * @param losses theirs, finite
   */
  NetworkFit(List<NetworkPoint> points, double[] losses, LinearAlgebra algebra) {
    int size = losses.length;
    this.losses = losses;
    warps = new LossWarp[size < LEAST_WARPED ? 1 : LossWarp.STEEPEST - LossWarp.EVEN + 1];
    Arrays.setAll(warps, i -> LossWarp.of(LossWarp.EVEN + i, losses));
    Arrays.stream(warps).forEach(warp -> membersByWarp.add(new ArrayList<>()));
    factor = algebra.factor(size);
    distances = new double[size][size];
    traits = new double[size][size];
    companions = new double[size][size];
    matrix = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = i + 1; j < size; j++) {
        distances[i][j] = points.get(i).squaredDistance(points.get(j));
        traits[i][j] = points.get(i).squaredTraits(points.get(j));
        companions[i][j] = points.get(i).squaredCompanions(points.get(j));
      }
    }
    search(points.get(0).traits().length > 0, points.get(0).companions().length > 0);
    best = bestWarp();
  }

  /** Returns the most probable warp. */
  LossWarp warp() {
    return warps[best];
  }

  /** Returns the most probable kernels under that warp, most probable first. */
  List<Member> members() {
    List<Member> sorted =
        membersByWarp.get(best).stream()
            .sorted(Comparator.comparingDouble(Member::logDensity).reversed())
            .toList();
    double least = sorted.get(0).logDensity() + StrictMath.log(LEAST_WEIGHT);
    return sorted.stream()
        .limit(MOST_MEMBERS)
        .filter(member -> member.logDensity() >= least)
        .toList();
  }

  private void search(boolean hasTraits, boolean hasCompanions) {
    double median = median();
    for (double reach : REACHES) {
      double rate = 1 / (2 * reach * reach * median);
      double prior = logPrior(reach / LIKELY_REACH, REACH_FACTOR);
      for (double companionRate : hasCompanions ? COMPANION_RATES : new double[1]) {
        compareNoises(new KernelForm(rate, 0, 0, companionRate, 1), prior);
        for (double traitRate : hasTraits ? TRAIT_RATES : new double[0]) {
          compareNoises(new KernelForm(rate, TRAIT_SHARE, traitRate, companionRate, 1), prior);
        }
      }
    }
  }

  private void compareNoises(KernelForm candidate, double prior) {
    fill(candidate);
    for (double noise : NOISES) {
      compare(candidate.withNoise(noise), prior + logPrior(noise / LIKELY_NOISE, NOISE_FACTOR));
    }
  }

  /** Of a number whose logarithm is normal, with a factor for its deviation. */
  private static double logPrior(double ratio, double factor) {
    double z = StrictMath.log(ratio) / StrictMath.log(factor);
    return -z * z / 2;
  }

  /** Returns the median of the squared distances above 0, or 1 if there is none. */
  private double median() {
    double[] sorted =
        Arrays.stream(distances)
            .flatMapToDouble(Arrays::stream)
            .filter(distance -> distance > 0)
            .sorted()
            .toArray();
    return sorted.length == 0 ? 1 : sorted[sorted.length / 2];
  }

  private void fill(KernelForm kernel) {
    for (int i = 0; i < matrix.length; i++) {
      matrix[i][i] = 1;
      for (int j = i + 1; j < matrix.length; j++) {
        matrix[i][j] = kernel.correlation(distances[i][j], traits[i][j], companions[i][j]);
      }
    }
  }

  private void compare(KernelForm candidate, double prior) {
    int size = losses.length;
    if (!factor.factorise(matrix, size, candidate.noise())) {
      return; // so much noise makes it definite, but for rounding where there is least of it
    }
    var ones = new double[size];
    Arrays.fill(ones, 1);
    factor.solveTransposed(ones);
    double precision = dot(ones, ones) + MEAN_WEIGHT;
    double determinant = factor.logDeterminant() + StrictMath.log(precision / MEAN_WEIGHT);
    for (int i = 0; i < warps.length; i++) {
      double[] whitened = warps[i].targets(losses);
      factor.solveTransposed(whitened);
      double mean = dot(ones, whitened) / precision;
      double misfit =
          Math.max(0, dot(whitened, whitened) - mean * mean * precision) + VARIANCE_WEIGHT;
      double logDensity =
          prior
              + warps[i].logSlope(losses)
              - determinant / 2
              - (size + VARIANCE_WEIGHT) / 2 * StrictMath.log(misfit);
      membersByWarp
          .get(i)
          .add(new Member(candidate, logDensity, mean, misfit / (size + VARIANCE_WEIGHT)));
    }
  }

  /** Returns the warp under which the losses are most probable, all kernels together. */
  private int bestWarp() {
    double most = membersByWarp.stream().mapToDouble(NetworkFit::largest).max().orElseThrow();
    int winner = 0;
    double largest = 0;
    for (int i = 0; i < warps.length; i++) {
      double sum = 0;
      for (Member member : membersByWarp.get(i)) {
        sum += StrictMath.exp(member.logDensity() - most);
      }
      if (sum > largest) {
        largest = sum;
        winner = i;
      }
    }
    return winner;
  }

  private static double largest(List<Member> members) {
    return members.stream().mapToDouble(Member::logDensity).max().orElseThrow();
  }

  private static double dot(double[] a, double[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
