package dev.troupe.architecture.draw;

import java.util.Arrays;
import java.util.Comparator;
import java.util.function.ToIntFunction;

/**
 * The order of the items in each row, with few crossings of lines: rows are sorted by the mean
 * place of what they are linked with, from the top to the bottom and back (Sugiyama, Tagawa, Toda
 * 1981, doi:10.1109/TSMC.1981.4308636).
 */
final class Ordering {

  /** Sweeps over a drawing of ordinary size; a huge one gets fewer. */
  private static final int SWEEPS = 24;

  private static final int FEWEST_SWEEPS = 2;

  private static final int WEIGHT_OF_MAIN = 4;

  /** Items that may be sorted, over all sweeps. */
  private static final int MOST_WORK = 400_000;

  private final Lattice lattice;
  private final int[][] rows;
  private final int[] place; // in its row
  private final boolean hasFixedMiddle;
  private int[][] best = new int[0][];
  private long fewest;

  private Ordering(Lattice lattice, boolean hasFixedMiddle) {
    this.lattice = lattice;
    this.hasFixedMiddle = hasFixedMiddle;
    this.rows = lattice.byRow();
    this.place = new int[lattice.size()];
    for (int row = 0; row < rows.length; row++) {
      number(row);
    }
  }

  /**
   * Returns the items of each row from left to right. Of two ways to sort, the one with fewer
   * crossings counts: networks that are all trunk are better with a fixed middle, cells without.
   */
  static int[][] of(Lattice lattice) {
    var free = new Ordering(lattice, false);
    free.start();
    free.sweep();
    var fixed = new Ordering(lattice, true);
    fixed.start();
    fixed.sweep();
    return fixed.fewest < free.fewest ? fixed.best : free.best;
  }

  private void number(int row) {
    for (int i = 0; i < rows[row].length; i++) {
      place[rows[row][i]] = i;
    }
  }

  /** Places each row below the one above, every other box and its line to the left. */
  private void start() {
    for (int row = 1; row < rows.length; row++) {
      sort(row, true, this::side);
    }
  }

  private int side(int item) {
    if (lattice.isMain(item)) {
      return 0;
    }
    boolean isLeft = lattice.source(item) % 2 == 1;
    return (lattice.isBox(item) ? 1 : 2) * (isLeft ? -1 : 1);
  }

  private void sweep() {
    int sweeps = Math.max(FEWEST_SWEEPS, Math.min(SWEEPS, MOST_WORK / lattice.size()));
    best = copy();
    fewest = crossings();
    for (int i = 0; i < sweeps && fewest > 0; i++) {
      boolean down = i % 2 == 1;
      for (int j = 1; j < rows.length; j++) {
        sort(down ? j : rows.length - 1 - j, down, item -> 0);
      }
      exchange();
      long crossings = crossings();
      if (crossings < fewest) {
        fewest = crossings;
        best = copy();
      }
    }
  }

  private int[][] copy() {
    return Arrays.stream(rows).map(int[]::clone).toArray(int[][]::new);
  }

  private void sort(int row, boolean byUpper, ToIntFunction<Integer> then) {
    if (rows[row].length == 1) {
      return;
    }
    var keys = new double[rows[row].length];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = mean(rows[row][i], byUpper);
    }
    Comparator<Integer> byKey = Comparator.comparingDouble(item -> keys[place[item]]);
    int[] sorted =
        Arrays.stream(rows[row])
            .boxed()
            .sorted(byKey.thenComparingInt(then)) // a stable sort
            .mapToInt(Integer::intValue)
            .toArray();
    rows[row] = sorted;
    number(row);
  }

  private double mean(int item, boolean byUpper) {
    int[] linked = byUpper ? lattice.upper(item) : lattice.lower(item);
    if (linked.length == 0) {
      return place[item];
    }
    double sum = 0;
    for (int other : linked) {
      if (hasFixedMiddle && weight(item, other) == WEIGHT_OF_MAIN) {
        return place[other]; // nothing else moves it
      }
      sum += place[other];
    }
    return sum / linked.length;
  }

  /** Exchanges neighbours as long as that takes crossings away. */
  private void exchange() {
    for (int row = 0; row < rows.length; row++) {
      for (int i = 0; i + 1 < rows[row].length; i++) {
        int left = rows[row][i];
        int right = rows[row][i + 1];
        if (crossings(left, right) > crossings(right, left)) {
          rows[row][i] = right;
          rows[row][i + 1] = left;
          place[right] = i;
          place[left] = i + 1;
        }
      }
    }
  }

  /** Returns the crossings of the lines of two items, the first to the left of the second. */
  private long crossings(int left, int right) {
    return inversions(left, lattice.upper(left), right, lattice.upper(right))
        + inversions(left, lattice.lower(left), right, lattice.lower(right));
  }

  private long inversions(int left, int[] ofLeft, int right, int[] ofRight) {
    long inversions = 0;
    for (int a : ofLeft) {
      for (int b : ofRight) {
        inversions += place[a] > place[b] ? (long) weight(left, a) * weight(right, b) : 0;
      }
    }
    return inversions;
  }

  /** The straight line in the middle is to be crossed by few others. */
  private int weight(int item, int linked) {
    return lattice.isMain(item) && lattice.isMain(linked) ? WEIGHT_OF_MAIN : 1;
  }

  private long crossings() {
    long crossings = 0;
    for (int row = 0; row + 1 < rows.length; row++) {
      crossings += crossingsBelow(row);
    }
    return crossings;
  }

  /** Counts, from left to right, the earlier lines that end farther to the right. */
  private long crossingsBelow(int row) {
    var ends = new FenwickTree(rows[row + 1].length);
    long crossings = 0;
    for (int item : rows[row]) {
      int[] below = lattice.lower(item);
      for (int end : below) {
        crossings += weight(item, end) * ends.sumAbove(place[end]);
      }
      for (int end : below) {
        ends.add(place[end], weight(item, end));
      }
    }
    return crossings;
  }

  /** Weights of places, of which sums are fast (Fenwick 1994, doi:10.1002/spe.4380240306). */
  private static final class FenwickTree {

    private final long[] sums;
    private long all;

    FenwickTree(int size) {
      sums = new long[size + 1];
    }

    void add(int place, int weight) {
      all += weight;
      for (int i = place + 1; i < sums.length; i += i & -i) {
        sums[i] += weight;
      }
    }

    long sumAbove(int place) {
      long upTo = 0;
      for (int i = place + 1; i > 0; i -= i & -i) {
        upTo += sums[i];
      }
      return all - upTo;
    }
  }
}
