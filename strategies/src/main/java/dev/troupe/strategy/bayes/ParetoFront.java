package dev.troupe.strategy.bayes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The best of several vectors of losses: those that no other is at most as large as in every
 * objective. Immutable.
 */
final class ParetoFront {

  /** How far the reference lies beyond the worst of the front, as a part of what all span. */
  private static final double BEYOND = 0.2;

  private final List<double[]> vectors;

  /** Which vectors they are, ascending. */
  private final List<Integer> indices;

  private final double[] spans;

  private ParetoFront(List<double[]> vectors, List<Integer> indices, double[] spans) {
    this.vectors = vectors;
    this.indices = indices;
    this.spans = spans;
  }

  /**
   * Returns the front.
   *
   * @param all at least one, shape [objectives] each, finite
   */
  static ParetoFront of(List<double[]> all) {
    List<double[]> vectors = new ArrayList<>();
    List<Integer> indices = new ArrayList<>();
    for (int i = 0; i < all.size(); i++) {
      if (!isDominated(all, i)) {
        vectors.add(all.get(i));
        indices.add(i);
      }
    }
    return new ParetoFront(vectors, indices, spans(all));
  }

  private static boolean isDominated(List<double[]> all, int index) {
    for (int i = 0; i < all.size(); i++) {
      if (i != index && isBetter(all.get(i), all.get(index), i < index)) {
        return true;
      }
    }
    return false;
  }

  /** Of equal vectors the first is the better one. */
  private static boolean isBetter(double[] one, double[] other, boolean isFirst) {
    boolean isLess = isFirst;
    for (int m = 0; m < one.length; m++) {
      if (one[m] > other[m]) {
        return false;
      }
      isLess |= one[m] < other[m];
    }
    return isLess;
  }

  private static double[] spans(List<double[]> vectors) {
    var spans = new double[vectors.get(0).length];
    for (int m = 0; m < spans.length; m++) {
      spans[m] = greatest(vectors, m) - least(vectors, m);
    }
    return spans;
  }

  private static double least(List<double[]> vectors, int objective) {
    return vectors.stream().mapToDouble(v -> v[objective]).min().orElseThrow();
  }

  private static double greatest(List<double[]> vectors, int objective) {
    return vectors.stream().mapToDouble(v -> v[objective]).max().orElseThrow();
  }

  /** Returns its vectors; not to be changed. */
  List<double[]> vectors() {
    return vectors;
  }

  /** Returns which of all vectors they are, ascending; not to be changed. */
  List<Integer> indices() {
    return indices;
  }

  /**
   * Returns what is no improvement any more: in each objective a fifth of what all vectors span, or
   * of 1 where they are all alike, beyond the worst of the front. So far that the front may grow
   * beyond its ends, and not so far that its ends are worth more than all between them.
   */
  double[] reference() {
    var reference = new double[spans.length];
    for (int m = 0; m < reference.length; m++) {
      reference[m] = greatest(vectors, m) + BEYOND * (spans[m] > 0 ? spans[m] : 1);
    }
    return reference;
  }

  /**
   * Returns a part of it: the extremes, and those that are farthest from all chosen before.
   *
   * @param most how many, at least the number of objectives
   */
  ParetoFront spread(int most) {
    if (vectors.size() <= most) {
      return this;
    }
    double[] widths = spans(vectors);
    var distances = new double[vectors.size()];
    Arrays.fill(distances, Double.POSITIVE_INFINITY);
    for (int m = 0; m < widths.length; m++) {
      choose(extreme(m), widths, distances);
    }
    while (chosen(distances) < most) {
      choose(farthest(distances), widths, distances);
    }
    List<double[]> kept = new ArrayList<>();
    List<Integer> keptIndices = new ArrayList<>();
    for (int i = 0; i < distances.length; i++) {
      if (distances[i] < 0) {
        kept.add(vectors.get(i));
        keptIndices.add(indices.get(i));
      }
    }
    return new ParetoFront(kept, keptIndices, spans);
  }

  private int extreme(int objective) {
    int extreme = 0;
    for (int i = 1; i < vectors.size(); i++) {
      extreme = vectors.get(i)[objective] < vectors.get(extreme)[objective] ? i : extreme;
    }
    return extreme;
  }

  private static int farthest(double[] distances) {
    int farthest = 0;
    for (int i = 1; i < distances.length; i++) {
      farthest = distances[i] > distances[farthest] ? i : farthest;
    }
    return farthest;
  }

  private static int chosen(double[] distances) {
    int count = 0;
    for (double distance : distances) {
      count += distance < 0 ? 1 : 0;
    }
    return count;
  }

  /** Marks one as chosen, by a negative distance, and lowers the distances of the others to it. */
  private void choose(int index, double[] widths, double[] distances) {
    distances[index] = -1;
    for (int i = 0; i < distances.length; i++) {
      double sum = 0;
      for (int m = 0; m < widths.length; m++) {
        double difference = vectors.get(i)[m] - vectors.get(index)[m];
        sum += widths[m] > 0 ? difference * difference / (widths[m] * widths[m]) : 0;
      }
      distances[i] = distances[i] < 0 ? -1 : Math.min(distances[i], sum);
    }
  }
}
