package dev.troupe.estimator.curve;

import java.util.random.RandomGenerator;

/**
 * A regression tree whose thresholds are drawn at random, one for each feature at each node, of
 * which the best is taken (P. Geurts, D. Ernst, L. Wehenkel 2006, "Extremely randomized trees",
 * doi:10.1007/s10994-006-6226-1). Immutable once grown.
 */
final class ExtraTree {

  private static final int FEWEST_IN_LEAF = 2;

  private final double[][] columns;
  private final double[] targets;
  private final RandomGenerator random;
  private final int[] rows;

  private int nodes;
  private final int[] feature;
  private final double[] threshold;
  private final int[] right;
  private final double[] value;

  private ExtraTree(double[][] columns, double[] targets, int[] rows, RandomGenerator random) {
    this.columns = columns;
    this.targets = targets;
    this.rows = rows.clone();
    this.random = random;
    int most = 2 * rows.length;
    feature = new int[most];
    threshold = new double[most];
    right = new int[most];
    value = new double[most];
  }

  /**
   * Grows a tree.
   *
   * @param columns the features, shape [d][n]
   * @param targets shape [n]
   * @param rows which of the n to learn from, at least one
   */
  static ExtraTree grow(double[][] columns, double[] targets, int[] rows, RandomGenerator random) {
    var tree = new ExtraTree(columns, targets, rows, random);
    tree.split(0, rows.length);
    return tree;
  }

  /** Returns the mean target of the leaf in which a point of shape [d] falls. */
  double predict(double[] point) {
    int node = 0;
    while (right[node] > 0) {
      node = point[feature[node]] < threshold[node] ? node + 1 : right[node];
    }
    return value[node];
  }

  /** Makes a node of the rows from one position to another; its left child comes next to it. */
  private void split(int from, int to) {
    int node = nodes++;
    double sum = 0;
    double squares = 0;
    for (int i = from; i < to; i++) {
      double target = targets[rows[i]];
      sum += target;
      squares += target * target;
    }
    int size = to - from;
    value[node] = sum / size;
    double spread = squares - sum * sum / size;
    if (size < 2 * FEWEST_IN_LEAF || !(spread > 1e-12 * squares) || !choose(node, from, to)) {
      return;
    }
    int middle = partition(node, from, to);
    split(from, middle);
    right[node] = nodes;
    split(middle, to);
  }

  /** Draws a threshold of each feature and keeps the one that explains most; false: none may be. */
  private boolean choose(int node, int from, int to) {
    double best = Double.NEGATIVE_INFINITY;
    for (int k = 0; k < columns.length; k++) {
      double[] column = columns[k];
      double low = Double.POSITIVE_INFINITY;
      double high = Double.NEGATIVE_INFINITY;
      for (int i = from; i < to; i++) {
        double each = column[rows[i]];
        low = each < low ? each : low;
        high = each > high ? each : high;
      }
      if (low < high) {
        double drawn = low + (high - low) * (1 - random.nextDouble());
        double gain = gain(column, drawn, from, to);
        if (gain > best) {
          best = gain;
          feature[node] = k;
          threshold[node] = drawn;
        }
      }
    }
    return best > Double.NEGATIVE_INFINITY;
  }

  /** Returns the sum of squares that two means explain. */
  private double gain(double[] column, double drawn, int from, int to) {
    int left = 0;
    double leftSum = 0;
    double sum = 0;
    for (int i = from; i < to; i++) {
      double target = targets[rows[i]];
      sum += target;
      if (column[rows[i]] < drawn) {
        left++;
        leftSum += target;
      }
    }
    int others = to - from - left;
    if (left < FEWEST_IN_LEAF || others < FEWEST_IN_LEAF) {
      return Double.NEGATIVE_INFINITY;
    }
    return leftSum * leftSum / left + (sum - leftSum) * (sum - leftSum) / others;
  }

  private int partition(int node, int from, int to) {
    int middle = from;
    for (int i = from; i < to; i++) {
      if (columns[feature[node]][rows[i]] < threshold[node]) {
        int row = rows[i];
        rows[i] = rows[middle];
        rows[middle++] = row;
      }
    }
    return middle;
  }
}
