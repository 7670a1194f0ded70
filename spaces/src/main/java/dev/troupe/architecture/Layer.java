package dev.troupe.architecture;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.Locale;

/**
 * What a node of an {@link Architecture} does to its inputs. Immutable values; a layer knows shapes
 * and sizes, never weights.
 *
 * <p>Multiply-adds are counted for one example at inference, one for each use of a trained weight;
 * biases, normalisations, activations and poolings count nothing.
 */
public sealed interface Layer {

  /** Returns the name of its kind in kebab case, as JSON writes it. */
  String kind();

  /** Returns a short text for drawings and messages: {@code conv 3x3, 16}. */
  String label();

  /**
   * Returns the shape that it makes of its inputs.
   *
   * @param inputs shapes in order, as many as it takes
   * @throws IllegalArgumentException if they do not fit, with a sentence that begins in lower case
   *     and says what must hold, what is, and the remedy
   */
  Shape outputShape(List<Shape> inputs);

  /** Returns the arrays that it owns; none by default. */
  default List<Tensor> tensors(List<Shape> inputs) {
    return List.of();
  }

  /**
   * Returns how many numbers are trained.
   *
   * @throws ArithmeticException if they exceed a {@code long}
   */
  default long parameters(List<Shape> inputs) {
    long sum = 0;
    for (Tensor tensor : tensors(inputs)) {
      sum = Math.addExact(sum, tensor.trainable() ? tensor.size() : 0);
    }
    return sum;
  }

  /**
   * Returns the multiply-adds for one example; 0 by default.
   *
   * @throws ArithmeticException if they exceed a {@code long}
   */
  default long multiplyAdds(List<Shape> inputs) {
    return 0;
  }

  /** Returns the least number of inputs; 1 by default. */
  default int fewestInputs() {
    return 1;
  }

  /** Returns the greatest number of inputs; 1 by default. */
  default int mostInputs() {
    return 1;
  }

  /** A layer of several inputs, whose order means nothing but for the order of channels. */
  sealed interface Merge extends Layer {
    @Override
    default int mostInputs() {
      return Integer.MAX_VALUE;
    }
  }

  /** A layer with a bias or without. */
  sealed interface Biased extends Layer {
    /** Returns whether a trained number is added to each channel. */
    boolean bias();
  }

  /** A layer whose channels are its own choice, whatever its input has. */
  sealed interface Projection extends Biased {
    /** Returns how many channels or units it puts out. */
    int width();

    /** Returns the same layer with another number of channels or units. */
    Projection withWidth(int width);
  }

  /** A layer that moves a window over its input. */
  sealed interface Windowed extends Layer {
    /** Returns the window. */
    Window window();

    /** Returns the same layer with another window. */
    Windowed withWindow(Window window);
  }

  /** A windowed layer with weights. */
  sealed interface Convolving extends Windowed, Biased {
    @Override
    Convolving withWindow(Window window);
  }

  /** What a pooling makes of a window. */
  enum Pool {
    /** The greatest value. */
    MAX,
    /** The mean; what lies beyond the border does not count. */
    AVERAGE;

    String text() {
      return this == MAX ? "max" : "avg";
    }
  }

  /** A function of single numbers. */
  enum Function {
    /** max(0, x). */
    RELU,
    /** x, or x / 100 below zero. */
    LEAKY_RELU,
    /** x, or exp(x) - 1 below zero. */
    ELU,
    /** The hyperbolic tangent. */
    TANH,
    /** 1 / (1 + exp(-x)). */
    SIGMOID;

