package dev.troupe.strategy.bayes;

import java.util.Arrays;
import java.util.Comparator;
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
    return IntStream.range(0, values.length)
        .boxed()
        .sorted(Comparator.comparingDouble(i -> values[i]))
        .mapToInt(Integer::intValue)
        .toArray();
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
