package dev.troupe.monitoring.report;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * How much parameters matter, by permutation in a random forest (Breiman, Random forests, Machine
 * Learning 45, 2001, doi:10.1023/A:1010933404324, section 10): by how much the error on rows that a
 * tree has not seen grows when the values of a parameter are exchanged among them. What is
 * predicted is the rank of a trial, so that trials that came to nothing do not outweigh all others;
 * values are exchanged among trials in which the parameter is active, so that no trial arises that
 * cannot be.
 *
 * @param shares by column, shape [columns]: its part of the growth of all, from 0 to 1; all 0 if
 *     nothing matters
 * @param explained which part of the variance of the ranks the forest predicts on rows that it has
 *     not seen; 1 at best, 0 or less if it predicts nothing
 */
record Importance(List<Double> shares, double explained) {

  /** With fewer trials a forest has too little to learn from. */
  static final int LEAST_TRIALS = 20;

  /** More trials would take longer and hardly tell more. */
  static final int MOST_TRIALS = 1000;

  private static final int TREES = 64;
  private static final int MOST_CANDIDATES = 24;

  Importance {
    shares = List.copyOf(shares);
  }

  /**
   * Grows a forest and asks it.
   *
   * @param columns at least one
   * @param values what the trials came to, shape [trials]; finite
   */
  static Importance of(List<Column> columns, double[] values, RandomGenerator random) {
    return new Growth(columns, values, random).measure();
  }

  /** The work of it. */
  private static final class Growth {
    private final List<Column> columns;
    private final CodedColumns coded;
    private final double[] targets;
    private final RandomGenerator random;
    private final double[] growth;
    private final double[] predicted;
    private final int[] predictions;

    Growth(List<Column> columns, double[] values, RandomGenerator random) {
      this.columns = columns;
      this.random = random;
      coded = new CodedColumns(columns);
      targets = Ranks.of(values);
      growth = new double[columns.size()];
      predicted = new double[values.length];
      predictions = new int[values.length];
    }

    Importance measure() {
      int candidates = Math.min(MOST_CANDIDATES, Math.max(1, (2 * columns.size() + 2) / 3));
      for (int i = 0; i < TREES; i++) {
        grow(candidates);
      }
      double sum = 0;
      for (double each : growth) {
        sum += Math.max(0, each);
      }
      var shares = new Double[growth.length];
      for (int j = 0; j < growth.length; j++) {
        shares[j] = sum == 0 ? 0 : Math.max(0, growth[j]) / sum;
      }
      return new Importance(List.of(shares), explained());
    }

    private void grow(int candidates) {
      int n = targets.length;
      int[] rows = new int[n];
      var isSeen = new boolean[n];
      for (int i = 0; i < n; i++) {
        rows[i] = random.nextInt(n);
        isSeen[rows[i]] = true;
      }
      var tree = new RegressionTree(coded, targets, rows, candidates, random);
      for (int row = 0; row < n; row++) {
        if (!isSeen[row]) {
          predicted[row] += tree.predict(row, -1, 0);
          predictions[row]++;
        }
      }
      for (int j = 0; j < growth.length; j++) {
        growth[j] += growth(tree, isSeen, j);
      }
    }

    /** Returns by how much the squared error grows when a column is shuffled. */
    private double growth(RegressionTree tree, boolean[] isSeen, int column) {
      int[] rows = new int[targets.length];
      int count = 0;
      for (int row = 0; row < targets.length; row++) {
        if (!isSeen[row] && columns.get(column).isActive(row)) {
          rows[count++] = row;
        }
      }
      int[] codes = new int[count];
      for (int i = 0; i < count; i++) {
        codes[i] = coded.code(column, rows[i]);
      }
      shuffle(codes);
      double grown = 0;
      for (int i = 0; i < count; i++) {
        double before = tree.predict(rows[i], -1, 0) - targets[rows[i]];
        double after = tree.predict(rows[i], column, codes[i]) - targets[rows[i]];
        grown += after * after - before * before;
      }
      return grown;
    }

    private void shuffle(int[] codes) {
      for (int i = codes.length - 1; i > 0; i--) {
        int j = random.nextInt(i + 1);
        int swapped = codes[i];
        codes[i] = codes[j];
        codes[j] = swapped;
      }
    }

    private double explained() {
      double mean = (targets.length - 1) / 2.0;
      double error = 0;
      double variance = 0;
      for (int row = 0; row < targets.length; row++) {
        if (predictions[row] > 0) {
          double difference = predicted[row] / predictions[row] - targets[row];
          error += difference * difference;
          variance += (targets[row] - mean) * (targets[row] - mean);
        }
      }
      return variance == 0 ? 0 : 1 - error / variance;
    }
  }
}
