package dev.troupe.estimator.pruning;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The order of NSGA-II (Deb, Pratap, Agarwal, Meyarivan 2002, doi:10.1109/4235.996017): by fronts,
 * each being what nothing outside the better fronts dominates; within a front the lonelier first
 * (crowding distance), then the smaller number. Of many trials only the latest are compared, which
 * bounds the cost to a millisecond or so.
 */
final class ParetoOrder {

  private static final int MOST = 256;

  private final int size;
  private final long[] ids;

  /** By objective, then by row; the last row is the trial's own. */
  private final double[][] losses;

  private ParetoOrder(Peers peers, long id, double[] own) {
    int from = Math.max(0, peers.count() - MOST);
    size = peers.count() - from + 1;
    ids = Arrays.copyOfRange(peers.ids(), from, from + size);
    ids[size - 1] = id;
    losses = new double[own.length][];
    for (int i = 0; i < own.length; i++) {
      losses[i] = Arrays.copyOfRange(peers.losses()[i], from, from + size);
      losses[i][size - 1] = own[i];
    }
  }

  /**
   * Returns how many of {@code peers} come before a trial; where only some were compared, as many
   * as if the others were like them.
   */
  static int before(Peers peers, long id, double[] own) {
    var order = new ParetoOrder(peers, id, own);
    int compared = order.size - 1;
    long before = order.before();
    return compared == 0 ? 0 : (int) (before * peers.count() / compared);
  }

  private int before() {
    int[] dominators = dominators();
    var left = new boolean[size];
    Arrays.fill(left, true);
    int own = size - 1;
    int before = 0;
    while (true) {
      int[] front =
          IntStream.range(0, size).filter(row -> left[row] && dominators[row] == 0).toArray();
      if (dominators[own] == 0) {
        return before + beforeIn(front, own);
      }
      before += front.length;
      for (int row : front) {
        left[row] = false;
        for (int other = 0; other < size; other++) {
          if (dominates(row, other)) {
            dominators[other]--;
          }
        }
      }
    }
  }

  private int[] dominators() {
    var dominators = new int[size];
    for (int row = 0; row < size; row++) {
      for (int other = 0; other < row; other++) {
        if (dominates(row, other)) {
          dominators[other]++;
        } else if (dominates(other, row)) {
          dominators[row]++;
        }
      }
    }
    return dominators;
  }

  private boolean dominates(int row, int other) {
    boolean isBetter = false;
    for (double[] loss : losses) {
      if (loss[row] > loss[other]) {
        return false;
      }
      isBetter |= loss[row] < loss[other];
    }
    return isBetter;
  }

  private int beforeIn(int[] front, int own) {
    double[] distances = crowding(front);
    int before = 0;
    for (int row : front) {
      int comparison = Double.compare(distances[row], distances[own]);
      if (comparison > 0 || comparison == 0 && ids[row] < ids[own]) {
        before++;
      }
    }
    return before;
  }

  /** Returns the crowding distances by row. Where losses are infinite there are no distances. */
  private double[] crowding(int[] front) {
    var distances = new double[size];
    for (double[] loss : losses) {
      int[] sorted =
          IntStream.of(front)
              .boxed()
              .sorted(
                  Comparator.<Integer>comparingDouble(row -> loss[row])
                      .thenComparingLong(row -> ids[row]))
              .mapToInt(row -> row)
              .toArray();
      int last = sorted.length - 1;
      double range = loss[sorted[last]] - loss[sorted[0]];
      if (range > 0 && Double.isFinite(range)) {
        distances[sorted[0]] = Double.POSITIVE_INFINITY;
        distances[sorted[last]] = Double.POSITIVE_INFINITY;
        for (int i = 1; i < last; i++) {
          distances[sorted[i]] += (loss[sorted[i + 1]] - loss[sorted[i - 1]]) / range;
        }
      }
    }
    return distances;
  }
}
