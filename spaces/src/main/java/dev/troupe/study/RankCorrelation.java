package dev.troupe.study;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * How well one series of values orders things as another one does. By {@link StrictMath}, so that
 * it is the same everywhere. Immutable and thread safe.
 *
 * @param pairs how many things there were
 * @param spearman the correlation of the ranks, equal values sharing their mean rank (Spearman
 *     1904, doi:10.2307/1412159), from -1 to 1; null if one series knows no order
 * @param kendall Kendall's tau-b (Kendall 1945, doi:10.1093/biomet/33.3.239), from -1 to 1; null if
 *     one series knows no order
 * @param chance the probability of this {@code kendall}, or a larger one, if the two series had
 *     nothing to do with each other: exact without equal values, else, or beyond {@value #EXACT}
 *     pairs, by the normal approximation; 1 where there is no correlation
 */
public record RankCorrelation(
    int pairs, @Nullable Double spearman, @Nullable Double kendall, double chance) {

  private static final int EXACT = 60;

  /**
   * Returns the correlation of two series.
   *
   * @param first any number of values, none NaN, shape [n]
   * @param second as many, shape [n]
   */
  public static RankCorrelation of(double[] first, double[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "A rank correlation needs two values a pair, but there were %d and %d."
              .formatted(first.length, second.length));
    }
    double[] ranks = ranks(first);
    double[] others = ranks(second);
    var counts = new Concordance(ranks, others);
    Double kendall = counts.tau();
    return new RankCorrelation(
        first.length, pearson(ranks, others), kendall, kendall == null ? 1 : counts.chance());
  }

  /**
   * Returns the correlation over the things of which both values are known; null if that are less
   * than two.
   *
   * @param first value by thing, none NaN
   * @param second value by thing, none NaN
   */
  public static <T> @Nullable RankCorrelation overBoth(
      Map<T, Double> first, Map<T, Double> second) {
    List<T> both = first.keySet().stream().filter(second::containsKey).toList();
    return both.size() < 2 ? null : of(values(first, both), values(second, both));
  }

  private static <T> double[] values(Map<T, Double> all, List<T> things) {
    return things.stream().mapToDouble(all::get).toArray();
  }

  /** Returns whether the order agrees better than chance lets expect, at {@code level}. */
  public boolean isSignificant(double level) {
    return chance <= level;
  }

  private static double[] ranks(double[] values) {
    int[] order =
        IntStream.range(0, values.length)
            .boxed()
            .sorted((a, b) -> Double.compare(values[a] + 0.0, values[b] + 0.0))
            .mapToInt(Integer::intValue)
            .toArray();
    var ranks = new double[values.length];
    for (int from = 0; from < order.length; ) {
      int to = from + 1;
      while (to < order.length && values[order[to]] == values[order[from]]) {
        to++;
      }
      Arrays.stream(order, from, to).forEach(new Shared(ranks, (from + to + 1) / 2.0)::set);
      from = to;
    }
    return ranks;
  }

  @SuppressWarnings("ArrayRecordComponent") // lives for a line
  private record Shared(double[] ranks, double rank) {
    void set(int index) {
      ranks[index] = rank;
    }
  }

  private static @Nullable Double pearson(double[] a, double[] b) {
    double mean = (a.length + 1) / 2.0;
    double products = 0;
    double squares = 0;
    double otherSquares = 0;
    for (int i = 0; i < a.length; i++) {
      products += (a[i] - mean) * (b[i] - mean);
      squares += (a[i] - mean) * (a[i] - mean);
      otherSquares += (b[i] - mean) * (b[i] - mean);
    }
    if (squares == 0 || otherSquares == 0) {
      return null;
    }
    return clamp(products / Math.sqrt(squares * otherSquares));
  }

  private static double clamp(double correlation) {
    return Math.max(-1, Math.min(1, correlation));
  }

  /** Pairs of pairs: in the same order, in the other one, equal in one of the series. */
  private static final class Concordance {
    private final int size;
    private final double[] first;
    private final double[] second;
    private long score;
    private long tiesInFirst;
    private long tiesInSecond;

    Concordance(double[] first, double[] second) {
      this.size = first.length;
      this.first = first;
      this.second = second;
      for (int i = 0; i < size; i++) {
        for (int j = 0; j < i; j++) {
          double a = Math.signum(first[i] - first[j]);
          double b = Math.signum(second[i] - second[j]);
          score += (long) (a * b);
          tiesInFirst += a == 0 ? 1 : 0;
          tiesInSecond += b == 0 ? 1 : 0;
        }
      }
    }

    private long all() {
      return (long) size * (size - 1) / 2;
    }

    @Nullable Double tau() {
      double untied = (double) (all() - tiesInFirst) * (all() - tiesInSecond);
      return untied > 0 ? (Double) clamp(score / Math.sqrt(untied)) : null;
    }

    double chance() {
      return tiesInFirst + tiesInSecond == 0 && size <= EXACT ? exact() : approximate();
    }

    /** The law of the number of inversions of a random order, one more element at a time. */
    private double exact() {
      double[] law = {1};
      for (int n = 2; n <= size; n++) {
        var next = new double[n * (n - 1) / 2 + 1];
        for (int k = 0; k < next.length; k++) {
          for (int j = Math.max(0, k - law.length + 1); j <= Math.min(k, n - 1); j++) {
            next[k] += law[k - j] / n;
          }
        }
        law = next;
      }
      long inversions = (all() - score) / 2;
      return Math.min(1, Arrays.stream(law, 0, (int) inversions + 1).sum());
    }

    /** The variance of the score with ties: Kendall, Rank Correlation Methods, 4th ed., p. 55. */
    private double approximate() {
      double n = size;
      double whole = n * (n - 1) * (2 * n + 5);
      double variance = (whole - ties(first, 1) - ties(second, 1)) / 18;
      variance += ties(first, 2) * ties(second, 2) / (2 * n * (n - 1));
      if (size > 2) {
        variance += ties(first, 3) * ties(second, 3) / (9 * n * (n - 1) * (n - 2));
      }
      return variance > 0 ? upperTail((score - 1) / Math.sqrt(variance)) : 1;
    }

    private static double ties(double[] ranks, int kind) {
      double[] sorted = ranks.clone();
      Arrays.sort(sorted);
      double sum = 0;
      for (int from = 0; from < sorted.length; ) {
        int to = from + 1;
        while (to < sorted.length && sorted[to] == sorted[from]) {
          to++;
        }
        double t = to - from;
        sum += t * (t - 1) * (kind == 1 ? 2 * t + 5 : kind == 2 ? 1 : t - 2);
        from = to;
      }
      return sum;
    }
  }

  /** The upper tail of the normal law, to 8e-8: Abramowitz, Stegun 1964, 26.2.17. */
  private static double upperTail(double z) {
    if (z < 0) {
      return 1 - upperTail(-z);
    }
    double t = 1 / (1 + 0.2316419 * z);
    double sum =
        t
            * (0.319381530
                + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
    return Math.min(1, sum * StrictMath.exp(-z * z / 2) / StrictMath.sqrt(2 * Math.PI));
  }
}
