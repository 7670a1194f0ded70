package dev.troupe.strategy.bayes;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * Chooses which of many observations a process of limited size holds: the best quarter of its size,
 * the newest quarter, and of the others those that are nearest to one of the three best.
 */
final class Neighbourhood {

  private static final int CENTERS = 3;

  private Neighbourhood() {}

  /**
   * Returns the indices of those that are held, ascending: all, if there are no more than {@code
   * most}.
   *
   * @param losses of the observations, finite
   */
  static int[] choose(Observations observations, double[] losses, int most) {
    int size = observations.size();
    if (size <= most) {
      return IntStream.range(0, size).toArray();
    }
    int[] byLoss = sorted(losses);
    var chosen = new boolean[size];
    for (int i = 0; i < most / 4; i++) {
      chosen[byLoss[i]] = true;
      chosen[size - 1 - i] = true;
    }
    int left = most - (int) IntStream.range(0, size).filter(i -> chosen[i]).count();
    double[] distances = distances(observations, Arrays.copyOf(byLoss, CENTERS));
    int[] byDistance = sorted(distances);
    for (int i = 0; i < size && left > 0; i++) {
      if (!chosen[byDistance[i]]) {
        chosen[byDistance[i]] = true;
        left--;
      }
    }
    return IntStream.range(0, size).filter(i -> chosen[i]).toArray();
  }

  /** Returns indices by ascending value, of equal ones the earlier first. */
  static int[] sorted(double[] values) {
    double[] ascending = values.clone();
    Arrays.sort(ascending);
    var taken = new int[values.length];
    var sorted = new int[values.length];
    for (int i = 0; i < values.length; i++) {
      int first = firstPlace(ascending, values[i]);
      sorted[first + taken[first]++] = i;
    }
    return sorted;
  }

  /** Returns the least index at which a value stands that is in an ascending array. */
  private static int firstPlace(double[] ascending, double value) {
    int low = 0;
    int high = ascending.length - 1;
    while (low < high) {
      int middle = (low + high) / 2;
      if (Double.compare(ascending[middle], value) < 0) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  private static double[] distances(Observations observations, int[] centers) {
    var distances = new double[observations.size()];
    for (int i = 0; i < distances.length; i++) {
      double least = Double.POSITIVE_INFINITY;
      for (int center : centers) {
        least = Math.min(least, distance(observations.point(i), observations.point(center)));
      }
      distances[i] = least;
    }
    return distances;
  }

  private static double distance(double[] one, double[] other) {
    double sum = 0;
    for (int j = 0; j < one.length; j++) {
      double difference = one[j] - other[j];
      sum += difference * difference;
    }
    return sum;
  }
}
