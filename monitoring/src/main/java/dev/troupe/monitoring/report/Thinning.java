package dev.troupe.monitoring.report;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Leaves out what would make a page too large, by a rule that gives the same for the same study:
 * every k-th is kept, and what must be.
 */
final class Thinning {

  private Thinning() {}

  /**
   * Returns at most {@code most} and those that must be kept, in their order.
   *
   * @param most at least 1
   */
  static <T> List<T> of(List<T> all, int most, Predicate<T> isKept) {
    int stride = stride(all.size(), most);
    if (stride == 1) {
      return all;
    }
    var some = new ArrayList<T>();
    for (int i = 0; i < all.size(); i++) {
      if (i % stride == 0 || isKept.test(all.get(i))) {
        some.add(all.get(i));
      }
    }
    return some;
  }

  /** Returns k. */
  static int stride(int size, int most) {
    return Math.max(1, (size + most - 1) / most);
  }

  /** Says what is left out; empty if nothing is. */
  static String note(int size, int most, String things) {
    int stride = stride(size, most);
    return stride == 1
        ? ""
        : "Of %d %s every %s is shown, and what is best.".formatted(size, things, ordinal(stride));
  }

  private static String ordinal(int n) {
    int tens = n % 100 / 10;
    String ending =
        switch (tens == 1 ? 0 : n % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
    return n + ending;
  }
}
