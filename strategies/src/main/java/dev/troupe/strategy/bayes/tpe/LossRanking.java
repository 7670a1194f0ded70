package dev.troupe.strategy.bayes.tpe;

import java.util.Arrays;

/** By one loss; of equals the older comes first. */
final class LossRanking implements Ranking {

  private static final int FIRST_CAPACITY = 64;

  private Merit[] merits = new Merit[FIRST_CAPACITY];
  private int[] order = new int[FIRST_CAPACITY];
  private int size;
  private int valued;

  @Override
  public void add(Merit merit) {
    if (size == order.length) {
      merits = Arrays.copyOf(merits, 2 * size);
      order = Arrays.copyOf(order, 2 * size);
    }
    int rank = rank(merit);
    System.arraycopy(order, rank, order, rank + 1, size - rank);
    order[rank] = size;
    merits[size] = merit;
    size++;
    valued += merit.standing() == Merit.Standing.WORTHLESS ? 0 : 1;
  }

  /** Returns how many of the known are at least as good. */
  private int rank(Merit merit) {
    int low = 0;
    int high = size;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (isBetter(merit, merits[order[middle]])) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }

  private static boolean isBetter(Merit one, Merit other) {
    int byStanding = one.compareStanding(other);
    return byStanding < 0 || byStanding == 0 && one.losses()[0] < other.losses()[0];
  }

  @Override
  public int valued() {
    return valued;
  }

  @Override
  public int[] order(int best) {
    return order;
  }
}
