package dev.troupe.space;

import static java.util.Objects.requireNonNull;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;

/**
 * Finds, in a list of configurations, the one that is nearest to another. The square of the
 * distance is the sum over the parameters of the squared difference of their encoded values, which
 * is 1 for two different unordered categories, and where only one of the two is active. Immutable
 * and thread safe; a search takes time in proportion to the length of the list.
 */
public final class NearestConfigurations {

  private final SearchSpace space;
  private final int dimensions;
  private final boolean[] unordered;

  /** Shape [n * d], NaN where a parameter is not active. */
  private final double[] points;

  private final Map<Configuration, Integer> numbers = new HashMap<>();

  /**
   * Encodes a list.
   *
   * @param list at least one, each of {@code space}; the first counts among equals
   */
  public NearestConfigurations(SearchSpace space, List<Configuration> list) {
    this.space = requireNonNull(space, "space");
    if (list.isEmpty()) {
      throw new IllegalArgumentException(
          "The nearest of a list was asked for, but the list is empty. Maybe fill it first.");
    }
    dimensions = space.dimensions();
    unordered = new boolean[dimensions];
    List<Parameter> parameters = space.parameters();
    for (int d = 0; d < dimensions; d++) {
      unordered[d] = parameters.get(d) instanceof CategoricalParameter p && !p.ordered();
    }
    points = new double[list.size() * dimensions];
    for (int i = 0; i < list.size(); i++) {
      System.arraycopy(point(list.get(i)), 0, points, i * dimensions, dimensions);
      numbers.putIfAbsent(list.get(i), i);
    }
  }

  private double[] point(Configuration configuration) {
    Encoding encoding = space.encode(configuration);
    double[] point = encoding.point();
    for (int d = 0; d < dimensions; d++) {
      if (!encoding.active()[d]) {
        point[d] = Double.NaN;
      }
    }
    return point;
  }

  /** Returns the number of {@code configuration} in the list, from 0, or -1 if it is not there. */
  public int find(Configuration configuration) {
    return numbers.getOrDefault(configuration, -1);
  }

  /** Returns the number of the nearest configuration, from 0; the smallest among equals. */
  public int nearest(Configuration configuration) {
    return nearest(configuration, number -> true);
  }

  /**
   * Returns the number of the nearest configuration that is admitted, from 0; the smallest among
   * equals, -1 if none is admitted.
   */
  public int nearest(Configuration configuration, IntPredicate admits) {
    int same = find(configuration);
    if (same >= 0 && admits.test(same)) {
      return same;
    }
    double[] point = point(configuration);
    int nearest = -1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < points.length / dimensions; i++) {
      if (admits.test(i)) {
        double distance = squaredDistance(point, i * dimensions, least);
        if (distance < least) {
          least = distance;
          nearest = i;
        }
      }
    }
    return nearest;
  }

  /** Returns the squared distance, or anything not below {@code enough} if it is not below that. */
  private double squaredDistance(double[] point, int offset, double enough) {
    double sum = 0;
    for (int d = 0; d < dimensions && sum < enough; d++) {
      double a = point[d];
      double b = points[offset + d];
      if (Double.isNaN(a) || Double.isNaN(b)) {
        sum += Double.isNaN(a) == Double.isNaN(b) ? 0 : 1;
      } else if (unordered[d]) {
        sum += a == b ? 0 : 1;
      } else {
        sum += (a - b) * (a - b);
      }
    }
    return sum;
  }
}
