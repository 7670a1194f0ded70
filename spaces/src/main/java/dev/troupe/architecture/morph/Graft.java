package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Node;
import dev.troupe.architecture.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** An architecture that is being changed, with the origins of its weights. Not thread safe. */
final class Graft {

  private final Architecture before;
  private final List<Node> nodes;
  private final Set<String> names = new HashSet<>();
  private final Map<TensorKey, WeightOrigin> origins = new HashMap<>();
  private final List<Node> added = new ArrayList<>();

  Graft(Architecture before) {
    this.before = before;
    this.nodes = new ArrayList<>(before.nodes());
    before.nodes().forEach(node -> names.add(node.name()));
  }

  /** Adds a layer without weights, or one whose weights get their origins afterwards. */
  String add(Layer layer, String... inputs) {
    int number = 1;
    while (!names.add(layer.kind() + "-" + number)) {
      number++;
    }
    String name = layer.kind() + "-" + number;
    added.add(Node.of(name, layer, inputs));
    return name;
  }

  /** Adds a layer that passes on its first channels: identity weights, zero bias. */
  String addIdentity(Layer layer, String input) {
    String name = add(layer, input);
    if (layer instanceof Layer.SeparableConvolution separable) {
      origin(name, "depthwise", new WeightOrigin.Diagonal(1, centre(separable)));
      origin(name, "pointwise", new WeightOrigin.Diagonal(2, List.of()));
    } else {
      List<Integer> tap = layer instanceof Layer.Convolving conv ? centre(conv) : List.of();
      origin(name, "weights", new WeightOrigin.Diagonal(2, tap));
    }
    zeroBias(name, layer);
    return name;
  }

  /** Returns the tap of a window that moves pixel by pixel that meets the pixel itself. */
  private static List<Integer> centre(Layer.Convolving layer) {
    return List.of((layer.window().height() - 1) / 2, (layer.window().width() - 1) / 2);
  }

  /** Adds a layer that puts out zeros. */
  String addZero(Layer layer, String... inputs) {
    String name = add(layer, inputs);
    if (layer instanceof Layer.SeparableConvolution) {
      origin(name, "depthwise", new WeightOrigin.Fresh());
      origin(name, "pointwise", new WeightOrigin.Constant(0));
    } else {
      origin(name, "weights", new WeightOrigin.Constant(0));
    }
    zeroBias(name, layer);
    return name;
  }

  /** Adds a layer with new random weights. */
  String addFresh(Layer layer, String... inputs) {
    String name = add(layer, inputs);
    if (layer instanceof Layer.SeparableConvolution) {
      origin(name, "depthwise", new WeightOrigin.Fresh());
      origin(name, "pointwise", new WeightOrigin.Fresh());
    } else {
      origin(name, "weights", new WeightOrigin.Fresh());
    }
    zeroBias(name, layer);
    return name;
  }

  private void zeroBias(String name, Layer layer) {
    if (layer instanceof Layer.Biased biased && biased.bias()) {
      origin(name, "bias", new WeightOrigin.Constant(0));
    }
  }

  /** Adds a batch normalisation that passes on what it reads. */
  String addNormalization(String input) {
    String name = add(new Layer.BatchNormalization(), input);
    var identity = new IdentityNormalization(0, 1);
    origin(name, "gain", new WeightOrigin.Constant(identity.gain()));
    origin(name, "shift", new WeightOrigin.Constant(identity.shift()));
    origin(name, "mean", new WeightOrigin.Constant(identity.mean()));
    origin(name, "variance", new WeightOrigin.Constant(identity.variance()));
    return name;
  }

  /** Gives a layer another form under its name. */
  void replace(String name, Layer layer) {
    int index = before.index(name);
    nodes.set(index, new Node(name, layer, nodes.get(index).inputs()));
  }

  /** Says where an array comes from. */
  void origin(String node, String tensor, WeightOrigin origin) {
    origins.put(new TensorKey(node, tensor), origin);
  }

  /** Lets all that read {@code name} before read {@code instead}; what was added is left alone. */
  void redirect(String name, String instead) {
    for (int i = 0; i < nodes.size(); i++) {
      Node node = nodes.get(i);
      List<String> inputs =
          node.inputs().stream().map(input -> input.equals(name) ? instead : input).toList();
      nodes.set(i, new Node(node.name(), node.layer(), inputs));
    }
  }

  /** Returns the shape that a layer of the old architecture puts out. */
  Shape shape(String name) {
    return before.shape(name);
  }

  /** Returns the result; what was added is listed behind {@code anchor}, a layer from before. */
  Morphed build(Morphism morphism, String anchor) {
    nodes.addAll(before.index(anchor) + 1, added);
    Architecture after = Architecture.of(nodes);
    return new Morphed(morphism, after, WeightPlan.between(before, after, origins));
  }
}
