package dev.troupe.architecture.macro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the numbering of the nodes of a small graph that stands for all numberings of it: the one
 * whose sequence of (label, predecessors) is least, where each node comes after its predecessors.
 *
 * <p>Nodes are placed one after the other, each time one with the least label and the least
 * predecessors. Where several are alike, each is tried, but one only of those that the same nodes
 * follow, and one only of those from which always taking the first leads to the same sequence: a
 * symmetry of the graph maps them to each other.
 */
final class DagOrder {

  private final int size;
  private final int[] labels;
  private final long[] before;
  private final long[] after;
  private final int[] order;
  private final int[] place;
  private final long[] key;
  private long[] bestKey;
  private int[] best = new int[0];

  private DagOrder(int[] labels, long[] before) {
    this.labels = labels;
    this.before = before;
    size = labels.length;
    after = new long[size];
    for (int node = 0; node < size; node++) {
      for (int other = 0; other < size; other++) {
        if ((before[node] >>> other & 1) == 1) {
          after[other] |= 1L << node;
        }
      }
    }
    order = new int[size];
    place = new int[size];
    key = new long[2 * size];
    bestKey = new long[0];
  }

  /**
   * Returns the nodes in canonical order.
   *
   * @param labels of the nodes, which tell apart what does not follow from the graph
   * @param before for each node a bit for each of its predecessors, all of them of lower number; at
   *     most 63 nodes
   */
  static int[] of(int[] labels, long[] before) {
    var search = new DagOrder(labels, before);
    search.place(0, 0);
    return search.best;
  }

  /** Places the node after the first {@code count}, whose set is {@code placed}. */
  private void place(int count, long placed) {
    if (count == size) {
      if (best.length == 0 || Arrays.compare(key, bestKey) < 0) {
        best = order.clone();
        bestKey = key.clone();
      }
      return;
    }
    List<Integer> next = least(placed);
    List<long[]> leaves = new ArrayList<>();
    for (int node : next) {
      if (next.size() > 1) {
        long[] leaf = leaf(node, count, placed);
        if (leaves.stream().anyMatch(known -> Arrays.equals(known, leaf))) {
          continue;
        }
        leaves.add(leaf);
      }
      put(node, count);
      if (isNotWorse(count)) {
        place(count + 1, placed | 1L << node);
      }
    }
  }

  private void put(int node, int count) {
    order[count] = node;
    place[node] = count;
    key[2 * count] = labels[node];
    key[2 * count + 1] = predecessors(node);
  }

  /** Returns the sequence to which a node leads if the first of those alike always follows. */
  private long[] leaf(int node, int count, long placed) {
    put(node, count);
    long all = placed | 1L << node;
    for (int i = count + 1; i < size; i++) {
      int next = least(all).get(0);
      put(next, i);
      all |= 1L << next;
    }
    return key.clone();
  }

  private boolean isNotWorse(int count) {
    return best.length == 0
        || Arrays.compare(key, 0, 2 * count + 2, bestKey, 0, 2 * count + 2) <= 0;
  }

  /**
   * Returns the nodes that may come next and are least; of nodes that can be exchanged the first.
   */
  private List<Integer> least(long placed) {
    var found = new ArrayList<Integer>();
    for (int node = 0; node < size; node++) {
      boolean isFree = (placed >>> node & 1) == 0 && (before[node] & ~placed) == 0;
      if (isFree) {
        int sign = found.isEmpty() ? -1 : compare(node, found.get(0));
        if (sign < 0) {
          found.clear();
        }
        if (sign <= 0 && !hasTwin(node, found)) {
          found.add(node);
        }
      }
    }
    return found;
  }

  private int compare(int node, int other) {
    int byLabel = Integer.compare(labels[node], labels[other]);
    return byLabel != 0 ? byLabel : Long.compare(predecessors(node), predecessors(other));
  }

  private boolean hasTwin(int node, List<Integer> others) {
    return others.stream().anyMatch(other -> after[other] == after[node]);
  }

  /** Returns a bit for the place of each predecessor. */
  private long predecessors(int node) {
    long places = 0;
    for (int other = 0; other < size; other++) {
      if ((before[node] >>> other & 1) == 1) {
        places |= 1L << place[other];
      }
    }
    return places;
  }
}
