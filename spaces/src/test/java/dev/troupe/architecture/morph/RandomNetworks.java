package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Layer.Function;
import dev.troupe.architecture.Layer.Pool;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Tensor;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * Small random networks with everything that makes morphisms hard: normalisations with random
 * statistics, sums with shared inputs, concatenations that are added, strides, dilation, depthwise
 * and separable convolutions, flattened pictures. Each is determined by its seed.
 */
public final class RandomNetworks {

  private static final int OUTPUTS = 3;

  private final Random random;
  private final Architecture.Builder graph;
  private String end;

  private RandomNetworks(long seed) {
    random = new Random(seed * 7919 + 1);
    boolean isVector = seed % 4 == 0;
    Shape shape =
        isVector
            ? Shape.vector(2 + random.nextInt(4))
            : Shape.image(1 + random.nextInt(3), 5 + random.nextInt(4), 5 + random.nextInt(4));
    graph = Architecture.builder(shape);
    end = graph.input();
  }

  /** Returns a network: on vectors for each fourth seed, on pictures otherwise. */
  public static Architecture of(long seed) {
    var network = new RandomNetworks(seed);
    boolean isVector = network.graph.shape(network.end).isVector();
    if (!isVector) {
      network.picture();
    }
    network.vector(isVector ? 1 : 0);
    return network.graph.output(OUTPUTS, network.end);
  }

  /** Returns random weights, running statistics included. */
  public static Map<TensorKey, double[]> weights(Architecture architecture, long seed) {
    var random = new Random(seed * 31 + 7);
    var weights = new HashMap<TensorKey, double[]>();
    for (int i = 0; i < architecture.size(); i++) {
      for (Tensor tensor : architecture.tensors(i)) {
        var values = new double[Math.toIntExact(tensor.size())];
        if (tensor.name().equals("variance")) {
          Arrays.setAll(values, place -> 0.2 + random.nextDouble());
        } else {
          Arrays.setAll(values, place -> 0.6 * random.nextGaussian());
        }
        weights.put(new TensorKey(architecture.nodes().get(i).name(), tensor.name()), values);
      }
    }
    return weights;
  }

  /** Returns a random input. */
  public static double[] input(Architecture architecture, long seed) {
    var random = new Random(seed);
    var input = new double[Math.toIntExact(architecture.inputShape().size())];
    Arrays.setAll(input, place -> random.nextGaussian());
    return input;
  }

  private void picture() {
    int blocks = 2 + random.nextInt(3);
    for (int block = 0; block < blocks; block++) {
      switch (random.nextInt(7)) {
        case 0, 1 -> end = activated(convolution(end, width(), 1 + random.nextInt(2)));
        case 2 -> end = activated(normalised(depthwise(end)));
        case 3 -> end = graph.add(pooling(), end);
        case 4 -> end = residual(end);
        case 5 -> end = concatenation(end);
        default -> end = sumOfConcatenation(end);
      }
    }
    if (random.nextBoolean()) {
      end = graph.add(new Layer.Flatten(), end);
    } else {
      end = graph.add(new Layer.GlobalPooling(pool()), end);
    }
  }

  private int width() {
    return 2 + random.nextInt(3);
  }

  private Pool pool() {
    return random.nextBoolean() ? Pool.MAX : Pool.AVERAGE;
  }

  private Layer pooling() {
    return new Layer.Pooling(
        pool(), Window.square(1 + random.nextInt(3)).withStride(1 + random.nextInt(2)));
  }

  private String convolution(String input, int width, int stride) {
    int side = 1 + random.nextInt(3);
    Window window = random.nextInt(4) == 0 ? Window.of(1, side) : Window.square(side);
    window = window.withStride(stride);
    if (stride == 1 && random.nextInt(4) == 0) {
      window = window.withDilation(2);
    }
    Shape shape = graph.shape(input);
    if (random.nextInt(5) == 0 && shape.height() > 3 && shape.width() > 3) {
      window = Window.square(side).inside();
    }
    boolean bias = random.nextBoolean();
    Layer layer =
        random.nextInt(3) == 0
            ? new Layer.SeparableConvolution(width, window, bias)
            : new Layer.Convolution(width, window, bias);
    return normalised(graph.add(layer, input));
  }

  /** A convolution that keeps height and width. */
  private String same(String input, int width) {
    Window window = Window.square(1 + random.nextInt(3));
    return normalised(graph.add(new Layer.Convolution(width, window, random.nextBoolean()), input));
  }

  private String depthwise(String input) {
    Window window = Window.square(1 + random.nextInt(3)).withStride(1 + random.nextInt(2));
    return graph.add(new Layer.DepthwiseConvolution(window, random.nextBoolean()), input);
  }

  private String normalised(String input) {
    return random.nextInt(3) == 0 ? input : graph.add(new Layer.BatchNormalization(), input);
  }

  private String activated(String input) {
    Function function =
        random.nextInt(3) > 0
            ? Function.RELU
            : List.of(Function.values()).get(random.nextInt(Function.values().length));
    return graph.add(new Layer.Activation(function), input);
  }

  private Layer sum() {
    return switch (random.nextInt(4)) {
      case 0 -> new Layer.Mean();
      case 1 -> new Layer.GatedAdd();
      default -> new Layer.Add();
    };
  }

  /** One or two residual blocks that share what they are added to. */
  private String residual(String input) {
    int width = width();
    String shared = random.nextInt(4) == 0 ? input : activated(same(input, width));
    width = graph.shape(shared).channels();
    String result = shared;
    int blocks = 1 + random.nextInt(2);
    for (int block = 0; block < blocks; block++) {
      String branch = same(activated(same(result, width())), width);
      if (random.nextInt(3) == 0) {
        branch = graph.add(new Layer.Dropout(0.3), branch);
      }
      var inputs = new ArrayList<>(List.of(result, branch));
      if (random.nextInt(3) == 0) {
        inputs.add(shared);
      }
      if (random.nextInt(4) == 0) {
        inputs.add(graph.add(new Layer.Zero(1), shared));
      }
      result = graph.add(sum(), inputs);
    }
    return random.nextBoolean() ? activated(result) : result;
  }

  private String concatenation(String input) {
    String first = same(input, width());
    String second = activated(random.nextBoolean() ? first : same(input, width()));
    String third = random.nextBoolean() ? input : graph.add(new Layer.Shift(1, 1), first);
    return activated(normalised(graph.add(new Layer.Concatenate(), first, second, third)));
  }

  private String sumOfConcatenation(String input) {
    String first = activated(same(input, width()));
    String second = same(random.nextBoolean() ? first : input, width());
    String both = graph.add(new Layer.Concatenate(), first, second);
    String whole = same(input, graph.shape(both).channels());
    String sum = graph.add(sum(), whole, both);
    Shape shape = graph.shape(sum);
    return random.nextInt(3) == 0
        ? graph.add(new Layer.Pad(shape.height() + 1, shape.width() + 2), sum)
        : sum;
  }

  private void vector(int fewest) {
    int blocks = fewest + random.nextInt(3);
    for (int block = 0; block < blocks; block++) {
      int width = 2 + random.nextInt(4);
      String dense = normalised(graph.add(new Layer.Dense(width, random.nextBoolean()), end));
      switch (random.nextInt(4)) {
        case 0 -> {
          String hidden = activated(dense);
          end = graph.add(sum(), hidden, graph.add(new Layer.Dense(width, true), hidden));
        }
        case 1 -> end = graph.add(new Layer.Concatenate(), activated(dense), end);
        case 2 -> end = graph.add(new Layer.Dropout(0.5), activated(dense));
        default -> end = activated(dense);
      }
    }
  }
}
