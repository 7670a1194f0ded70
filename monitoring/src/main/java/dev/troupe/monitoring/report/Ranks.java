package dev.troupe.monitoring.report;

import java.util.Arrays;

/** Ranks, and how those of two series go together. */
final class Ranks {

  private Ranks() {}

  /** Returns the ranks from 0 to n - 1, shape [n]; equal values share their mean. */
  static double[] of(double[] values) {
    int n = values.length;
    Integer[] order = new Integer[n];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Double.compare(values[a], values[b]));
    var ranks = new double[n];
    for (int from = 0; from < n; ) {
      int to = from + 1;
      while (to < n && values[order[to]] == values[order[from]]) {
        to++;
      }
      for (int i = from; i < to; i++) {
        ranks[order[i]] = (from + to - 1) / 2.0;
      }
      from = to;
    }
    return ranks;
  }

  /**
   * Returns Spearman's rank correlation of two series, from -1 to 1; NaN if one of them is constant
   * or there are fewer than three values.
   */
  static double correlation(double[] a, double[] b) {
    double[] ranksOfA = of(a);
    double[] ranksOfB = of(b);
    double mean = (a.length - 1) / 2.0;
    double together = 0;
    double ofA = 0;
    double ofB = 0;
    for (int i = 0; i < a.length; i++) {
      together += (ranksOfA[i] - mean) * (ranksOfB[i] - mean);
      ofA += (ranksOfA[i] - mean) * (ranksOfA[i] - mean);
      ofB += (ranksOfB[i] - mean) * (ranksOfB[i] - mean);
    }
    return a.length < 3 || ofA == 0 || ofB == 0 ? Double.NaN : together / Math.sqrt(ofA * ofB);
  }
}
