package dev.troupe.estimator.pruning;

import java.util.ArrayList;
import java.util.List;

/** Steps that grow by a factor. Pure. */
final class Rungs {

  /** No estimator takes more steps. */
  static final long MOST_STEPS = 1L << 52;

  private Rungs() {}

  /**
   * Returns {@code first}, {@code first * eta}, … below {@code end}, at most {@code most} of them.
   */
  static long[] of(long first, int eta, long end, int most) {
    List<Long> steps = new ArrayList<>();
    for (long step = first; step < end && steps.size() < most; step *= eta) {
      steps.add(step); // no overflow: the end is far below
    }
    return steps.stream().mapToLong(Long::longValue).toArray();
  }

  /** Returns the largest s with {@code eta^s <= ratio}, counted in whole numbers. */
  static int logarithm(long ratio, int eta) {
    int s = 0;
    for (long rest = ratio / eta; rest > 0; rest /= eta) {
      s++;
    }
    return s;
  }

  /** Returns {@code eta^exponent}. */
  static long power(int eta, int exponent) {
    long power = 1;
    for (int i = 0; i < exponent; i++) {
      power = Math.multiplyExact(power, eta);
    }
    return power;
  }
}
