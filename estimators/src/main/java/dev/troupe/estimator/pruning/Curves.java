package dev.troupe.estimator.pruning;

import dev.troupe.study.Measurement;
import java.util.List;

/** Places on the curve that a trial's measurements make; their steps ascend. */
final class Curves {

  private Curves() {}

  /** Returns the index of the first measurement at or beyond a step; their number if none is. */
  static int reaching(List<Measurement> measurements, long step) {
    int low = 0;
    int high = measurements.size();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (measurements.get(middle).step() < step) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** Returns the newest step, or -1 if there is none. */
  static long last(List<Measurement> measurements) {
    return measurements.isEmpty() ? -1 : measurements.get(measurements.size() - 1).step();
  }

  /** Returns the step before the newest one, or -1 if there is none. */
  static long beforeLast(List<Measurement> measurements) {
    return measurements.size() < 2 ? -1 : measurements.get(measurements.size() - 2).step();
  }
}
