package dev.troupe.strategy.bayes.tpe;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * By several losses: first the rows that the fewest others dominate (Fonseca, Fleming 1993). Of
 * equals, where not all can be among the best, those in the sparsest places along the losses are
 * (crowding distance; Deb and others 2002, doi:10.1109/4235.996017), else the older come first. A
 * completed trial dominates one that is not, and so on down the order of {@link Merit}.
 */
final class ParetoRanking implements Ranking {

  private static final int FIRST_CAPACITY = 64;

  private final List<Merit> merits = new ArrayList<>();
  private int[] dominators = new int[FIRST_CAPACITY];

  /** By row: the dominators in the high half, the row in the low one. */
  private long[] keys = new long[FIRST_CAPACITY];

  private int[] order = new int[FIRST_CAPACITY];
  private int valued;

  @Override
  public void add(Merit merit) {
    int row = merits.size();
    if (row == dominators.length) {
      dominators = Arrays.copyOf(dominators, 2 * row);
      keys = new long[2 * row];
      order = new int[2 * row];
    }
    dominators[row] = 0;
    for (int other = 0; other < row; other++) {
      if (dominates(merit, merits.get(other))) {
        dominators[other]++;
      } else if (dominates(merits.get(other), merit)) {
        dominators[row]++;
      }
    }
    merits.add(merit);
    valued += merit.standing() == Merit.Standing.WORTHLESS ? 0 : 1;
  }

  /** Returns whether one is at least as good in every respect and better in one. */
  private static boolean dominates(Merit one, Merit other) {
    int byStanding = one.compareStanding(other);
    if (byStanding != 0) {
      return byStanding < 0;
    }
    boolean isBetter = false;
    for (int i = 0; i < one.losses().length; i++) {
      if (one.losses()[i] > other.losses()[i]) {
        return false;
      }
      isBetter |= one.losses()[i] < other.losses()[i];
    }
    return isBetter;
  }

  @Override
  public int valued() {
    return valued;
  }

  @Override
  public int[] order(int best) {
    int size = merits.size();
    for (int row = 0; row < size; row++) {
      keys[row] = (long) dominators[row] << Integer.SIZE | row;
    }
    Arrays.sort(keys, 0, size);
    for (int i = 0; i < size; i++) {
      order[i] = (int) keys[i];
    }
    if (best > 0 && best < size) {
      spread(best);
    }
    return order;
  }

  /** Puts the sparsest first of those equals among whom the boundary lies. */
  private void spread(int best) {
    int from = best - 1;
    while (from > 0 && isEqual(from - 1, best - 1)) {
      from--;
    }
    int to = best;
    while (to < merits.size() && isEqual(to, best - 1)) {
      to++;
    }
    if (to == best) {
      return;
    }
    var tied = new ArrayList<Integer>();
    for (int i = from; i < to; i++) {
      tied.add(order[i]);
    }
    double[] distances = crowding(tied);
    tied.sort(
        Comparator.comparingDouble((Integer row) -> -distances[row]).thenComparing(row -> row));
    for (int i = from; i < to; i++) {
      order[i] = tied.get(i - from);
    }
  }

  private boolean isEqual(int one, int other) {
    return dominators[order[one]] == dominators[order[other]];
  }

  /** Returns the crowding distances by row: the larger, the lonelier. */
  private double[] crowding(List<Integer> rows) {
    var distances = new double[merits.size()];
    int objectives = merits.get(rows.get(0)).losses().length;
    for (int i = 0; i < objectives; i++) {
      int objective = i;
      var sorted = new ArrayList<>(rows);
      sorted.sort(Comparator.comparingDouble(row -> loss(row, objective)));
      double least = loss(sorted.get(0), objective);
      double range = loss(sorted.get(sorted.size() - 1), objective) - least;
      distances[sorted.get(0)] = Double.POSITIVE_INFINITY;
      distances[sorted.get(sorted.size() - 1)] = Double.POSITIVE_INFINITY;
      for (int j = 1; j < sorted.size() - 1 && range > 0; j++) {
        double gap = loss(sorted.get(j + 1), objective) - loss(sorted.get(j - 1), objective);
        distances[sorted.get(j)] += gap / range;
      }
    }
    return distances;
  }

  private double loss(int row, int objective) {
    return merits.get(row).losses()[objective];
  }
}
