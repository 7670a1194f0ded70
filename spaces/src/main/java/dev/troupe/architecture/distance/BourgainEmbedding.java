package dev.troupe.architecture.distance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Coordinates for things of which only distances are known, so that kernels and everything else
 * made for points can take them: each coordinate is the least distance to a subset of the known
 * things (Bourgain 1985, doi:10.1007/BF02776078; Jin, Song, Hu 2018, arXiv:1806.10282, section
 * 3.2).
 *
 * <p>Subsets of 1, 2, 4, … members are drawn, ceil(ln n) of each size, up to the greatest power of
 * two below n. Known and new things get their coordinates from the same subsets, so that the {@link
 * #kernel} of any of them is positive semidefinite; the authors' code draws with replacement, loses
 * a subset of each size, and embeds no new things. Immutable and thread safe.
 */
public final class BourgainEmbedding {

  private final List<int[]> subsets;
  private final double[][] coordinates;

  private BourgainEmbedding(double[][] distances, List<int[]> subsets) {
    this.subsets = subsets;
    this.coordinates = new double[distances.length][];
    for (int i = 0; i < distances.length; i++) {
      coordinates[i] = coordinates(distances[i]);
    }
  }

  /**
   * Returns an embedding in drawn subsets.
   *
   * @param distances of all pairs, shape [things, things], symmetric with zeros on the diagonal; at
   *     least 1 thing
   * @param random decides the subsets, together with the number of things
   */
  public static BourgainEmbedding draw(double[][] distances, RandomGenerator random) {
    requireDistances(distances);
    int size = distances.length;
    var subsets = new ArrayList<int[]>();
    for (int i = 0; i <= largestExponent(size); i++) {
      for (int j = 0; j < subsetsPerSize(size); j++) {
        subsets.add(subset(size, 1 << i, random));
      }
    }
    return new BourgainEmbedding(distances, subsets);
  }

  /**
   * Returns an embedding in given subsets.
   *
   * @param distances as for {@link #draw}
   * @param subsets numbers of things, at least one subset and at least one number in each
   */
  public static BourgainEmbedding of(double[][] distances, List<int[]> subsets) {
    requireDistances(distances);
    for (int[] subset : subsets) {
      if (subset.length == 0
          || Arrays.stream(subset).anyMatch(i -> i < 0 || i >= distances.length)) {
        throw new IllegalArgumentException(
            "A subset must hold numbers from 0 to %d, at least one, but was %s. Maybe {0}."
                .formatted(distances.length - 1, Arrays.toString(subset)));
      }
    }
    if (subsets.isEmpty()) {
      throw new IllegalArgumentException(
          "An embedding needs at least one subset, but had 0. Maybe draw them.");
    }
    return new BourgainEmbedding(distances, subsets.stream().map(int[]::clone).toList());
  }

  private static void requireDistances(double[][] distances) {
    if (distances.length == 0) {
      throw new IllegalArgumentException(
          "An embedding needs at least 1 thing, but had 0. Maybe wait for a trial to end.");
    }
    for (int i = 0; i < distances.length; i++) {
      requireRow(distances[i], distances.length);
      if (distances[i][i] != 0) {
        throw new IllegalArgumentException(
            "Thing %d must be at distance 0 from itself, but was at %s. Maybe put zeros on the diagonal."
                .formatted(i, distances[i][i]));
      }
    }
  }

  private static void requireRow(double[] row, int size) {
    if (row.length != size) {
      throw new IllegalArgumentException(
          "A row of distances must have one for each of the %d things, but had %d. Maybe add the missing ones."
              .formatted(size, row.length));
    }
    for (double distance : row) {
      if (!(distance >= 0 && distance < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "A distance must be at least 0 and finite, but was %s. Maybe 0 for equal things."
                .formatted(distance));
      }
    }
  }

  /** Returns ceil(log2(n) - 1), the exponent of the greatest size of a subset; at least 0. */
  static int largestExponent(int size) {
    return Math.max(0, Integer.SIZE - Integer.numberOfLeadingZeros(size - 1) - 1);
  }

  /** Returns ceil(ln(n)); at least 1. */
  static int subsetsPerSize(int size) {
    return Math.max(1, (int) Math.ceil(Math.log(size)));
  }

  /** The first numbers of a shuffle: each subset of this size is as likely as any other. */
  private static int[] subset(int size, int members, RandomGenerator random) {
    int[] numbers = new int[size];
    Arrays.setAll(numbers, i -> i);
    for (int i = 0; i < members; i++) {
      int other = i + random.nextInt(size - i);
      int drawn = numbers[other];
      numbers[other] = numbers[i];
      numbers[i] = drawn;
    }
    int[] subset = Arrays.copyOf(numbers, members);
    Arrays.sort(subset);
    return subset;
  }

  /** Returns how many coordinates each thing has. */
  public int dimensions() {
    return subsets.size();
  }

  /** Returns how many things are known. */
  public int size() {
    return coordinates.length;
  }

  /** Returns the coordinates of a known thing, shape [dimensions]; a copy. */
  public double[] coordinates(int thing) {
    return coordinates[thing].clone();
  }

  /**
   * Returns the coordinates of a new thing.
   *
   * @param distances to all known things, shape [things]
   * @return shape [dimensions]
   */
  public double[] coordinates(double[] distances) {
    requireRow(distances, coordinates.length);
    var point = new double[subsets.size()];
    for (int i = 0; i < point.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int member : subsets.get(i)) {
        least = Math.min(least, distances[member]);
      }
      point[i] = least;
    }
    return point;
  }

  /**
   * Returns exp(-|x - y|² / dimensions) of two points.
   *
   * @param x shape [dimensions]
   * @param y shape [dimensions]
   * @return above 0 (but for rounding), at most 1
   */
  public double kernel(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < dimensions(); i++) {
      sum += (x[i] - y[i]) * (x[i] - y[i]);
    }
    return Math.exp(-sum / dimensions());
  }

  /**
   * Returns the kernel of all pairs of known things, positive semidefinite.
   *
   * @return symmetric with ones on the diagonal, shape [things, things]
   */
  public double[][] kernel() {
    return DistanceMatrix.compute(
        size(), (i, j) -> kernel(coordinates[i], coordinates[j]), Runnable::run, 1);
  }
}
