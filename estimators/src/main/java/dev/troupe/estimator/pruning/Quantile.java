package dev.troupe.estimator.pruning;

/** Order statistics, without sorting all. Pure. */
final class Quantile {

  private Quantile() {}

  /**
   * Returns a quantile, linear between the two nearest values (type 7 of Hyndman, Fan 1996,
   * doi:10.1080/00031305.1996.10473566; the median for one half).
   *
   * @param values the first {@code count} count, none of them NaN; reordered
   * @param count at least 1
   * @param share from 0 to 1
   */
  static double of(double[] values, int count, double share) {
    double place = share * (count - 1);
    int below = (int) Math.floor(place);
    double low = select(values, count, below);
    double fraction = place - below;
    if (fraction == 0) {
      return low;
    }
    double high = Double.POSITIVE_INFINITY;
    for (int i = below + 1; i < count; i++) {
      high = Math.min(high, values[i]);
    }
    return low == high || Double.isInfinite(high) ? high : low + fraction * (high - low);
  }

  /** Hoare's selection: afterwards nothing before {@code k} is larger, nothing after it smaller. */
  private static double select(double[] values, int count, int k) {
    int from = 0;
    int to = count - 1;
    while (from < to) {
      double pivot = middle(values[from], values[(from + to) >>> 1], values[to]);
      int low = from;
      int high = to;
      while (low <= high) {
        while (values[low] < pivot) {
          low++;
        }
        while (values[high] > pivot) {
          high--;
        }
        if (low <= high) {
          double swapped = values[low];
          values[low] = values[high];
          values[high] = swapped;
          low++;
          high--;
        }
      }
      if (k <= high) {
        to = high;
      } else if (k >= low) {
        from = low;
      } else {
        break; // all between the two are equal to the pivot
      }
    }
    return values[k];
  }

  private static double middle(double a, double b, double c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
