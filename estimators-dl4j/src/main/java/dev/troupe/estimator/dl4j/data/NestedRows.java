package dev.troupe.estimator.dl4j.data;

import java.util.Arrays;
import java.util.Comparator;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * Smaller and smaller training parts, each inside all larger ones. A classification keeps the
 * proportions of its classes, a regression those of the tenths of its targets: of the k rows of a
 * part, each of s strata has k times its share of all rows, up to one row and half of s times that
 * share. Determined by the training part and the generator alone; immutable and thread safe.
 */
public final class NestedRows {

  private static final int QUANTILES = 10;

  /** The least share that is of use, whatever the strata say. */
  private static final double LEAST_SHARE = 0.01;

  private final int[] order;
  private final int least;

  private NestedRows(int[] order, int least) {
    this.order = order;
    this.least = least;
  }

  /**
   * Draws the order in which rows come in.
   *
   * @param random decides it and nothing else
   */
  public static NestedRows of(PreparedData data, RandomGenerator random) {
    Part training = data.training();
    int[] stratum = data.task() == Task.CLASSIFICATION ? classes(training) : quantiles(training);
    int strata = Arrays.stream(stratum).max().orElse(0) + 1;
    int[] order = order(stratum, strata, random);
    return new NestedRows(order, completeFrom(order, stratum));
  }

  private static int[] classes(Part training) {
    return IntStream.range(0, training.rows()).map(training::label).toArray();
  }

  /** Equal targets may lie on both sides of a border. */
  private static int[] quantiles(Part training) {
    int rows = training.rows();
    int groups = Math.min(QUANTILES, rows);
    var stratum = new int[rows];
    int rank = 0;
    for (int row : sorted(rows, Comparator.comparingDouble(training::target))) {
      stratum[row] = (int) ((long) rank * groups / rows);
      rank++;
    }
    return stratum;
  }

  /**
   * Spreads the rows of each stratum evenly from 0 to 1, in random order, and reads off all strata
   * together.
   */
  private static int[] order(int[] stratum, int strata, RandomGenerator random) {
    var place = new double[stratum.length];
    for (int s = 0; s < strata; s++) {
      int wanted = s;
      int[] rows = IntStream.range(0, stratum.length).filter(i -> stratum[i] == wanted).toArray();
      Split.shuffle(rows, random);
      for (int i = 0; i < rows.length; i++) {
        place[rows[i]] = (i + 0.5) / rows.length;
      }
    }
    Comparator<Integer> byPlace = Comparator.comparingDouble(row -> place[row]);
    return sorted(stratum.length, byPlace.thenComparingInt(row -> stratum[row]));
  }

  private static int[] sorted(int rows, Comparator<Integer> by) {
    return IntStream.range(0, rows).boxed().sorted(by).mapToInt(Integer::intValue).toArray();
  }

  /** Returns how many rows it takes to have one of each stratum that there is. */
  private static int completeFrom(int[] order, int[] stratum) {
    long missing = Arrays.stream(stratum).distinct().count();
    var seen = new boolean[Arrays.stream(stratum).max().orElse(0) + 1];
    int count = 0;
    for (int row : order) {
      if (missing == 0) {
        return count;
      }
      missing -= seen[stratum[row]] ? 0 : 1;
      seen[stratum[row]] = true;
      count++;
    }
    return count;
  }

  /** Returns the least fraction of the rows that is of use: one with a row of each stratum. */
  public double leastFraction() {
    return Math.max(LEAST_SHARE, (double) least / order.length);
  }

  /**
   * Returns the rows of a fraction, ascending.
   *
   * @param fraction above 0; from 1 on, all rows
   */
  public int[] rows(double fraction) {
    long wanted = Math.round(fraction * order.length);
    int[] rows = Arrays.copyOf(order, (int) Math.max(1, Math.min(order.length, wanted)));
    Arrays.sort(rows);
    return rows;
  }
}
