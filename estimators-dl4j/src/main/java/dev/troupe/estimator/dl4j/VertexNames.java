package dev.troupe.estimator.dl4j;

/**
 * What the vertices of a graph are called: by the node's place in its architecture, since a node's
 * name can be any text.
 */
final class VertexNames {

  /** The input of every graph. */
  static final String INPUT = "input";

  private VertexNames() {}

  /** Returns the vertex whose output is that of a node. */
  static String of(int node) {
    return "node-" + node;
  }

  /** Returns the vertex with the first half of a separable convolution. */
  static String depthwise(int node) {
    return "node-" + node + "-depthwise";
  }

  /** Returns a vertex that prepares something for a node, or makes something of its output. */
  static String helper(int node, String what) {
    return "node-" + node + "-" + what;
  }
}
