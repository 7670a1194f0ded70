package dev.troupe.architecture.macro;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * An undirected random graph whose edges are taken to lead from lower to higher numbers, which
 * makes it acyclic (Xie et al. 2019, arXiv:1904.01569). The order in which the generators draw is
 * part of their contract: the same source of numbers gives the same graph, for ever.
 *
 * @param size number of nodes, which are 0 to size - 1; at least 1
 * @param edges in ascending order; unmodifiable
 */
public record RandomGraph(int size, List<Edge> edges) {

  /** So many draws may be disconnected; at the threshold of connectivity one in three is not. */
  private static final int MOST_DRAWS = 10_000;

  /**
   * Leads from one node to another.
   *
   * @param from the lower number
   * @param to the higher number
   */
  public record Edge(int from, int to) implements Comparable<Edge> {

    static Edge between(int a, int b) {
      return new Edge(Math.min(a, b), Math.max(a, b));
    }

    @Override
    public int compareTo(Edge other) {
      return from == other.from ? Integer.compare(to, other.to) : Integer.compare(from, other.from);
    }

    /** Returns the form {@code 0-3}. */
    @Override
    public String toString() {
      return from + "-" + to;
    }
  }

  /** Checks the rules above; breaking one throws {@link IllegalArgumentException}. */
  public RandomGraph {
    edges = List.copyOf(new TreeSet<>(edges));
    if (size < 1) {
      throw refused("size", "at least 1", size, 8);
    }
    for (Edge edge : edges) {
      if (edge.from() < 0 || edge.from() >= edge.to() || edge.to() >= size) {
        String rule = "from a lower to a higher of its %d nodes".formatted(size);
        throw refused("edge", rule, edge, "0-1");
      }
    }
  }

  /**
   * Returns a graph in which each pair of nodes is joined with the same probability (Erdős, Rényi
   * 1959). For each pair in ascending order one double is drawn.
   *
   * @param probability in [0, 1]
   */
  public static RandomGraph erdosRenyi(int size, double probability, RandomGenerator random) {
    requireProbability(probability);
    var edges = new ArrayList<Edge>();
    for (int from = 0; from < size; from++) {
      for (int to = from + 1; to < size; to++) {
        if (random.nextDouble() < probability) {
          edges.add(new Edge(from, to));
        }
      }
    }
    return new RandomGraph(size, edges);
  }

  /**
   * Returns the first connected graph that {@link #erdosRenyi} draws.
   *
   * @param probability at least {@link #connectivityThreshold}, below which few graphs are
   *     connected
   * @throws IllegalStateException if 10,000 were not, which will not happen
   */
  public static RandomGraph connectedErdosRenyi(
      int size, double probability, RandomGenerator random) {
    double least = connectivityThreshold(size);
    if (!(probability >= least)) {
      String rule = "at least ln n / n, which is %s for %d nodes".formatted(least, size);
      throw refused("probability", rule, probability, Math.ceil(100 * least) / 100);
    }
    for (int i = 0; i < MOST_DRAWS; i++) {
      RandomGraph drawn = erdosRenyi(size, probability, random);
      if (drawn.isConnected()) {
        return drawn;
      }
    }
    throw new IllegalStateException(
        "None of %d random graphs of %d nodes was connected with probability %s. Maybe raise it."
            .formatted(MOST_DRAWS, size, probability));
  }

  /** Returns ln n / n, above which a large graph of {@link #erdosRenyi} tends to be connected. */
  public static double connectivityThreshold(int size) {
    return StrictMath.log(size) / size;
  }

  /**
   * Returns a graph that grows by preferential attachment (Barabási, Albert 1999). Node {@code
   * links} is joined to all before it; each later one draws {@code links} different earlier ones,
   * with a probability in proportion to their edges so far: one double for each, times the sum of
   * the edges of those that are not chosen yet, which are passed in ascending order.
   *
   * @param links at least 1, less than {@code size}
   */
  public static RandomGraph barabasiAlbert(int size, int links, RandomGenerator random) {
    if (links < 1 || links >= size) {
      String rule = "at least 1 and less than its %d nodes".formatted(size);
      throw refused("links", rule, links, 1);
    }
    var edges = new ArrayList<Edge>();
    var degrees = new int[size];
    for (int node = links; node < size; node++) {
      List<Integer> chosen =
          node == links
              ? IntStream.range(0, links).boxed().toList()
              : attached(node, links, degrees, random);
      for (int other : chosen) {
        edges.add(new Edge(other, node));
        degrees[other]++;
        degrees[node]++;
      }
    }
    return new RandomGraph(size, edges);
  }