    /** Returns whether applying it twice is applying it once. */
    public boolean isIdempotent() {
      return this == RELU;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  // Ends

  /**
   * Where examples come in.
   *
   * @param shape of one example
   */
  record Input(Shape shape) implements Layer {

    /** Requires the shape. */
    public Input {
      requireNonNull(shape, "shape");
    }

    @Override
    public String kind() {
      return "input";
    }

    @Override
    public String label() {
      return "input " + shape;
    }

    @Override
    public int fewestInputs() {
      return 0;
    }

    @Override
    public int mostInputs() {
      return 0;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return shape;
    }
  }

  /**
   * The end: a linear layer with bias, followed by the softmax of a classification or by nothing.
   *
   * @param width classes or targets, at least 1
   */
  record Output(int width) implements Projection {

    /** Checks the range above. */
    public Output {
      requirePositive("output", "outputs", width);
    }

    @Override
    public String kind() {
      return "output";
    }

    @Override
    public String label() {
      return "output " + width;
    }

    @Override
    public boolean bias() {
      return true;
    }

    @Override
    public Output withWidth(int newWidth) {
      return new Output(newWidth);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.vector(dense(inputs, width));
    }

    @Override
    public List<Tensor> tensors(List<Shape> inputs) {
      return denseTensors(inputs, width, true);
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      return Math.multiplyExact(inputs.get(0).size(), (long) width);
    }
  }

  // Weights

  /**
   * A fully connected layer on a vector. Its weights are {@code [inputs, units]}.
   *
   * @param width units, at least 1
   * @param bias whether a number is added to each
   */
  record Dense(int width, boolean bias) implements Projection {

    /** Checks the range above. */
    public Dense {
      requirePositive("dense", "units", width);
    }

    @Override
    public String kind() {
      return "dense";
    }

    @Override
    public String label() {
      return "dense " + width;
    }

    @Override
    public Dense withWidth(int newWidth) {
      return new Dense(newWidth, bias);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.vector(dense(inputs, width));
    }

    @Override
    public List<Tensor> tensors(List<Shape> inputs) {
      return denseTensors(inputs, width, bias);
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      return Math.multiplyExact(inputs.get(0).size(), (long) width);
    }
  }

  /**
   * A convolution over all channels. Its weights are {@code [filters, channels, height, width]}.
   *
   * @param width filters, at least 1
   * @param window of the kernel
   * @param bias whether a number is added to each filter's output
   */
  record Convolution(int width, Window window, boolean bias) implements Projection, Convolving {

    /** Checks the range above. */
    public Convolution {
      requirePositive("convolution", "filters", width);
      requireNonNull(window, "window");
    }

    @Override
    public String kind() {
      return "convolution";
    }

    @Override
    public String label() {
      return "conv " + window + ", " + width;
    }

    @Override
    public Convolution withWidth(int newWidth) {
      return new Convolution(newWidth, window, bias);
    }

    @Override
    public Convolution withWindow(Window newWindow) {
      return new Convolution(width, newWindow, bias);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return window.over(inputs.get(0)).withChannels(width);
    }

    @Override
    public List<Tensor> tensors(List<Shape> inputs) {
      return withBias(
          Tensor.trained(
              "weights", width, inputs.get(0).channels(), window.height(), window.width()),
          width,
          bias);
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      return Math.multiplyExact(
          outputShape(inputs).size(), (long) inputs.get(0).channels() * window.taps());
    }
  }

  /**
   * A convolution of each channel by itself. Its weights are {@code [channels, height, width]}.
   *
   * @param window of the kernel
   * @param bias whether a number is added to each channel
   */
  record DepthwiseConvolution(Window window, boolean bias) implements Convolving {

    /** Requires the window. */
    public DepthwiseConvolution {
      requireNonNull(window, "window");
    }

    @Override
    public String kind() {
      return "depthwise-convolution";
    }

    @Override
    public String label() {
      return "depthwise " + window;
    }

    @Override
    public DepthwiseConvolution withWindow(Window newWindow) {
      return new DepthwiseConvolution(newWindow, bias);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return window.over(inputs.get(0));
    }

    @Override
    public List<Tensor> tensors(List<Shape> inputs) {
      int channels = inputs.get(0).channels();
      return withBias(
          Tensor.trained("weights", channels, window.height(), window.width()), channels, bias);
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      return Math.multiplyExact(outputShape(inputs).size(), (long) window.taps());
    }
  }

  /**
   * A depthwise convolution and a 1x1 convolution in one. Its weights are {@code depthwise}, of
   * {@code [channels, height, width]}, and {@code pointwise}, of {@code [filters, channels]}.
   *
   * @param width filters, at least 1
   * @param window of the depthwise kernel
   * @param bias whether a number is added to each filter's output
   */
  record SeparableConvolution(int width, Window window, boolean bias)
      implements Projection, Convolving {

    /** Checks the range above. */
    public SeparableConvolution {
      requirePositive("separable-convolution", "filters", width);
      requireNonNull(window, "window");
    }

    @Override
    public String kind() {
      return "separable-convolution";
    }

    @Override
    public String label() {
      return "sep " + window + ", " + width;
    }

    @Override
    public SeparableConvolution withWidth(int newWidth) {
      return new SeparableConvolution(newWidth, window, bias);
    }

    @Override
    public SeparableConvolution withWindow(Window newWindow) {
      return new SeparableConvolution(width, newWindow, bias);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return window.over(inputs.get(0)).withChannels(width);
    }

    @Override
    public List<Tensor> tensors(List<Shape> inputs) {
      int channels = inputs.get(0).channels();
      Tensor depthwise = Tensor.trained("depthwise", channels, window.height(), window.width());
      Tensor pointwise = Tensor.trained("pointwise", width, channels);
      return bias
          ? List.of(depthwise, pointwise, Tensor.trained("bias", width))
          : List.of(depthwise, pointwise);
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      Shape moved = window.over(inputs.get(0));
      return Math.multiplyExact(moved.size(), Math.addExact((long) window.taps(), (long) width));
    }
  }

  /**
   * A normalisation of each channel over the batch, with a trained {@code gain} and {@code shift}
   * and the running statistics {@code mean} and {@code variance} (Ioffe, Szegedy 2015,
   * arXiv:1502.03167).
   */
  record BatchNormalization() implements Layer {

    /** What is added to the variance before its root is taken. */
    public static final double EPSILON = 1e-5;

    @Override
    public String kind() {
      return "batch-normalization";
    }

    @Override
    public String label() {
      return "batch norm";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }

    @Override
    public List<Tensor> tensors(List<Shape> inputs) {
      int channels = inputs.get(0).channels();
      return List.of(
          Tensor.trained("gain", channels),
          Tensor.trained("shift", channels),
          Tensor.statistic("mean", channels),
          Tensor.statistic("variance", channels));
    }
  }

  // No weights

  /**
   * A pooling.
   *
   * @param pool what it makes of a window
   * @param window that moves over the picture
   */
  record Pooling(Pool pool, Window window) implements Windowed {

    /** Requires both. */
    public Pooling {
      requireNonNull(pool, "pool");
      requireNonNull(window, "window");
    }

    @Override
    public String kind() {
      return "pooling";
    }

    @Override
    public String label() {
      return pool.text() + " pool " + window;
    }

    @Override
    public Pooling withWindow(Window newWindow) {
      return new Pooling(pool, newWindow);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return window.over(inputs.get(0));
    }
  }

  /**
   * A pooling of whole channels into a vector.
   *
   * @param pool what it makes of a channel
   */
  record GlobalPooling(Pool pool) implements Layer {

    /** Requires the kind of pooling. */
    public GlobalPooling {
      requireNonNull(pool, "pool");
    }

    @Override
    public String kind() {
      return "global-pooling";
    }

    @Override
    public String label() {
      return "global " + pool.text() + " pool";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.vector(inputs.get(0).channels());
    }
  }

  /**
   * A function of each number.
   *
   * @param function which
   */
  record Activation(Function function) implements Layer {

    /** Requires the function. */
    public Activation {
      requireNonNull(function, "function");
    }

    @Override
    public String kind() {
      return "activation";
    }

    @Override
    public String label() {
      return function.text();
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }
  }

  /**
   * Leaves out each number with a probability in training, and passes all on otherwise.
   *
   * @param rate the probability, in [0, 1)
   */
  record Dropout(double rate) implements Layer {

    /** Checks the range above. */
    public Dropout {
      if (!(rate >= 0 && rate < 1)) {
        throw new IllegalArgumentException(
            "A dropout's rate must be in [0, 1), but was %s. Maybe 0.5.".formatted(rate));
      }
    }

    @Override
    public String kind() {
      return "dropout";
    }

    @Override
    public String label() {
      return "dropout " + rate;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }
  }

  /** Passes its input on. */
  record Identity() implements Layer {

    @Override
    public String kind() {
      return "identity";
    }

    @Override
    public String label() {
      return "identity";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return inputs.get(0);
    }
  }

  /**
   * Puts out zeros, whatever comes in.
   *
   * @param stride by which the sides shrink (rounded up), at least 1
   */
  record Zero(int stride) implements Layer {

    /** Checks the range above. */
    public Zero {
      requirePositive("zero", "stride", stride);
    }

    @Override
    public String kind() {
      return "zero";
    }

    @Override
    public String label() {
      return stride == 1 ? "zero" : "zero /" + stride;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Window.square(1).withStride(stride).over(inputs.get(0));
    }
  }

  /**
   * Moves the picture up and to the left; zeros come in from below and from the right. With it a
   * strided window sees the pixels that it leaves out otherwise.
   *
   * @param rows how far up, at least 0
   * @param columns how far to the left, at least 0
   */
  record Shift(int rows, int columns) implements Layer {

    /** Checks the ranges above. */
    public Shift {
      if (rows < 0 || columns < 0) {
        throw new IllegalArgumentException(
            "A shift must be by at least 0 rows and columns, but was by %d and %d. Maybe 1 and 1."
                .formatted(rows, columns));
      }
    }

    @Override
    public String kind() {
      return "shift";
    }

    @Override
    public String label() {
      return "shift " + rows + ", " + columns;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = inputs.get(0);
      if (rows > input.height() || columns > input.width()) {
        throw new IllegalArgumentException(
            "it must shift by no more than its input's sides, but shifts %s by %d rows and %d columns. Maybe by less."
                .formatted(input, rows, columns));
      }
      return input;
    }
  }

  /**
   * Puts zeros around a picture, as many on each side, until it has a certain size; of an odd
   * number the one more lies at the end.
   *
   * @param height rows afterwards, at least 1
   * @param width columns afterwards, at least 1
   */
  record Pad(int height, int width) implements Layer {

    /** Checks the ranges above. */
    public Pad {
      requirePositive("pad", "height", height);
      requirePositive("pad", "width", width);
    }

    @Override
    public String kind() {
      return "pad";
    }

    @Override
    public String label() {
      return "pad to " + height + "x" + width;
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape input = inputs.get(0);
      if (input.height() > height || input.width() > width) {
        throw new IllegalArgumentException(
            "it pads to %d x %d, but its input is %s, which is larger already. Maybe pad to %d x %d."
                .formatted(
                    height,
                    width,
                    input,
                    Math.max(height, input.height()),
                    Math.max(width, input.width())));
      }
      return new Shape(input.channels(), height, width);
    }
  }

  /** Makes a vector of a picture: channel after channel, row after row. */
  record Flatten() implements Layer {

    @Override
    public String kind() {
      return "flatten";
    }

    @Override
    public String label() {
      return "flatten";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return Shape.vector(Math.toIntExact(inputs.get(0).size()));
    }
  }

  // Merges

  /** The sum of its inputs. */
  record Add() implements Merge {

    @Override
    public String kind() {
      return "add";
    }

    @Override
    public String label() {
      return "add";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return same(inputs);
    }
  }

  /** The mean of its inputs. */
  record Mean() implements Merge {

    @Override
    public String kind() {
      return "mean";
    }

    @Override
    public String label() {
      return "mean";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return same(inputs);
    }
  }

  /**
   * The sum of its inputs, each times the sigmoid of a trained number (Xie et al. 2019,
   * arXiv:1904.01569), which begins as 0. Its weights are {@code [inputs]}.
   */
  record GatedAdd() implements Merge {

    @Override
    public String kind() {
      return "gated-add";
    }

    @Override
    public String label() {
      return "gated add";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      return same(inputs);
    }

    @Override
    public List<Tensor> tensors(List<Shape> inputs) {
      return List.of(Tensor.trained("weights", inputs.size()));
    }

    @Override
    public long multiplyAdds(List<Shape> inputs) {
      return Math.multiplyExact(inputs.get(0).size(), (long) inputs.size());
    }
  }

  /** The channels of all inputs, one input after the other. */
  record Concatenate() implements Merge {

    @Override
    public String kind() {
      return "concatenate";
    }

    @Override
    public String label() {
      return "concat";
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
      Shape first = inputs.get(0);
      int channels = 0;
      for (int i = 0; i < inputs.size(); i++) {
        if (!inputs.get(i).hasSidesOf(first)) {
          throw clash(
              "must have equal height and width", inputs, i, "Maybe pad or pool one of them.");
        }
        channels = Math.addExact(channels, inputs.get(i).channels());
      }
      return first.withChannels(channels);
    }
  }

  // Shared pieces

  private static void requirePositive(String layer, String what, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(
          "A layer '%s' needs %s of at least 1, but had %d. Maybe 1."
              .formatted(layer, what, value));
    }
  }

