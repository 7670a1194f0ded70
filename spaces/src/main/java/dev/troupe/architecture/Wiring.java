package dev.troupe.architecture;

import dev.troupe.settings.Nearest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;

/** Nodes in topological order, known to form one graph from one input to one output. */
final class Wiring {

  private static final int MOST_SHOWN = 8;

  private final List<Node> given;
  private final Map<String, Integer> indexByName = new HashMap<>();
  private final List<List<Integer>> consumers = new ArrayList<>();
  private final List<Node> sorted = new ArrayList<>();

  private Wiring(List<Node> given) {
    this.given = given;
  }

  /**
   * Checks and sorts.
   *
   * @throws IllegalArgumentException if the nodes are no such graph
   */
  static Wiring check(List<Node> nodes) {
    var wiring = new Wiring(nodes);
    wiring.index();
    wiring.requireOne(Layer.Input.class, "input");
    wiring.requireOne(Layer.Output.class, "output");
    nodes.forEach(Wiring::requireArity);
    wiring.connect();
    wiring.sort();
    wiring.requireUse();
    return wiring;
  }

  /** Returns the nodes on which {@code output} depends, in their order. */
  static List<Node> reaching(List<Node> nodes, String output) {
    var byName = new HashMap<String, Node>();
    nodes.forEach(node -> byName.put(node.name(), node));
    var kept = new HashSet<String>();
    var open = new ArrayDeque<String>();
    open.add(output);
    while (!open.isEmpty()) {
      String name = open.remove();
      Node node = byName.get(name);
      if (kept.add(name) && node != null) {
        open.addAll(node.inputs());
      }
    }
    return nodes.stream().filter(node -> kept.contains(node.name())).toList();
  }

  /** Returns the nodes in topological order, the input first and the output last. */
  List<Node> sorted() {
    return List.copyOf(sorted);
  }

  static void requireArity(Node node) {
    int count = node.inputs().size();
    int fewest = node.layer().fewestInputs();
    int most = node.layer().mostInputs();
    if (count < fewest || count > most) {
      String rule =
          fewest == most
              ? "exactly %d input%s".formatted(fewest, fewest == 1 ? "" : "s")
              : "at least %d input".formatted(fewest);
      String remedy =
          count > most && most == 1
              ? "Maybe put an add or a concatenate before it."
              : "Maybe name what it reads.";
      throw new IllegalArgumentException(
          Architecture.described(node)
              + "it takes %s, but has %d. %s"
                  .formatted(rule, count, most == 0 ? "Maybe remove them." : remedy));
    }
  }

  private void index() {
    for (int i = 0; i < given.size(); i++) {
      if (indexByName.put(given.get(i).name(), i) != null) {
        throw new IllegalArgumentException(
            "Layer '%s': a name must occur once, but it occurs again. Maybe rename one."
                .formatted(given.get(i).name()));
      }
    }
  }

  private void requireOne(Class<? extends Layer> kind, String what) {
    List<String> found =
        given.stream()
            .filter(node -> kind.isInstance(node.layer()))
            .map(node -> "'" + node.name() + "'")
            .toList();
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "An architecture needs one %s, but had none among its %d layers. Maybe add one."
              .formatted(what, given.size()));
    }
    if (found.size() > 1) {
      throw new IllegalArgumentException(
          "An architecture needs one %s, but had %d: %s. Maybe %s."
              .formatted(
                  what,
                  found.size(),
                  listed(found),
                  what.equals("output")
                      ? "make all but one of them dense"
                      : "let the same input feed both places"));
    }
  }

  private static String listed(List<String> names) {
    return names.size() <= MOST_SHOWN
        ? String.join(", ", names)
        : String.join(", ", names.subList(0, MOST_SHOWN)) + ", …";
  }

  private void connect() {
    given.forEach(node -> consumers.add(new ArrayList<>()));
    for (int i = 0; i < given.size(); i++) {
      for (String input : given.get(i).inputs()) {
        Integer source = indexByName.get(input);
        if (source == null) {
          throw new IllegalArgumentException(
              "Layer '%s' reads '%s', which does not exist. %s"
                  .formatted(
                      given.get(i).name(), input, Nearest.hint(input, indexByName.keySet())));
        }
        consumers.get(source).add(i);
      }
    }
  }

  /** Kahn's algorithm; of the nodes that are free the first given comes first. */
  private void sort() {
    var missing = new int[given.size()];
    var free = new PriorityQueue<Integer>();
    for (int i = 0; i < missing.length; i++) {
      missing[i] = given.get(i).inputs().size();
      if (missing[i] == 0) {
        free.add(i);
      }
    }
    Node output = null;
    while (!free.isEmpty()) {
      int next = free.remove();
      if (given.get(next).layer() instanceof Layer.Output) {
        output = given.get(next);
      } else {
        sorted.add(given.get(next));
      }
      for (int consumer : consumers.get(next)) {
        missing[consumer]--;
        if (missing[consumer] == 0) {
          free.add(consumer);
        }
      }
    }
    if (output != null) {
      sorted.add(output); // last, though what is not used may come after it in the given order
    }
    if (sorted.size() < given.size()) {
      throw cycle(missing);
    }
  }

  private IllegalArgumentException cycle(int[] missing) {
    // Every node that is left has an input that is left: going back from one runs into a cycle.
    int at = 0;
    while (missing[at] == 0) {
      at++;
    }
    var visited = new int[given.size()];
    Arrays.fill(visited, -1);
    var path = new ArrayList<String>();
    while (visited[at] < 0) {
      visited[at] = path.size();
      path.add("'" + given.get(at).name() + "'");
      at = leftInput(at, missing);
    }
    List<String> loop = new ArrayList<>(path.subList(visited[at], path.size()));
    loop.add("'" + given.get(at).name() + "'");
    String shown =
        loop.size() <= MOST_SHOWN
            ? String.join(" reads ", loop)
            : String.join(" reads ", loop.subList(0, MOST_SHOWN))
                + " … (%d layers)".formatted(loop.size() - 1);
    return new IllegalArgumentException(
        "An architecture must have no cycle, but %s. Maybe remove one of these inputs."
            .formatted(shown));
  }

  private int leftInput(int node, int[] missing) {
    for (String input : given.get(node).inputs()) {
      int source = index(input);
      if (missing[source] > 0) {
        return source;
      }
    }
    throw new IllegalStateException("No input of '%s' is open.".formatted(given.get(node).name()));
  }

  private int index(String name) {
    return indexByName.getOrDefault(name, -1);
  }

  private void requireUse() {
    for (int i = 0; i < given.size(); i++) {
      Node node = given.get(i);
      boolean isOutput = node.layer() instanceof Layer.Output;
      if (!isOutput && consumers.get(i).isEmpty()) {
        throw new IllegalArgumentException(
            Architecture.described(node)
                + "its result must be used, but nothing reads it. Maybe remove it, or let a later layer read it.");
      }
      if (isOutput && !consumers.get(i).isEmpty()) {
        throw new IllegalArgumentException(
            Architecture.described(node)
                + "an output must be the end, but '%s' reads it. Maybe read its input in its place."
                    .formatted(given.get(consumers.get(i).get(0)).name()));
      }
    }
  }
}
