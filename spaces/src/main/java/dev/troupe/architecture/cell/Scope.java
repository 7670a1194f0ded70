package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Node;
import dev.troupe.architecture.Shape;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A part of a graph that is being built, whose layers have names that begin alike: {@code
 * cell-1/block-2/first.0.sep3x3/activation}. The same decision at the same place has the same names
 * in every network of a space, so that weights can be told apart, and kept, by name.
 */
final class Scope {

  private final Architecture.Builder graph;
  private final String path;
  private final Map<String, Integer> counts = new HashMap<>();

  Scope(Architecture.Builder graph, String path) {
    this.graph = graph;
    this.path = path;
  }

  /** Returns the scope of a part; to be called once for each. */
  Scope in(String part) {
    return new Scope(graph, path + "/" + part);
  }

  Shape shape(String name) {
    return graph.shape(name);
  }

  String add(Layer layer, String... inputs) {
    return add(layer, List.of(inputs));
  }

  String add(Layer layer, List<String> inputs) {
    int count = counts.merge(layer.kind(), 1, Integer::sum);
    String name = path + "/" + layer.kind() + (count == 1 ? "" : "-" + count);
    graph.add(new Node(name, layer, inputs));
    return name;
  }
}
