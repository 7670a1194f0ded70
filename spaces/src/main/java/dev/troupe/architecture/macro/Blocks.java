package dev.troupe.architecture.macro;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.List;

/**
 * The small groups of layers that these spaces share. Each adds itself to a graph and returns the
 * name of its last node. A convolution before a normalisation has no bias, which the normalisation
 * would take away again.
 */
final class Blocks {

  private static final Layer RELU = new Layer.Activation(Layer.Function.RELU);

  private Blocks() {}

  /**
   * Refuses tasks without pictures.
   *
   * @param space name of the space
   * @throws IllegalArgumentException if examples are vectors
   */
  static void requirePictures(String space, NetworkTask task) {
    if (task.input().isVector()) {
      throw new IllegalArgumentException(
          "The space '%s' needs pictures, but examples are %s, a vector. Maybe take data with height and width, or a space of dense networks."
              .formatted(space, task.input()));
    }
  }

  /** Adds a convolution, a normalisation and a ReLU. */
  static String convolution(Architecture.Builder graph, String input, int filters, Window window) {
    return relu(graph, linear(graph, input, filters, window));
  }

  /** Adds a convolution and a normalisation. */
  static String linear(Architecture.Builder graph, String input, int filters, Window window) {
    String convolved = graph.add(new Layer.Convolution(filters, window, false), input);
    return graph.add(new Layer.BatchNormalization(), convolved);
  }

  /** Adds a separable convolution and a normalisation. */
  static String separable(Architecture.Builder graph, String input, int filters, Window window) {
    String convolved = graph.add(new Layer.SeparableConvolution(filters, window, false), input);
    return graph.add(new Layer.BatchNormalization(), convolved);
  }

  /** Adds a ReLU. */
  static String relu(Architecture.Builder graph, String input) {
    return graph.add(RELU, input);
  }

  /** Adds a pooling that halves both sides, rounded up; nothing where a single pixel is left. */
  static String halved(Architecture.Builder graph, String input) {
    return graph.shape(input).isVector()
        ? input
        : graph.add(new Layer.Pooling(Layer.Pool.MAX, Window.square(2).withStride(2)), input);
  }

  /** Returns the stride that halves a picture: 2, but 1 where a single pixel is left. */
  static int halving(Shape picture) {
    return picture.isVector() ? 1 : 2;
  }

  /**
   * Adds a reduction that loses no pixel: two 1x1 convolutions of stride 2, one of them on the
   * picture moved by one pixel, side by side, and a normalisation.
   *
   * @param filters of both together, at least 2
   */
  static String factorizedReduction(Architecture.Builder graph, String input, int filters) {
    Shape shape = graph.shape(input);
    Window window = Window.square(1).withStride(2);
    var shift = new Layer.Shift(shape.height() > 1 ? 1 : 0, shape.width() > 1 ? 1 : 0);
    int half = filters / 2;
    String even = graph.add(new Layer.Convolution(half, window, false), input);
    String moved = graph.add(shift, input);
    String odd = graph.add(new Layer.Convolution(filters - half, window, false), moved);
    String both = graph.add(new Layer.Concatenate(), even, odd);
    return graph.add(new Layer.BatchNormalization(), both);
  }

  /** Adds a merge of several inputs; nothing for a single one. */
  static String merged(Architecture.Builder graph, Layer.Merge merge, List<String> inputs) {
    return inputs.size() == 1 ? inputs.get(0) : graph.add(merge, inputs);
  }

  /**
   * Adds a concatenation of several inputs, each padded with zeros to the largest sides among them;
   * nothing for a single one.
   */
  static String concatenated(Architecture.Builder graph, List<String> inputs) {
    int height = inputs.stream().mapToInt(each -> graph.shape(each).height()).max().orElseThrow();
    int width = inputs.stream().mapToInt(each -> graph.shape(each).width()).max().orElseThrow();
    List<String> padded = inputs.stream().map(each -> padded(graph, each, height, width)).toList();
    return merged(graph, new Layer.Concatenate(), padded);
  }

  private static String padded(Architecture.Builder graph, String input, int height, int width) {
    Shape shape = graph.shape(input);
    return shape.height() == height && shape.width() == width
        ? input
        : graph.add(new Layer.Pad(height, width), input);
  }

  /** Ends a network: the mean of each channel, and the output. */
  static Architecture classified(Architecture.Builder graph, String input, int outputs) {
    String pooled = graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), input);
    return graph.output(outputs, pooled);
  }
}
