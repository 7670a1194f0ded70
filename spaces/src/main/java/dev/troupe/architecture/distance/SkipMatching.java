package dev.troupe.architecture.distance;

import dev.troupe.architecture.distance.NetworkOutline.Skip;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The cheapest matching of two sets of skips; one without a partner costs 1. */
final class SkipMatching {

  /** Up to this many steps, going through all subsets is faster than building a graph. */
  private static final int MOST_STEPS = 1 << 14;

  private static final int MOST_ROWS = 10;

  private SkipMatching() {}

  /**
   * Returns the least cost. What both have can be matched with itself, since the cost of a pair is
   * a metric: whatever that takes a partner from can have the partner that is left.
   */
  static double cost(List<Skip> first, List<Skip> second) {
    List<Skip> others = new ArrayList<>(second);
    List<Skip> own = new ArrayList<>();
    for (Skip skip : first) {
      if (!others.remove(skip)) {
        own.add(skip);
      }
    }
    return own.size() <= others.size() ? ofFewer(own, others) : ofFewer(others, own);
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
    boolean isSmall =
        rows.size() <= MOST_ROWS && rows.size() * columns.size() << rows.size() <= MOST_STEPS;
    return unmatched + (isSmall ? enumerated(costs) : Hungarian.cost(costs));
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
   * of rows that the first columns can serve.
   */
  static double enumerated(double[][] costs) {
    var least = new double[1 << costs.length]; // by the set of rows that have a column so far
    Arrays.fill(least, 1, least.length, Double.POSITIVE_INFINITY);
    for (int column = 0; column < costs[0].length; column++) {
      for (int served = least.length - 1; served > 0; served--) {
        for (int row = 0; row < costs.length; row++) {
          int without = served & ~(1 << row);
          if (without != served) { // and smaller: it does not know of this column yet
            least[served] = Math.min(least[served], least[without] + costs[row][column]);
          }
        }
      }
    }
    return least[least.length - 1];
  }
}
