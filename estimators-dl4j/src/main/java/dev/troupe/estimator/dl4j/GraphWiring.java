package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.estimator.dl4j.data.Task;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Set;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.layers.DropoutLayer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Turns an architecture into the configuration of a graph, node by node.
 *
 * <p>To Deeplearning4j a vector has two dimensions and a picture four, whereas a {@link Shape} of
 * height and width 1 is both. So each node's output is known to be flat or not, and reshaped where
 * a layer needs the other form.
 */
final class GraphWiring {

  private final Architecture architecture;
  private final Task task;
  private final IUpdater updater;
  private final DropPath drops;
  private final GraphBuilder graph;
  private final String[] names;
  private final boolean[] flat;
  private final Set<String> reshaped = new HashSet<>();

  private GraphWiring(
      Architecture architecture,
      Task task,
      IUpdater updater,
      DropPath drops,
      DataType type,
      int seed) {
    this.architecture = architecture;
    this.task = task;
    this.updater = updater;
    this.drops = drops;
    names = new String[architecture.size()];
    flat = new boolean[architecture.size()];
    graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .dataType(type)
            .updater(updater)
            .activation(Activation.IDENTITY)
            .weightInit(WeightInit.ZERO)
            .graphBuilder()
            .addInputs(VertexNames.INPUT);
  }

  /**
   * Returns the configuration of a graph whose weights are all zero at first.
   *
   * @param task what the output is followed by
   * @param updater how parameters follow gradients
   * @param drops what is left out of sums in training
   * @param type of all numbers
   * @param seed of what is drawn in training
   */
  static ComputationGraphConfiguration of(
      Architecture architecture,
      Task task,
      IUpdater updater,
      DropPath drops,
      DataType type,
      int seed) {
    return new GraphWiring(architecture, task, updater, drops, type, seed).build();
  }

  private ComputationGraphConfiguration build() {
    for (int node = 0; node < names.length; node++) {
      add(node, architecture.layer(node));
    }
    return graph.setOutputs(names[names.length - 1]).build();
  }

  /** Returns whether a network takes examples as vectors and not as pictures. */
  static boolean isFlat(Shape input) {
    return input.isVector();
  }

  private void add(int node, Layer layer) {
    if (layer instanceof Layer.Input input) {
      pass(node, VertexNames.INPUT, isFlat(input.shape()));
    } else if (layer instanceof Layer.Merge merge) {
      addMerge(node, merge);
    } else if (layer instanceof Layer.Windowed windowed) {
      addWindowed(node, windowed);
    } else {
      addPlain(node, layer, architecture.inputs(node)[0]);
    }
  }

  private void pass(int node, String name, boolean isFlat) {
    names[node] = name;
    flat[node] = isFlat;
  }

  private void layer(int node, org.deeplearning4j.nn.conf.layers.Layer layer, String input) {
    graph.addLayer(VertexNames.of(node), layer, input);
  }

  private void operation(String name, Operation operation, String... inputs) {
    graph.addVertex(name, new OperationVertex(operation, updater), inputs);
  }

  private void addPlain(int node, Layer layer, int source) {
    Shape input = architecture.shape(source);
    String name = VertexNames.of(node);
    boolean isFlat = flat[source];
    if (layer instanceof Layer.Identity || isWithoutEffect(layer)) {
      pass(node, names[source], isFlat);
      return;
    }
    if (layer instanceof Layer.Output output) {
      layer(node, GraphLayers.output(output.width(), task, input), vector(source));
      isFlat = true;
    } else if (layer instanceof Layer.Dense dense) {
      layer(node, GraphLayers.dense(dense.width(), dense.bias(), input), vector(source));
      isFlat = true;
    } else if (layer instanceof Layer.BatchNormalization) {
      layer(node, GraphLayers.normalization(input), names[source]);
    } else if (layer instanceof Layer.Dropout dropout) {
      layer(node, new DropoutLayer(1 - dropout.rate()), names[source]);
    } else if (layer instanceof Layer.Activation activation) {
      operation(name, new Activating(activation.function()), names[source]);
    } else if (layer instanceof Layer.Flatten || isPooledAlready(layer, input)) {
      operation(name, Reshaping.toVector(input), names[source]);
      isFlat = true;
    } else if (layer instanceof Layer.GlobalPooling pooling) {
      layer(node, GraphLayers.globalPooling(pooling.pool()), picture(source));
      isFlat = true;
    } else {
      operation(name, placement(node, layer, input), picture(source));
      isFlat = false;
    }
    pass(node, name, isFlat);
  }

  private static boolean isWithoutEffect(Layer layer) {
    return layer instanceof Layer.Dropout dropout && dropout.rate() == 0;
  }

