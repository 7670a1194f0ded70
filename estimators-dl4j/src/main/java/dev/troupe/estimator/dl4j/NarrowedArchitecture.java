package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Node;
import dev.troupe.architecture.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * An architecture with fewer units and filters. Layers whose outputs are added keep equal channels:
 * they get as many as a concatenation or the input among them asks for, and else what each would
 * get by itself, which is the same for all.
 */
final class NarrowedArchitecture {

  private final Architecture full;
  private final double width;
  private final int[] group;
  private final int[] channels;

  private NarrowedArchitecture(Architecture full, double width) {
    this.full = full;
    this.width = width;
    group = IntStream.range(0, full.size()).toArray();
    channels = new int[full.size()];
  }

  /**
   * Returns the architecture at a width.
   *
   * @param width above 0 and at most 1
   * @throws IllegalArgumentException if shapes do not fit any more
   */
  static Architecture of(Architecture full, double width) {
    return width == 1 ? full : new NarrowedArchitecture(full, width).narrowed();
  }

  /**
   * Returns the architecture for examples of another shape.
   *
   * @throws IllegalArgumentException if shapes do not fit any more
   */
  static Architecture withInput(Architecture full, Shape input) {
    if (full.inputShape().equals(input)) {
      return full;
    }
    var nodes = new ArrayList<>(full.nodes());
    nodes.set(0, new Node(full.input(), new Layer.Input(input), List.of()));
    return Architecture.of(nodes);
  }

  private Architecture narrowed() {
    for (int i = 0; i < full.size(); i++) {
      for (int input : full.inputs(i)) {
        if (isPassedOn(full.layer(i))) {
          unite(i, input);
        }
      }
    }
    var nodes = new ArrayList<Node>();
    for (int i = 0; i < full.size(); i++) {
      Node node = full.nodes().get(i);
      boolean isFree =
          node.layer() instanceof Layer.Projection && !(node.layer() instanceof Layer.Output);
      nodes.add(
          isFree
              ? new Node(
                  node.name(),
                  ((Layer.Projection) node.layer()).withWidth(channels(i)),
                  node.inputs())
              : node);
    }
    return Architecture.of(nodes);
  }

  /** Returns whether a layer puts out the channels of each of its inputs. */
  private static boolean isPassedOn(Layer layer) {
    return !(layer instanceof Layer.Projection
        || layer instanceof Layer.Concatenate
        || layer instanceof Layer.Flatten);
  }

  private int root(int node) {
    int root = node;
    while (group[root] != root) {
      root = group[root];
    }
    group[node] = root;
    return root;
  }

  private void unite(int first, int second) {
    int one = root(first);
    int other = root(second);
    group[Math.max(one, other)] = Math.min(one, other);
  }

  /** Returns the channels that all nodes of a node's group put out. */
  private int channels(int node) {
    int root = root(node);
    if (channels[root] == 0) {
      channels[root] =
          IntStream.range(0, full.size())
              .filter(i -> root(i) == root && isFixed(full.layer(i)))
              .map(this::fixed)
              .findFirst()
              .orElseGet(() -> NetworkSize.scaled(full.shape(root).channels(), width));
    }
    return channels[root];
  }

  private static boolean isFixed(Layer layer) {
    return layer instanceof Layer.Input
        || layer instanceof Layer.Output
        || layer instanceof Layer.Concatenate
        || layer instanceof Layer.Flatten;
  }

  /** What is put together has more channels than each part: this ends. */
  private int fixed(int node) {
    if (full.layer(node) instanceof Layer.Concatenate) {
      return Arrays.stream(full.inputs(node)).map(this::channels).sum();
    }
    if (full.layer(node) instanceof Layer.Flatten) {
      int input = full.inputs(node)[0];
      return Math.toIntExact(channels(input) * full.shape(input).area());
    }
    return full.shape(node).channels();
  }
}
