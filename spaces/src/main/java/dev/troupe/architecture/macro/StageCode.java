package dev.troupe.architecture.macro;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * A stage of Genetic CNN (Xie, Yuille 2017, arXiv:1703.01513): ordered nodes, and for each pair of
 * them whether the earlier leads to the later. As text it is a bit for each pair, grouped by the
 * later: {@code 1-00-111} has 1 to 2, none to 3, and 1, 2 and 3 to 4.
 *
 * @param size number of nodes, from 1 to 60
 * @param edges in the order of the text; unmodifiable
 */
public record StageCode(int size, List<Edge> edges) {

  private static final int LARGEST = 60;

  /**
   * Leads from one node to another.
   *
   * @param from the earlier node, at least 1
   * @param to the later node
   */
  public record Edge(int from, int to) {

    /** Returns the form {@code 1->2}. */
    @Override
    public String toString() {
      return from + "->" + to;
    }
  }

  /** Checks the rules above; breaking one throws {@link IllegalArgumentException}. */
  public StageCode {
    edges = List.copyOf(edges);
    requireSize(size);
    for (Edge edge : edges) {
      if (edge.from() < 1 || edge.from() >= edge.to() || edge.to() > size) {
        throw new IllegalArgumentException(
            "An edge of a stage must lead from an earlier to a later of its %d nodes, but one was %s. Maybe 1->2."
                .formatted(size, edge));
      }
    }
  }

  /** Returns the size, or refuses it. */
  static int requireSize(int size) {
    if (size < 1 || size > LARGEST) {
      throw new IllegalArgumentException(
          "A stage must have 1 to %d nodes, but had %d. Maybe 4.".formatted(LARGEST, size));
    }
    return size;
  }

  /**
   * Reads a stage of at least two nodes.
   *
   * @param text groups of 1, 2, 3 … bits
   * @throws IllegalArgumentException if it is no such text
   */
  public static StageCode parse(String text) {
    String[] groups = text.split("-", -1);
    var edges = new ArrayList<Edge>();
    for (int group = 0; group < groups.length; group++) {
      if (!groups[group].matches("[01]{%d}".formatted(group + 1))) {
        throw new IllegalArgumentException(
            "A stage must be written as groups of 1, 2, 3 … bits, but group %d of '%s' was '%s'. Maybe 1-01-001."
                .formatted(group + 1, text, groups[group]));
      }
      for (int bit = 0; bit <= group; bit++) {
        if (groups[group].charAt(bit) == '1') {
          edges.add(new Edge(bit + 1, group + 2));
        }
      }
    }
    return new StageCode(groups.length + 1, edges);
  }

  /** Returns how many bits a stage of this size has. */
  public static int bits(int size) {
    return size * (size - 1) / 2;
  }

  /** Returns the nodes that lead to a node, in order. */
  public List<Integer> before(int node) {
    return edges.stream().filter(edge -> edge.to() == node).map(Edge::from).toList();
  }

  /** Returns the nodes with a successor but no predecessor, which read the default input node. */
  public List<Integer> sources() {
    return nodes().filter(node -> isUsed(node) && !hasBefore(node)).boxed().toList();
  }

  /** Returns the nodes with a predecessor but no successor, which the default output node reads. */
  public List<Integer> sinks() {
    return nodes().filter(node -> isUsed(node) && !hasAfter(node)).boxed().toList();
  }

  /** Returns the nodes without neighbours, which are left out. */
  public List<Integer> isolated() {
    return nodes().filter(node -> !isUsed(node)).boxed().toList();
  }

  /** Returns the nodes that have neighbours. */
  public List<Integer> used() {
    return nodes().filter(this::isUsed).boxed().toList();
  }

  private IntStream nodes() {
    return IntStream.rangeClosed(1, size);
  }

  private boolean isUsed(int node) {
    return hasBefore(node) || hasAfter(node);
  }

  private boolean hasBefore(int node) {
    return edges.stream().anyMatch(edge -> edge.to() == node);
  }

  private boolean hasAfter(int node) {
    return edges.stream().anyMatch(edge -> edge.from() == node);
  }

  /** Returns the stage that stands for all that differ from it in the numbers of nodes alone. */
  StageCode canonical() {
    var before = new long[size];
    edges.forEach(edge -> before[edge.to() - 1] |= 1L << (edge.from() - 1));
    int[] labels = nodes().map(node -> isUsed(node) ? 0 : 1).toArray(); // isolated ones come last
    int[] order = DagOrder.of(labels, before);
    var renumbered = new ArrayList<Edge>();
    for (int to = 1; to < size; to++) {
      for (int from = 0; from < to; from++) {
        if ((before[order[to]] >>> order[from] & 1) == 1) {
          renumbered.add(new Edge(from + 1, to + 1));
        }
      }
    }
    return new StageCode(size, renumbered);
  }
}
