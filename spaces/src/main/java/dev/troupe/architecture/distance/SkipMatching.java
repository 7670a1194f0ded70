package dev.troupe.architecture.distance;

import dev.troupe.architecture.distance.NetworkOutline.Skip;
import java.util.Arrays;
import java.util.List;

/** The cheapest matching of two sets of skips; one without a partner costs 1. */
final class SkipMatching {

  /** Up to this many skips, trying all subsets is faster than building a graph. */
  static final int MOST_ENUMERATED = 8;

  private SkipMatching() {}

  static double cost(List<Skip> first, List<Skip> second) {
    return first.size() <= second.size() ? ofFewer(first, second) : ofFewer(second, first);
  }

  private static double ofFewer(List<Skip> rows, List<Skip> columns) {
    int unmatched = columns.size() - rows.size();
    if (rows.isEmpty()) {
      return unmatched;
    }
    double[][] costs = costs(rows, columns);
    if (rows.size() == 1) {
      return unmatched + Arrays.stream(costs[0]).min().orElse(0);
    }
    double matched = columns.size() <= MOST_ENUMERATED ? enumerated(costs) : Hungarian.cost(costs);
    return unmatched + matched;
  }

  private static double[][] costs(List<Skip> rows, List<Skip> columns) {
    var costs = new double[rows.size()][columns.size()];
    for (int i = 0; i < costs.length; i++) {
      for (int j = 0; j < costs[i].length; j++) {
        costs[i][j] = rows.get(i).distance(columns.get(j));
      }
    }
    return costs;
  }

  /**
   * Returns the least cost of giving each row a column of its own, found by going through the sets
   * of columns that the first rows can have.
   */
  static double enumerated(double[][] costs) {
    int columns = costs[0].length;
    var least = new double[1 << columns]; // by the set of columns that the first rows have
    Arrays.fill(least, 1, least.length, Double.POSITIVE_INFINITY);
    double best = Double.POSITIVE_INFINITY;
    for (int taken = 0; taken < least.length; taken++) {
      int row = Integer.bitCount(taken);
      if (row == costs.length) {
        best = Math.min(best, least[taken]);
      } else if (row < costs.length) {
        for (int column = 0; column < columns; column++) {
          int with = taken | 1 << column;
          if (with != taken) {
            least[with] = Math.min(least[with], least[taken] + costs[row][column]);
          }
        }
      }
    }
    return best;
  }
}
