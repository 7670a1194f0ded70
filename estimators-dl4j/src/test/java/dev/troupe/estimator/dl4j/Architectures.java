package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Padding;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Architectures for tests. */
final class Architectures {

  private static final List<Layer.Function> FUNCTIONS = List.of(Layer.Function.values());

  private Architectures() {}

  /** Returns a chain of convolutions with normalisation, each halving the picture at most once. */
  static Architecture chain(Shape input, int outputs, int convolutions, int filters) {
    Architecture.Builder graph = Architecture.builder(input);
    String last = graph.input();
    for (int i = 0; i < convolutions; i++) {
      last = graph.add(new Layer.Convolution(filters, Window.square(3), false), last);
      last = graph.add(new Layer.BatchNormalization(), last);
      last = graph.add(new Layer.Activation(Layer.Function.RELU), last);
      if (i % 2 == 1) {
        last = graph.add(new Layer.Pooling(Layer.Pool.MAX, Window.square(2).withStride(2)), last);
      }
    }
    return graph.output(outputs, graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), last));
  }

  /** Returns a network on a vector, with a skip. */
  static Architecture dense(int features, int outputs, int units) {
    Architecture.Builder graph = Architecture.builder(Shape.vector(features));
    String first = graph.add(new Layer.Dense(units, false), graph.input());
    String normal = graph.add(new Layer.BatchNormalization(), first);
    String relu = graph.add(new Layer.Activation(Layer.Function.RELU), normal);
    String second = graph.add(new Layer.Dense(units, true), relu);
    String tanh = graph.add(new Layer.Activation(Layer.Function.TANH), second);
    String both = graph.add(new Layer.Add(), relu, tanh);
    return graph.output(outputs, graph.add(new Layer.Dropout(0.1), both));
  }

  /** Returns a graph with every kind of layer, function and merge. */
  static Architecture everything(Shape input, int outputs) {
    return everything(input, outputs, 0.2);
  }

  /** Returns the same graph with another rate of dropout. */
  static Architecture everything(Shape input, int outputs, double dropout) {
    Architecture.Builder graph = Architecture.builder(input);
    String x = graph.add(new Layer.Convolution(4, Window.square(3), true), graph.input());
    x = graph.add(new Layer.BatchNormalization(), x);
    String relu = graph.add(new Layer.Activation(Layer.Function.RELU), x);
    String leaky = graph.add(new Layer.Activation(Layer.Function.LEAKY_RELU), x);
    Window dilated = Window.square(3).withDilation(2);
    String wide = graph.add(new Layer.Convolution(4, dilated, false), relu);
    String deep = graph.add(new Layer.DepthwiseConvolution(dilated, true), leaky);
    String separable =
        graph.add(new Layer.SeparableConvolution(4, Window.of(5, 3), true), graph.input());
    String elu = graph.add(new Layer.Activation(Layer.Function.ELU), separable);
    String merged = graph.add(new Layer.GatedAdd(), wide, deep, elu, relu);
    String doubled = graph.add(new Layer.Add(), merged, merged);
    String same = graph.add(new Layer.Identity(), doubled);
    String mean = graph.add(new Layer.Mean(), same, doubled, x);
    String zero = graph.add(new Layer.Zero(1), mean);
    String shifted = graph.add(new Layer.Shift(1, 2), mean);
    String all = graph.add(new Layer.Concatenate(), zero, shifted, merged, merged);
    Window halving = Window.square(3).withStride(2);
    String average = graph.add(new Layer.Pooling(Layer.Pool.AVERAGE, halving), all);
    String largest = graph.add(new Layer.Pooling(Layer.Pool.MAX, halving), all);
    String half = graph.add(new Layer.Zero(2), all);
    String pooled = graph.add(new Layer.Add(), average, largest, half);
    Shape shape = graph.shape(pooled);
    String padded = graph.add(new Layer.Pad(shape.height() + 3, shape.width() + 1), pooled);
    String dropped = graph.add(new Layer.Dropout(dropout), padded);
    String tanh = graph.add(new Layer.Activation(Layer.Function.TANH), dropped);
    String flat =
        graph.add(
            new Layer.Flatten(),
            graph.add(new Layer.Convolution(2, Window.square(2).withStride(3), true), tanh));
    String global = graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), tanh);
    String peak = graph.add(new Layer.GlobalPooling(Layer.Pool.MAX), dropped);
    String vector = graph.add(new Layer.Concatenate(), flat, global, peak);
    String dense = graph.add(new Layer.Dense(7, true), vector);
    String normal = graph.add(new Layer.BatchNormalization(), dense);
    String sigmoid = graph.add(new Layer.Activation(Layer.Function.SIGMOID), normal);
    String point = graph.add(new Layer.Convolution(7, Window.square(3), true), sigmoid);
    String sum = graph.add(new Layer.Add(), point, sigmoid);
    return graph.output(outputs, graph.add(new Layer.Dense(5, false), sum));
  }

  /** Returns a random graph of about so many nodes. */
  static Architecture random(RandomGenerator random, Shape input, int outputs, int nodes) {
    Architecture.Builder graph = Architecture.builder(input);
    List<String> pool = new ArrayList<>(List.of(graph.input()));
    String last = graph.input();
    while (pool.size() < nodes) {
      try {
        last = graph.add(layer(random), sources(random, graph, pool));
        pool.add(last);
      } catch (IllegalArgumentException e) {
        // What does not fit is drawn again.
      }
    }
    Shape shape = graph.shape(last);
    if (!shape.isVector()) {
      Layer end =
          random.nextBoolean()
              ? new Layer.Flatten()
              : new Layer.GlobalPooling(random.nextBoolean() ? Layer.Pool.MAX : Layer.Pool.AVERAGE);
      last = graph.add(end, last);
    }
    return graph.output(outputs, last);
  }

  private static List<String> sources(
      RandomGenerator random, Architecture.Builder graph, List<String> pool) {
    var sources = new ArrayList<String>();
    // Mostly what came last, so that graphs are deep.
    int recent = Math.min(pool.size(), 4);
    String first = pool.get(pool.size() - 1 - random.nextInt(recent));
    sources.add(first);
    for (String other : pool) {
      if (random.nextInt(3) == 0 && graph.shape(other).equals(graph.shape(first))) {
        sources.add(other);
      }
    }
    return random.nextBoolean() ? sources : List.of(first);
  }

  private static Layer layer(RandomGenerator random) {
    int width = 1 + random.nextInt(5);
    boolean bias = random.nextBoolean();
    Layer.Pool pool = random.nextBoolean() ? Layer.Pool.MAX : Layer.Pool.AVERAGE;
    return switch (random.nextInt(18)) {
      case 0, 1 -> new Layer.Convolution(width, window(random), bias);
      case 2 -> new Layer.DepthwiseConvolution(window(random), bias);
      case 3 -> new Layer.SeparableConvolution(width, window(random), bias);
      case 4 -> new Layer.BatchNormalization();
      case 5, 6 -> new Layer.Pooling(pool, undilated(window(random)));
      case 7, 8 -> new Layer.Activation(FUNCTIONS.get(random.nextInt(FUNCTIONS.size())));
      case 9 -> new Layer.Identity();
      case 10 -> random.nextInt(4) == 0 ? new Layer.Zero(1 + random.nextInt(2)) : new Layer.Add();
      case 11 -> new Layer.Shift(random.nextInt(3), random.nextInt(3));
      case 12 -> new Layer.Pad(1 + random.nextInt(9), 1 + random.nextInt(9));
      case 13 -> new Layer.Add();
      case 14 -> new Layer.Mean();
      case 15 -> new Layer.GatedAdd();
      case 16 -> new Layer.Concatenate();
      default -> new Layer.Dense(width, bias);
    };
  }

  private static Window undilated(Window window) {
    return window.withDilation(1);
  }

  private static Window window(RandomGenerator random) {
    return new Window(
        1 + random.nextInt(4),
        1 + random.nextInt(4),
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        1 + random.nextInt(3),
        random.nextInt(4) == 0 ? Padding.VALID : Padding.SAME);
  }
}