  private static boolean isPooledAlready(Layer layer, Shape input) {
    return layer instanceof Layer.GlobalPooling && input.isVector();
  }

  private Placement placement(int node, Layer layer, Shape input) {
    Shape output = architecture.shape(node);
    if (layer instanceof Layer.Shift shift) {
      return Placement.shift(input, shift.rows(), shift.columns());
    }
    if (layer instanceof Layer.Pad) {
      int above = (output.height() - input.height()) / 2;
      int left = (output.width() - input.width()) / 2;
      return Placement.pad(input, above, left, output);
    }
    if (layer instanceof Layer.Zero) {
      return Placement.nothing(output);
    }
    throw new IllegalStateException("No network can have a layer '" + layer.kind() + "' yet.");
  }

  // Windows

  private void addWindowed(int node, Layer.Windowed windowed) {
    int source = architecture.inputs(node)[0];
    Shape input = architecture.shape(source);
    Window window = windowed.window();
    Border border = Border.of(window, input);
    String from = picture(source);
    if (!border.cropped().equals(input)) {
      String cropped = VertexNames.helper(node, "crop");
      operation(cropped, Placement.crop(border.cropped()), from);
      from = cropped;
    }
    if (windowed instanceof Layer.Convolution convolution) {
      layer(
          node,
          GraphLayers.convolution(convolution.width(), window, convolution.bias(), input, border),
          from);
    } else if (windowed instanceof Layer.DepthwiseConvolution depthwise) {
      layer(node, GraphLayers.depthwise(window, depthwise.bias(), input, border), from);
    } else if (windowed instanceof Layer.SeparableConvolution separable) {
      addSeparable(node, separable, input, border, from);
    } else if (windowed instanceof Layer.Pooling pooling) {
      layer(node, GraphLayers.pooling(pooling, border), from);
    }
    pass(node, VertexNames.of(node), false);
  }

  /** As two layers: Deeplearning4j's own separable convolution is many times slower. */
  private void addSeparable(
      int node, Layer.SeparableConvolution layer, Shape input, Border border, String from) {
    String depthwise = VertexNames.depthwise(node);
    graph.addLayer(depthwise, GraphLayers.depthwise(layer.window(), false, input, border), from);
    Window point = Window.square(1);
    layer(
        node,
        GraphLayers.convolution(layer.width(), point, layer.bias(), input, Border.of(point, input)),
        depthwise);
  }

  // Merges

  private void addMerge(int node, Layer.Merge merge) {
    int[] sources = architecture.inputs(node);
    boolean isFlat = true;
    for (int source : sources) {
      isFlat &= flat[source];
    }
    String[] from = distinct(node, sources, isFlat);
    String name = VertexNames.of(node);
    if (merge instanceof Layer.Concatenate && from.length > 1) {
      graph.addVertex(name, new MergeVertex(), from);
    } else if (merge instanceof Layer.GatedAdd) {
      operation(name, new Gating(from.length), from);
    } else {
      operation(
          name,
          merge instanceof Layer.Mean ? Summing.mean() : Summing.sum(drops, droppable(sources)),
          from);
    }
    pass(node, name, isFlat);
  }

  /** A path is what nothing but the sum reads; a skip is none. */
  private boolean[] droppable(int[] sources) {
    boolean[] droppable = new boolean[sources.length];
    for (int i = 0; i < sources.length; i++) {
      droppable[i] =
          drops.isUsed()
              && architecture.consumers(sources[i]).length == 1
              && !(architecture.layer(sources[i]) instanceof Layer.Identity);
    }
    return droppable;
  }

  /** Deeplearning4j mistakes an input that is read twice, so that a copy is read instead. */
  private String[] distinct(int node, int[] sources, boolean isFlat) {
    var from = new ArrayList<String>();
    for (int source : sources) {
      String name = isFlat ? vector(source) : picture(source);
      if (from.contains(name)) {
        String copy = VertexNames.helper(node, "copy-" + from.size());
        operation(copy, Reshaping.copy(architecture.shape(source), isFlat), name);
        name = copy;
      }
      from.add(name);
    }
    return from.toArray(String[]::new);
  }

  // Forms

  private String vector(int source) {
    return flat[source] ? names[source] : reshaped(source, "vector");
  }

  private String picture(int source) {
    return flat[source] ? reshaped(source, "picture") : names[source];
  }

  private String reshaped(int source, String form) {
    // Named after what is reshaped: an identity passes on the same name, and reshapes nothing anew.
    String name = names[source] + "-" + form;
    if (reshaped.add(name)) {
      Shape shape = architecture.shape(source);
      operation(
          name,
          form.equals("vector") ? Reshaping.toVector(shape) : Reshaping.toPicture(shape),
          names[source]);
    }
    return name;
  }
}
