package dev.troupe.architecture.macro;

import dev.troupe.space.BooleanParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A boolean parameter for each pair of an earlier and a later node, {@code skip-1-3} say: the upper
 * triangle of an adjacency matrix.
 *
 * @param prefix of the names
 */
record SkipBits(String prefix) {

  /** Returns the name of a bit. */
  String name(int from, int to) {
    return "%s-%d-%d".formatted(prefix, from, to);
  }

  /** Adds the bits into one node, from {@code first} to {@code last}. */
  void addTo(SearchSpace.Builder space, int first, int last, int to, List<Condition> when) {
    for (int from = first; from <= last; from++) {
      space.add(new BooleanParameter(name(from, to)), when);
    }
  }

  /** Returns the nodes from {@code first} to {@code last} that a node reads. */
  List<Integer> of(Configuration configuration, int first, int last, int to) {
    var chosen = new ArrayList<Integer>();
    for (int from = first; from <= last; from++) {
      if (configuration.getBoolean(name(from, to))) {
        chosen.add(from);
      }
    }
    return chosen;
  }

  /**
   * Writes the bits of nodes 1 to n in another numbering.
   *
   * @param before a bit for each predecessor, node 1 being bit 0
   * @param order node (from 0) at each place
   */
  void put(long[] before, int[] order, Map<String, Object> values) {
    for (int to = 1; to < order.length; to++) {
      for (int from = 0; from < to; from++) {
        boolean reads = (before[order[to]] >>> order[from] & 1) == 1;
        values.put(name(from + 1, to + 1), reads);
      }
    }
  }

  /** Returns a bit for each predecessor of each of the nodes 1 to {@code size}. */
  long[] predecessors(Configuration configuration, int size) {
    var before = new long[size];
    for (int to = 2; to <= size; to++) {
      for (int from : of(configuration, 1, to - 1, to)) {
        before[to - 1] |= 1L << (from - 1);
      }
    }
    return before;
  }
}
