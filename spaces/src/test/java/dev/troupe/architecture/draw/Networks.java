package dev.troupe.architecture.draw;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;

/** Networks as the search spaces of the field have them, for drawings. */
final class Networks {

  private static final Layer RELU = new Layer.Activation(Layer.Function.RELU);
  private static final Layer NORM = new Layer.BatchNormalization();

  private final Architecture.Builder graph;

  private Networks(Shape input) {
    graph = Architecture.builder(input);
  }

  private String convolution(int width, int kernel, int stride, String input) {
    Window window = Window.square(kernel).withStride(stride);
    String conv = graph.add(new Layer.Convolution(width, window, false), input);
    return graph.add(RELU, graph.add(NORM, conv));
  }

  private String separable(int width, int kernel, String input) {
    String at = input;
    for (int i = 0; i < 2; i++) {
      String relu = graph.add(RELU, at);
      at =
          graph.add(
              NORM,
              graph.add(new Layer.SeparableConvolution(width, Window.square(kernel), false), relu));
    }
    return at;
  }

  private String pool(Layer.Pool pool, String input) {
    return graph.add(new Layer.Pooling(pool, Window.square(3)), input);
  }

  private Architecture classifier(String input) {
    return graph.output(10, graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), input));
  }

  /** The normal cell of NASNet-A (Zoph et al. 2017, figure 4), with the stem that feeds it. */
  static Architecture nasnetCell() {
    var net = new Networks(Shape.image(3, 32, 32));
    String before = net.convolution(16, 3, 1, net.graph.input());
    String last = net.convolution(16, 3, 1, before);
    List<String> blocks = new ArrayList<>();
    blocks.add(net.add(net.separable(16, 3, last), net.graph.add(new Layer.Identity(), last)));
    blocks.add(net.add(net.separable(16, 3, before), net.separable(16, 5, last)));
    blocks.add(
        net.add(net.pool(Layer.Pool.AVERAGE, last), net.graph.add(new Layer.Identity(), before)));
    blocks.add(net.add(net.pool(Layer.Pool.AVERAGE, before), net.pool(Layer.Pool.AVERAGE, before)));
    blocks.add(net.add(net.separable(16, 5, before), net.separable(16, 3, before)));
    blocks.add(0, before);
    return net.classifier(net.graph.add(new Layer.Concatenate(), blocks));
  }

  private String add(String... inputs) {
    return graph.add(new Layer.Add(), inputs);
  }

  /** Layers with skips from earlier ones, as ENAS finds in its macro space. */
  static Architecture macro(int layers, long seed) {
    var random = new Random(seed);
    var net = new Networks(Shape.image(3, 32, 32));
    var made = new ArrayList<String>();
    made.add(net.convolution(24, 3, 1, net.graph.input()));
    for (int i = 0; i < layers; i++) {
      var inputs = new ArrayList<String>(List.of(made.get(made.size() - 1)));
      for (int j = 0; j + 1 < made.size(); j++) {
        if (random.nextInt(3) == 0) {
          inputs.add(made.get(j));
        }
      }
      String input = inputs.get(0);
      if (inputs.size() > 1) {
        input = net.convolution(24, 1, 1, net.graph.add(new Layer.Concatenate(), inputs));
      }
      made.add(
          switch (random.nextInt(4)) {
            case 0 -> net.convolution(24, 3, 1, input);
            case 1 -> net.convolution(24, 5, 1, input);
            case 2 -> net.separable(24, 3, input);
            default -> net.pool(Layer.Pool.MAX, input);
          });
    }
    return net.classifier(made.get(made.size() - 1));
  }

  /** A residual network with a widened shortcut and a skip that is concatenated. */
  static Architecture morphed() {
    var net = new Networks(Shape.image(1, 28, 28));
    String stem = net.convolution(16, 3, 1, net.graph.input());
    String first = net.residual(16, 1, stem);
    String second = net.residual(32, 2, first);
    String third = net.residual(32, 1, second);
    String pooled =
        net.graph.add(new Layer.Pooling(Layer.Pool.MAX, Window.square(2).withStride(2)), first);
    String wide = net.graph.add(new Layer.Concatenate(), third, pooled);
    String conv = net.convolution(64, 3, 2, wide);
    String vector = net.graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), conv);
    String dense = net.graph.add(RELU, net.graph.add(new Layer.Dense(64, true), vector));
    return net.graph.output(10, net.graph.add(new Layer.Dropout(0.25), dense));
  }

  private String residual(int width, int stride, String input) {
    String first = convolution(width, 3, stride, input);
    String second =
        graph.add(NORM, graph.add(new Layer.Convolution(width, Window.square(3), false), first));
    String shortcut =
        stride == 1
            ? input
            : graph.add(
                new Layer.Convolution(width, Window.square(1).withStride(stride), false), input);
    return graph.add(RELU, add(second, shortcut));
  }

  /** Nodes that read random earlier ones (Xie et al. 2019). */
  static Architecture wired(int nodes, long seed) {
    var random = new Random(seed);
    var net = new Networks(Shape.image(3, 32, 32));
    var made = new ArrayList<String>();
    var read = new HashSet<String>();
    made.add(net.convolution(8, 3, 1, net.graph.input()));
    for (int i = 0; i < nodes; i++) {
      var inputs = new TreeSet<Integer>();
      for (int j = 0; j < 1 + random.nextInt(3); j++) {
        inputs.add(made.size() - 1 - random.nextInt(Math.min(made.size(), 8)));
      }
      List<String> names = inputs.stream().map(made::get).toList();
      read.addAll(names);
      String sum = names.size() == 1 ? names.get(0) : net.graph.add(new Layer.GatedAdd(), names);
      String relu = net.graph.add(RELU, sum);
      made.add(
          net.graph.add(
              NORM,
              net.graph.add(new Layer.SeparableConvolution(8, Window.square(3), false), relu)));
    }
    made.removeAll(read);
    return net.classifier(net.graph.add(new Layer.Mean(), made));
  }

  /** Dense layers one after the other, each {@code every}-th with a skip over the last ones. */
  static Architecture deep(int layers, int every) {
    var net = new Networks(Shape.vector(4));
    String at = net.graph.input();
    String before = at;
    for (int i = 1; i <= layers; i++) {
      at = net.graph.add(new Layer.Dense(4, true), at);
      if (i % every == 0) {
        at = net.add(at, before);
        before = at;
      }
    }
    return net.graph.output(2, at);
  }

  /** Dense layers, each of which reads the sum of all before it. */
  static Architecture dense(int layers) {
    var net = new Networks(Shape.vector(4));
    var made = new ArrayList<String>(List.of(net.graph.input()));
    for (int i = 0; i < layers; i++) {
      String sum = made.size() == 1 ? made.get(0) : net.graph.add(new Layer.Add(), made);
      made.add(net.graph.add(new Layer.Dense(4, true), sum));
    }
    return net.graph.output(2, made.get(made.size() - 1));
  }
}
