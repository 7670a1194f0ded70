package dev.troupe.architecture.cell;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * A graph of nodes in order, with at most one edge from each to each later one. Edges are listed by
 * their target: 0-1, 0-2, 1-2, 0-3, 1-3, 2-3 and so on. The first node is the input, the last one
 * the output.
 *
 * @param nodes at least 2
 * @param edges what each edge carries, or nothing; unmodifiable
 */
record EdgeGraph<T>(int nodes, List<Optional<T>> edges) {

  EdgeGraph {
    edges = List.copyOf(edges);
  }

  /** Returns how many edges there can be between so many nodes. */
  static int pairs(int nodes) {
    return nodes * (nodes - 1) / 2;
  }

  /** Returns the place of an edge in the list. */
  static int place(int from, int to) {
    return pairs(to) + from;
  }

  Optional<T> edge(int from, int to) {
    return edges.get(place(from, to));
  }

  <U> EdgeGraph<U> map(Function<T, Optional<U>> function) {
    return new EdgeGraph<>(nodes, edges.stream().map(edge -> edge.flatMap(function)).toList());
  }

  /** Returns the graph without the edges that are on no path from the input to the output. */
  EdgeGraph<T> live() {
    boolean[] reached = reached();
    boolean[] leading = leading();
    var kept = new ArrayList<Optional<T>>();
    for (int to = 1; to < nodes; to++) {
      for (int from = 0; from < to; from++) {
        kept.add(reached[from] && leading[to] ? edge(from, to) : Optional.empty());
      }
    }
    return new EdgeGraph<>(nodes, kept);
  }

  private boolean[] reached() {
    var reached = new boolean[nodes];
    reached[0] = true;
    for (int to = 1; to < nodes; to++) {
      for (int from = 0; from < to; from++) {
        reached[to] |= reached[from] && edge(from, to).isPresent();
      }
    }
    return reached;
  }

  private boolean[] leading() {
    var leading = new boolean[nodes];
    leading[nodes - 1] = true;
    for (int from = nodes - 2; from >= 0; from--) {
      for (int to = from + 1; to < nodes; to++) {
        leading[from] |= leading[to] && edge(from, to).isPresent();
      }
    }
    return leading;
  }

  /** Returns whether a path leads from the input to the output. */
  boolean isConnected() {
    return reached()[nodes - 1];
  }

  /**
   * Returns the graphs that are this one with its inner nodes in other orders, itself among them:
   * those in which each edge still leads to a later node.
   */
  List<EdgeGraph<T>> renumbered() {
    var found = new ArrayList<EdgeGraph<T>>();
    var numbers = new int[nodes];
    numbers[nodes - 1] = nodes - 1;
    renumber(1, numbers, found);
    return found;
  }

  /** Finds the node that gets a number, for that number and all above it. */
  private void renumber(int number, int[] numbers, List<EdgeGraph<T>> found) {
    if (number == nodes - 1) {
      found.add(withNumbers(numbers));
      return;
    }
    for (int node = 1; node < nodes - 1; node++) {
      if (numbers[node] == 0 && isReady(node, numbers)) {
        numbers[node] = number;
        renumber(number + 1, numbers, found);
        numbers[node] = 0;
      }
    }
  }

  private boolean isReady(int node, int[] numbers) {
    for (int from = 1; from < node; from++) {
      if (numbers[from] == 0 && edge(from, node).isPresent()) {
        return false;
      }
    }
    return true;
  }

  private EdgeGraph<T> withNumbers(int[] numbers) {
    var moved = new ArrayList<Optional<T>>(Collections.nCopies(pairs(nodes), Optional.empty()));
    for (int to = 1; to < nodes; to++) {
      for (int from = 0; from < to; from++) {
        if (edge(from, to).isPresent()) {
          moved.set(place(numbers[from], numbers[to]), edge(from, to));
        }
      }
    }
    return new EdgeGraph<>(nodes, moved);
  }
}
