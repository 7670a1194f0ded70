package dev.troupe.monitoring.report;

import java.util.Arrays;
import java.util.BitSet;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * A regression tree on codes: each column has the codes 0 … of its values in order, 0 where the
 * parameter is inactive. A split on a column of names puts those with the smaller mean targets to
 * the left, which is the best of all splits of names for the squared error (Breiman et al.,
 * Classification and Regression Trees, 1984, section 9.4). Immutable once grown.
 */
final class RegressionTree {

  /** The least number of rows of a leaf, as is usual for regression forests. */
  private static final int LEAF = 3;

  /** Either a leaf or a split; of names the codes that go to the left. */
  private record Node(
      double mean,
      int column,
      int code,
      @Nullable BitSet codes,
      @Nullable Node left,
      @Nullable Node right) {

    boolean goesLeft(int value) {
      return codes == null ? value <= code : codes.get(value);
    }
  }

  /** The best way to part some rows. */
  private record Split(double gain, int column, int code, @Nullable BitSet codes) {}

  private final CodedColumns columns;
  private final double[] targets;
  private final int candidates;
  private final RandomGenerator random;
  private final Node root;

  /**
   * Grows a tree.
   *
   * @param targets by row, shape [rows]
   * @param rows what it learns from; a row may occur several times
   * @param candidates how many columns are tried at each split
   */
  RegressionTree(
      CodedColumns columns, double[] targets, int[] rows, int candidates, RandomGenerator random) {
    this.columns = columns;
    this.targets = targets;
    this.candidates = candidates;
    this.random = random;
    root = grow(rows);
  }

  /**
   * Returns what it predicts for a row.
   *
   * @param changed the column in which the row has another code; -1 for none
   * @param code that code
   */
  double predict(int row, int changed, int code) {
    Node node = root;
    while (node.left() != null && node.right() != null) {
      int value = node.column() == changed ? code : columns.code(node.column(), row);
      node = node.goesLeft(value) ? node.left() : node.right();
    }
    return node.mean();
  }

  private Node grow(int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum += targets[row];
    }
    double mean = sum / rows.length;
    Split split = rows.length < 2 * LEAF ? null : split(rows, sum);
    if (split == null) {
      return new Node(mean, -1, 0, null, null, null);
    }
    var inner = new Node(mean, split.column(), split.code(), split.codes(), null, null);
    int[] left =
        Arrays.stream(rows)
            .filter(row -> inner.goesLeft(columns.code(split.column(), row)))
            .toArray();
    int[] right =
        Arrays.stream(rows)
            .filter(row -> !inner.goesLeft(columns.code(split.column(), row)))
            .toArray();
    return new Node(mean, split.column(), split.code(), split.codes(), grow(left), grow(right));
  }

  private @Nullable Split split(int[] rows, double sum) {
    Split best = null;
    for (int column : drawnColumns()) {
      Split split =
          columns.isCategorical(column) ? byNames(rows, column, sum) : byCode(rows, column, sum);
      if (split != null && (best == null || split.gain() > best.gain())) {
        best = split;
      }
    }
    return best;
  }

  /** Draws columns without putting them back. */
  private int[] drawnColumns() {
    int count = columns.count();
    int[] all = new int[count];
    Arrays.setAll(all, i -> i);
    int drawn = Math.min(candidates, count);
    for (int i = 0; i < drawn; i++) {
      int j = i + random.nextInt(count - i);
      int swapped = all[i];
      all[i] = all[j];
      all[j] = swapped;
    }
    return Arrays.copyOf(all, drawn);
  }

  private @Nullable Split byCode(int[] rows, int column, double sum) {
    return bestCut(rows, column, sum, code -> code, null);
  }

  private @Nullable Split byNames(int[] rows, int column, double sum) {
    int codes = columns.codes(column);
    var sums = new double[codes];
    var counts = new int[codes];
    for (int row : rows) {
      sums[columns.code(column, row)] += targets[row];
      counts[columns.code(column, row)]++;
    }
    Integer[] order = new Integer[codes];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(mean(sums, counts, a), mean(sums, counts, b)));
    var places = new int[codes];
    for (int place = 0; place < codes; place++) {
      places[order[place]] = place;
    }
    return bestCut(rows, column, sum, code -> places[code], order);
  }

  private static double mean(double[] sums, int[] counts, int code) {
    return counts[code] == 0 ? Double.POSITIVE_INFINITY : sums[code] / counts[code];
  }

  /** Where a code stands in the order that is cut in two. */
  @FunctionalInterface
  private interface Place {
    int of(int code);
  }

  private @Nullable Split bestCut(
      int[] rows, int column, double sum, Place place, Integer @Nullable [] order) {
    long[] keys = new long[rows.length];
    for (int i = 0; i < rows.length; i++) {
      keys[i] = (long) place.of(columns.code(column, rows[i])) << 32 | rows[i];
    }
    Arrays.sort(keys);
    double best = 1e-12; // below that it is rounding
    int cut = -1;
    double left = 0;
    int n = rows.length;
    for (int i = 0; i < n - 1; i++) {
      left += targets[(int) keys[i]];
      int count = i + 1;
      boolean isBetween = keys[i] >> 32 != keys[i + 1] >> 32;
      if (isBetween && count >= LEAF && n - count >= LEAF) {
        double difference = left / count - (sum - left) / (n - count);
        double gain = difference * difference * count * (n - count) / n;
        if (gain > best) {
          best = gain;
          cut = (int) (keys[i] >> 32);
        }
      }
    }
    if (cut < 0) {
      return null;
    }
    return new Split(best, column, cut, order == null ? null : leftOf(order, cut));
  }

  private static BitSet leftOf(Integer[] order, int cut) {
    var codes = new BitSet();
    for (int place = 0; place <= cut; place++) {
      codes.set(order[place]);
    }
    return codes;
  }
}
