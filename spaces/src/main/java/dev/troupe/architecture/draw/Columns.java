package dev.troupe.architecture.draw;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;

/**
 * Horizontal places of ordered items: the longest path is a straight line at 0, and every other
 * item is near what it is linked with. Each row in turn is placed with the least sum of weighted
 * squared distances from where its items would be best, at the gaps that they need.
 */
final class Columns {

  private static final int SWEEPS = 16;
  private static final int FEWEST_SWEEPS = 4;
  private static final int MOST_WORK = 1_000_000;

  private static final double GAP_OF_BOXES = 22;
  private static final double GAP_OF_LINES = 14;

  private static final double WEIGHT_OF_MAIN = 1e9;
  private static final double WEIGHT_OF_BEND = 4;

  private final Lattice lattice;
  private final int[][] rows;
  private final double[] widths;
  private final double[] x;

  private Columns(Lattice lattice, int[][] rows, double[] widths) {
    this.lattice = lattice;
    this.rows = rows;
    this.widths = widths;
    this.x = new double[lattice.size()];
  }

  /**
   * Returns the centre of each item.
   *
   * @param rows items from left to right
   * @param widths of all items
   */
  static double[] of(Lattice lattice, int[][] rows, double[] widths) {
    var columns = new Columns(lattice, rows, widths);
    columns.sweep();
    columns.straighten();
    columns.straighten();
    return columns.x;
  }

  private void sweep() {
    int sweeps = Math.max(FEWEST_SWEEPS, Math.min(SWEEPS, MOST_WORK / lattice.size()));
    for (int i = 0; i < sweeps; i++) {
      for (int row = 0; row < rows.length; row++) {
        place(rows[row], item -> mean(lattice.upper(item), x[item]));
      }
      for (int row = rows.length - 1; row >= 0; row--) {
        place(rows[row], item -> mean(lattice.lower(item), x[item]));
      }
    }
    for (int[] row : rows) {
      place(row, this::meanOfBoth);
    }
  }

  private double mean(int[] items, double otherwise) {
    double sum = 0;
    for (int item : items) {
      sum += x[item];
    }
    return items.length == 0 ? otherwise : sum / items.length;
  }

  private double meanOfBoth(int item) {
    double above = mean(lattice.upper(item), x[item]);
    double below = mean(lattice.lower(item), above);
    return lattice.upper(item).length == 0 ? below : (above + below) / 2;
  }

  private double gap(int left, int right) {
    double between = lattice.isBox(left) && lattice.isBox(right) ? GAP_OF_BOXES : GAP_OF_LINES;
    return widths[left] / 2 + between + widths[right] / 2;
  }

  /**
   * Places a row: without its gaps that is an isotonic regression, which pools neighbours that
   * would overlap until none does (Ayer et al. 1955, doi:10.1214/aoms/1177728423).
   */
  private void place(int[] row, IntToDoubleFunction best) {
    var pools = new ArrayList<Pool>();
    double offset = 0;
    for (int i = 0; i < row.length; i++) {
      offset += i == 0 ? 0 : gap(row[i - 1], row[i]);
      boolean isMain = lattice.isMain(row[i]);
      double weight = isMain ? WEIGHT_OF_MAIN : lattice.isBox(row[i]) ? 1 : WEIGHT_OF_BEND;
      double wish = (isMain ? 0 : best.applyAsDouble(row[i])) - offset;
      add(pools, new Pool(weight, wish, 1));
    }
    offset = 0;
    int at = 0;
    for (Pool pool : pools) {
      for (int i = 0; i < pool.members(); i++) {
        offset += at == 0 ? 0 : gap(row[at - 1], row[at]);
        x[row[at]] = lattice.isMain(row[at]) ? 0 : pool.place() + offset;
        at++;
      }
    }
  }

  private static void add(List<Pool> pools, Pool pool) {
    Pool joined = pool;
    while (!pools.isEmpty() && pools.get(pools.size() - 1).place() > joined.place()) {
      joined = pools.remove(pools.size() - 1).and(joined);
    }
    pools.add(joined);
  }

  /** Neighbours that stand as close as they may. */
  private record Pool(double weight, double place, int members) {
    Pool and(Pool next) {
      double sum = weight + next.weight;
      return new Pool(
          sum, (weight * place + next.weight * next.place) / sum, members + next.members);
    }
  }

  /** Makes lines and chains of boxes vertical where their neighbours leave room. */
  private void straighten() {
    var places = new int[lattice.size()];
    for (int[] row : rows) {
      for (int i = 0; i < row.length; i++) {
        places[row[i]] = i;
      }
    }
    var continued = new boolean[lattice.size()];
    for (int[] row : rows) {
      for (int item : row) {
        if (!continued[item] && !lattice.isMain(item)) {
          straighten(item, places, continued);
        }
      }
    }
  }

  private void straighten(int first, int[] places, boolean[] continued) {
    var line = new ArrayList<Integer>();
    double left = Double.NEGATIVE_INFINITY;
    double right = Double.POSITIVE_INFINITY;
    for (int item = first; item != Lattice.NONE; item = next(item)) {
      continued[item] = true;
      double itsLeft = left(item, places[item]);
      double itsRight = right(item, places[item]);
      if (!line.isEmpty() && Math.max(left, itsLeft) > Math.min(right, itsRight)) {
        move(line, left, right); // no further in one line
        line.clear();
        left = Double.NEGATIVE_INFINITY;
        right = Double.POSITIVE_INFINITY;
      }
      left = Math.max(left, itsLeft);
      right = Math.min(right, itsRight);
      line.add(item);
    }
    move(line, left, right);
  }

  private double left(int item, int place) {
    int[] row = rows[lattice.rank(item)];
    return place == 0 ? Double.NEGATIVE_INFINITY : x[row[place - 1]] + gap(row[place - 1], item);
  }

  private double right(int item, int place) {
    int[] row = rows[lattice.rank(item)];
    return place + 1 == row.length
        ? Double.POSITIVE_INFINITY
        : x[row[place + 1]] - gap(item, row[place + 1]);
  }

  private void move(List<Integer> line, double left, double right) {
    double mean = line.stream().mapToDouble(item -> x[item]).average().orElse(0);
    double place = Math.max(left, Math.min(right, mean));
    line.forEach(item -> x[item] = place);
  }

  /** Returns what goes on in one line below: the next bend, or a box that reads nothing else. */
  private int next(int item) {
    int[] below = lattice.lower(item);
    for (int candidate : below) {
      if (!lattice.isBox(candidate) && (!lattice.isBox(item) || below.length == 1)) {
        return candidate;
      }
    }
    boolean isOnly = below.length == 1 && lattice.upper(below[0]).length == 1;
    return isOnly && !lattice.isMain(below[0]) ? below[0] : Lattice.NONE;
  }
}
