package dev.troupe.estimator.dl4j;

/**
 * How much smaller than the candidate says a network is built.
 *
 * @param width by what the numbers of units and filters are multiplied, above 0 and at most 1
 * @param cells share of the cells of each row of equal ones, above 0 and at most 1
 */
record NetworkSize(double width, double cells) {

  private static final NetworkSize FULL = new NetworkSize(1, 1);

  /** Units and filters come in multiples of this, which is also the least number. */
  private static final int GRAIN = 4;

  /** Returns the size that the candidate says. */
  static NetworkSize full() {
    return FULL;
  }

  /**
   * Returns a number of units or filters: the nearest multiple of four, at least 4, but never more
   * than the full number.
   *
   * @param full at least 1
   */
  int scaled(int full) {
    return width == 1 ? full : scaled(full, width);
  }

  /**
   * Returns a number of units or filters at a width.
   *
   * @param full at least 1
   * @param width above 0 and at most 1
   */
  static int scaled(int full, double width) {
    long nearest = Math.round(full * width / GRAIN) * GRAIN;
    return (int) Math.min(full, Math.max(GRAIN, nearest));
  }
}