  private static List<Integer> attached(
      int node, int links, int[] degrees, RandomGenerator random) {
    var chosen = new ArrayList<Integer>();
    while (chosen.size() < links) {
      int sum = 0;
      for (int other = 0; other < node; other++) {
        sum += chosen.contains(other) ? 0 : degrees[other];
      }
      double left = random.nextDouble() * sum;
      int next = -1;
      for (int other = 0; other < node && left >= 0; other++) {
        if (!chosen.contains(other)) {
          left -= degrees[other];
          next = other; // the last one, too, where rounding leaves a rest
        }
      }
      chosen.add(next);
    }
    return chosen;
  }

  /**
   * Returns a ring whose edges are rewired (Watts, Strogatz 1998). Each node is joined to its
   * {@code neighbours / 2} next ones on both sides. Then, for each distance from 1 on and for each
   * node in order, one double is drawn: below {@code probability}, the edge to the node at that
   * distance leads to another, which is drawn among those that are not joined yet, in ascending
   * order, as one int below their number; an edge that is not there any more, or that has nowhere
   * to go, stays.
   *
   * @param neighbours even, at least 2, less than {@code size}
   * @param probability in [0, 1]
   */
  public static RandomGraph wattsStrogatz(
      int size, int neighbours, double probability, RandomGenerator random) {
    if (neighbours < 2 || neighbours % 2 != 0 || neighbours >= size) {
      String rule = "even, at least 2 and less than its %d nodes".formatted(size);
      throw refused("neighbours", rule, neighbours, 2);
    }
    requireProbability(probability);
    var joined = new boolean[size][size];
    for (int node = 0; node < size; node++) {
      for (int distance = 1; distance <= neighbours / 2; distance++) {
        join(joined, node, (node + distance) % size, true);
      }
    }
    for (int distance = 1; distance <= neighbours / 2; distance++) {
      for (int node = 0; node < size; node++) {
        if (random.nextDouble() < probability) {
          rewire(joined, node, (node + distance) % size, random);
        }
      }
    }
    return new RandomGraph(size, edges(joined));
  }

  private static void rewire(boolean[][] joined, int node, int other, RandomGenerator random) {
    int[] free =
        IntStream.range(0, joined.length).filter(i -> i != node && !joined[node][i]).toArray();
    if (free.length > 0 && joined[node][other]) {
      join(joined, node, other, false);
      join(joined, node, free[random.nextInt(free.length)], true);
    }
  }

  private static void join(boolean[][] joined, int a, int b, boolean isJoined) {
    joined[a][b] = isJoined;
    joined[b][a] = isJoined;
  }

  private static List<Edge> edges(boolean[][] joined) {
    var edges = new ArrayList<Edge>();
    for (int from = 0; from < joined.length; from++) {
      for (int to = from + 1; to < joined.length; to++) {
        if (joined[from][to]) {
          edges.add(new Edge(from, to));
        }
      }
    }
    return edges;
  }

  /** Returns the nodes that lead to a node, in order. */
  public List<Integer> before(int node) {
    return edges.stream().filter(edge -> edge.to() == node).map(Edge::from).toList();
  }

  /** Returns the nodes to which no edge leads, in order. */
  public List<Integer> sources() {
    return without(edges.stream().mapToInt(Edge::to));
  }

  /** Returns the nodes from which no edge leads, in order. */
  public List<Integer> sinks() {
    return without(edges.stream().mapToInt(Edge::from));
  }

  private List<Integer> without(IntStream nodes) {
    var found = new boolean[size];
    nodes.forEach(node -> found[node] = true);
    return IntStream.range(0, size).filter(node -> !found[node]).boxed().toList();
  }

  /** Returns whether each node can be reached from each other, whatever the edges' directions. */
  public boolean isConnected() {
    var part = new int[size];
    Arrays.setAll(part, node -> node);
    for (Edge edge : edges) {
      int from = part[edge.from()];
      int to = part[edge.to()];
      Arrays.setAll(part, node -> part[node] == from ? to : part[node]);
    }
    return Arrays.stream(part).distinct().count() == 1;
  }

  private static void requireProbability(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw refused("probability", "from 0 to 1", probability, 0.5);
    }
  }

  private static IllegalArgumentException refused(
      String what, String rule, Object value, Object remedy) {
    return new IllegalArgumentException(
        "A random graph's %s must be %s, but was %s. Maybe %s."
            .formatted(what, rule, value, remedy));
  }
}