  private static int dense(List<Shape> inputs, int units) {
    Shape input = inputs.get(0);
    if (!input.isVector()) {
      throw new IllegalArgumentException(
          "it takes a vector, such as %s, but its input is %s. Maybe put a global pooling or a flatten before it."
              .formatted(Shape.vector(input.channels()), input));
    }
    return units;
  }

  private static List<Tensor> denseTensors(List<Shape> inputs, int units, boolean bias) {
    return withBias(Tensor.trained("weights", inputs.get(0).channels(), units), units, bias);
  }

  private static List<Tensor> withBias(Tensor weights, int width, boolean bias) {
    return bias ? List.of(weights, Tensor.trained("bias", width)) : List.of(weights);
  }

  private static Shape same(List<Shape> inputs) {
    Shape first = inputs.get(0);
    for (int i = 1; i < inputs.size(); i++) {
      if (!inputs.get(i).equals(first)) {
        String remedy =
            inputs.get(i).hasSidesOf(first)
                ? "Maybe bring them to equal channels by a 1x1 convolution."
                : "Maybe pool, pad or stride one of them.";
        throw clash("must have one shape", inputs, i, remedy);
      }
    }
    return first;
  }

  private static IllegalArgumentException clash(
      String rule, List<Shape> inputs, int other, String remedy) {
    return new IllegalArgumentException(
        "its inputs %s, but input 1 is %s and input %d is %s. %s"
            .formatted(rule, inputs.get(0), other + 1, inputs.get(other), remedy));
  }
}
