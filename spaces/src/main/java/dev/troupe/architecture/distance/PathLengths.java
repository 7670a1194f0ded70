package dev.troupe.architecture.distance;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.distance.LayerLabel.Kind;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Where the layers of a graph lie: the lengths of the shortest path, the longest one and a random
 * walk, from the input to each layer and from the output back to it, in layers of all kinds, in
 * convolutions, poolings and dense layers.
 */
final class PathLengths {

  private static final List<Set<Kind>> COUNTED =
      List.of(
          Set.of(Kind.values()),
          Set.of(Kind.CONVOLUTION),
          Set.of(Kind.POOLING, Kind.GLOBAL_POOLING),
          Set.of(Kind.DENSE));
  private static final int WAYS = 3;
  private static final int DIRECTIONS = 2;

  private final Architecture architecture;
  private final List<@Nullable LayerLabel> labels;

  PathLengths(Architecture architecture, List<@Nullable LayerLabel> labels) {
    this.architecture = architecture;
    this.labels = labels;
  }

  /** Returns the lengths of each node, shape [nodes, 24]. */
  double[][] all() {
    int size = architecture.size();
    var lengths = new double[size][DIRECTIONS * WAYS * COUNTED.size()];
    for (int kind = 0; kind < COUNTED.size(); kind++) {
      int first = DIRECTIONS * WAYS * kind;
      for (int i = 0; i < size; i++) {
        measure(i, architecture::inputs, lengths, first, COUNTED.get(kind));
      }
      for (int i = size - 1; i >= 0; i--) {
        measure(i, architecture::consumers, lengths, first + WAYS, COUNTED.get(kind));
      }
    }
    return lengths;
  }

  private void measure(
      int node, IntFunction<int[]> before, double[][] lengths, int first, Set<Kind> counted) {
    LayerLabel label = labels.get(node);
    int own = label != null && counted.contains(label.kind()) ? 1 : 0;
    int[] earlier = before.apply(node);
    double shortest = earlier.length == 0 ? 0 : Double.POSITIVE_INFINITY;
    double longest = 0;
    double sum = 0;
    for (int each : earlier) {
      shortest = Math.min(shortest, lengths[each][first]);
      longest = Math.max(longest, lengths[each][first + 1]);
      sum += lengths[each][first + 2];
    }
    lengths[node][first] = own + shortest;
    lengths[node][first + 1] = own + longest;
    lengths[node][first + 2] = own + (earlier.length == 0 ? 0 : sum / earlier.length);
  }
}
