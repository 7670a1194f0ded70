package dev.troupe.strategy.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Divides what would be an improvement upon a front into boxes: all vectors of losses that are less
 * than a reference in every objective and that no vector of the front dominates. The front is swept
 * along the last objective. Between two of its vectors nothing changes, so that the rest is the
 * same question in one objective less; a box of the answer lasts as long as it stays among the
 * answers. Two objectives give a stripe more than there are vectors, three about twice as many
 * boxes (Yang, Emmerich, Deutz, Baeck 2019, doi:10.1007/s10898-019-00798-7, reach 2n + 1).
 */
final class BoxDecomposition {

  private BoxDecomposition() {}

  /** The corners of a box in the objectives before the last; equal boxes are equal lists. */
  private record Corners(List<Double> low, List<Double> high) {

    Box box(double lastLow, double lastHigh) {
      return new Box(append(low, lastLow), append(high, lastHigh));
    }

    private static double[] append(List<Double> values, double last) {
      var appended = new double[values.size() + 1];
      for (int m = 0; m < values.size(); m++) {
        appended[m] = values.get(m);
      }
      appended[values.size()] = last;
      return appended;
    }

    static Corners of(Box box) {
      return new Corners(
          Arrays.stream(box.low()).boxed().toList(), Arrays.stream(box.high()).boxed().toList());
    }
  }

  /**
   * Returns the boxes; they do not overlap.
   *
   * @param front vectors of losses, finite; may dominate each other
   * @param reference what counts as no improvement, finite
   */
  static List<Box> of(List<double[]> front, double[] reference) {
    return of(front, reference, reference.length);
  }

  private static List<Box> of(List<double[]> front, double[] reference, int objectives) {
    int last = objectives - 1;
    if (last == 0) {
      double least = reference[0];
      for (double[] losses : front) {
        least = Math.min(least, losses[0]);
      }
      return List.of(new Box(new double[] {Double.NEGATIVE_INFINITY}, new double[] {least}));
    }
    List<double[]> swept = new ArrayList<>(front);
    swept.sort(Comparator.comparingDouble(losses -> losses[last]));
    List<Box> boxes = new ArrayList<>();
    List<double[]> passed = new ArrayList<>();
    Map<Corners, Double> open = new LinkedHashMap<>();
    reopen(open, corners(passed, reference, last), Double.NEGATIVE_INFINITY, boxes);
    for (double[] losses : swept) {
      if (losses[last] < reference[last] && isNew(losses, passed, last)) {
        passed.removeIf(other -> isAtMost(losses, other, last));
        passed.add(losses);
        reopen(open, corners(passed, reference, last), losses[last], boxes);
      }
    }
    reopen(open, Set.of(), reference[last], boxes);
    return boxes;
  }

  private static Set<Corners> corners(List<double[]> front, double[] reference, int objectives) {
    var corners = new LinkedHashSet<Corners>();
    for (Box box : of(front, reference, objectives)) {
      corners.add(Corners.of(box));
    }
    return corners;
  }

  /** Ends the boxes that are no longer among the answers, and begins those that are new there. */
  private static void reopen(
      Map<Corners, Double> open, Set<Corners> next, double at, List<Box> boxes) {
    var ended = new ArrayList<Corners>();
    open.forEach(
        (corners, since) -> {
          if (!next.contains(corners)) {
            ended.add(corners);
            if (since < at) {
              boxes.add(corners.box(since, at));
            }
          }
        });
    ended.forEach(open::remove);
    next.forEach(corners -> open.putIfAbsent(corners, at));
  }

  private static boolean isNew(double[] losses, List<double[]> others, int objectives) {
    return others.stream().noneMatch(other -> isAtMost(other, losses, objectives));
  }

  private static boolean isAtMost(double[] one, double[] other, int objectives) {
    for (int m = 0; m < objectives; m++) {
      if (one[m] > other[m]) {
        return false;
      }
    }
    return true;
  }
}
