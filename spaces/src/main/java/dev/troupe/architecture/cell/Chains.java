package dev.troupe.architecture.cell;

import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.List;

/** Chains of layers that operations and networks have in common; each returns its last layer. */
final class Chains {

  private static final Window POINT = Window.square(1);
  private static final Layer.Activation RELU = new Layer.Activation(Layer.Function.RELU);

  private Chains() {}

  static String relu(Scope scope, String input) {
    return scope.add(RELU, input);
  }

  static String normalised(Scope scope, String input) {
    return scope.add(new Layer.BatchNormalization(), input);
  }

  /** Convolution and batch normalisation. */
  static String convolution(Scope scope, String input, int channels, Window window) {
    return normalised(scope, scope.add(new Layer.Convolution(channels, window, false), input));
  }

  /** ReLU, convolution, batch normalisation. */
  static String reluConvolution(Scope scope, String input, int channels, Window window) {
    return convolution(scope, relu(scope, input), channels, window);
  }

  /** ReLU, 1x1 convolution, batch normalisation. */
  static String project(Scope scope, String input, int channels) {
    return reluConvolution(scope, input, channels, POINT);
  }

  /** Returns the input itself if it has that many channels, else its projection. */
  static String fit(Scope scope, String input, int channels) {
    return scope.shape(input).channels() == channels ? input : project(scope, input, channels);
  }

  /** ReLU, two convolutions one after the other, batch normalisation. */
  static String factorised(Scope scope, String input, int channels, Window first, Window second) {
    String relu = relu(scope, input);
    String half = scope.add(new Layer.Convolution(channels, first, false), relu);
    return convolution(scope, half, channels, second);
  }

  /** ReLU, depthwise and 1x1 convolution, batch normalisation. */
  static String separable(Scope scope, String input, int channels, Window window) {
    String depthwise = scope.add(new Layer.DepthwiseConvolution(window, false), relu(scope, input));
    return convolution(scope, depthwise, channels, POINT);
  }

  /** ReLU, depthwise convolution, batch normalisation. */
  static String depthwise(Scope scope, String input, Window window) {
    return normalised(
        scope, scope.add(new Layer.DepthwiseConvolution(window, false), relu(scope, input)));
  }

  /**
   * Halves the sides without leaving pixels out: ReLU, two 1x1 convolutions of stride 2, the second
   * on a picture that is moved by a pixel, concatenation, batch normalisation. A single channel
   * leaves nothing to the second.
   */
  static String halve(Scope scope, String input, int channels) {
    Window sparse = POINT.withStride(2);
    if (channels == 1) {
      return reluConvolution(scope, input, channels, sparse);
    }
    String relu = relu(scope, input);
    Shape shape = scope.shape(input);
    String even = scope.add(new Layer.Convolution(channels / 2, sparse, false), relu);
    String moved =
        scope.add(new Layer.Shift(shape.height() > 1 ? 1 : 0, shape.width() > 1 ? 1 : 0), relu);
    String odd = scope.add(new Layer.Convolution(channels - channels / 2, sparse, false), moved);
    return normalised(scope, scope.add(new Layer.Concatenate(), even, odd));
  }

  /** Returns the only one, or the concatenation of several. */
  static String concatenated(Scope scope, List<String> inputs) {
    return inputs.size() == 1 ? inputs.get(0) : scope.add(new Layer.Concatenate(), inputs);
  }

  /** Returns the only one, or the sum of several. */
  static String added(Scope scope, List<String> inputs) {
    return inputs.size() == 1 ? inputs.get(0) : scope.add(new Layer.Add(), inputs);
  }
}
