package dev.troupe.architecture.distance;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Executor;

/**
 * How much of one network must be edited to make another of it: the edit distance of their main
 * chains, in which a layer that is put in or left out costs 1 and a changed one its {@link
 * NetworkOutline.Stage#distance distance}, plus a weight times what the best matching of their
 * skips costs, in which a skip without a partner costs 1 (Jin, Song, Hu 2018, arXiv:1806.10282, eq.
 * 3 to 9).
 *
 * <p>It is symmetric, 0 for networks of equal {@link NetworkOutline outlines} and obeys the
 * triangle inequality. Unlike eq. 5, and as the authors' code does, it may leave layers of both
 * networks out. Immutable and thread safe. A distance takes time in the product of both lengths;
 * many at a time are faster by {@link #matrix}.
 */
public final class EditDistance {

  private final double skipWeight;

  private EditDistance(double skipWeight) {
    this.skipWeight = skipWeight;
  }

  /** Returns the distance in which skips weigh as much as layers. */
  public static EditDistance standard() {
    return withSkipWeight(1);
  }

  /**
   * Returns the distance with another weight of the skips.
   *
   * @param skipWeight at least 0 and finite
   */
  public static EditDistance withSkipWeight(double skipWeight) {
    if (!(skipWeight >= 0 && skipWeight < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "The skips' weight in a distance must be at least 0 and finite, but was %s. Maybe 1."
              .formatted(skipWeight));
    }
    return new EditDistance(skipWeight);
  }

  /** Returns the distance of two architectures. */
  public double between(Architecture first, Architecture second) {
    return between(NetworkOutline.of(first), NetworkOutline.of(second));
  }

  /** Returns the distance of two outlines. */
  public double between(NetworkOutline first, NetworkOutline second) {
    var all = new FlatOutlines(List.of(first, second));
    return all.distance(0, 1, skipWeight);
  }

  /** Returns the share of the layers in the distance. */
  public double layers(NetworkOutline first, NetworkOutline second) {
    return withSkipWeight(0).between(first, second);
  }

  /** Returns the share of the skips in the distance, without their weight. */
  public double skips(NetworkOutline first, NetworkOutline second) {
    return SkipMatching.cost(first.skips(), second.skips());
  }

  /** Returns a list without members, for the distances of many networks one after the other. */
  public KnownOutlines known() {
    return new KnownOutlines(skipWeight);
  }

  /**
   * Returns the distances of a network to some others; {@link #known} is faster where they stay the
   * same.
   *
   * @return shape [networks]
   */
  public double[] row(NetworkOutline network, List<NetworkOutline> others) {
    var listed = new ArrayList<>(others);
    listed.add(network);
    var all = new FlatOutlines(listed);
    var row = new double[others.size()];
    for (int i = 0; i < row.length; i++) {
      row[i] = all.distance(others.size(), i, skipWeight);
    }
    return row;
  }

  /**
   * Returns the distances of all pairs, computed on the calling thread.
   *
   * @return symmetric, shape [networks, networks]
   */
  public double[][] matrix(List<NetworkOutline> networks) {
    return matrix(networks, Runnable::run);
  }

  /**
   * Returns the distances of all pairs.
   *
   * @param executor runs the parts of the work, one for some rows each; the distances do not depend
   *     on it
   * @return symmetric, shape [networks, networks]
   */
  public double[][] matrix(List<NetworkOutline> networks, Executor executor) {
    requireNonNull(executor, "executor");
    var all = new FlatOutlines(networks);
    return DistanceMatrix.compute(
        networks.size(), (i, j) -> all.distance(i, j, skipWeight), executor, 0);
  }

  /** Returns the outlines of some architectures, in their order. */
  public static List<NetworkOutline> outlines(Collection<Architecture> architectures) {
    return architectures.stream().map(NetworkOutline::of).toList();
  }
}
