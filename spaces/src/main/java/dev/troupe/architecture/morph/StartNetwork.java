package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Layer.Function;
import dev.troupe.architecture.Layer.Pool;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Window;

/** Small networks from which morphisms start. */
enum StartNetwork {
  /** Convolutions with poolings between them, a dropout and a global pooling, as in Auto-Keras. */
  SMALL_CNN,
  /** Convolutions, each with a pooling, then a dense layer of twice the width, as in EAS. */
  FLAT_CNN,
  /** A convolution and residual blocks. */
  RESIDUAL,
  /** Dense layers. */
  MLP;

  /**
   * What they are built from.
   *
   * @param width filters of each convolution, or units of each dense layer
   * @param blocks how many
   * @param batchNormalization whether convolutions are normalised
   * @param dropout the rate before the output; 0 for none
   */
  record Sizes(int width, int blocks, boolean batchNormalization, double dropout) {}

  Architecture build(NetworkTask task, Sizes sizes) {
    if (task.input().isVector() && this != MLP) {
      throw new IllegalArgumentException(
          "A network '%s' needs pictures, but its input is %s. Maybe start with mlp."
              .formatted(MorphText.lower(this), task.input()));
    }
    var plan = new Plan(Architecture.builder(task.input()), sizes);
    String end =
        switch (this) {
          case SMALL_CNN -> plan.convolutions();
          case FLAT_CNN -> plan.flat();
          case RESIDUAL -> plan.residual();
          case MLP -> plan.dense();
        };
    if (sizes.dropout() > 0) {
      end = plan.graph().add(new Layer.Dropout(sizes.dropout()), end);
    }
    return plan.graph().output(task.outputs(), end);
  }

  private record Plan(Architecture.Builder graph, Sizes sizes) {

    private static final Layer RELU = new Layer.Activation(Function.RELU);
    private static final Layer HALVING =
        new Layer.Pooling(Pool.MAX, Window.square(2).withStride(2));

    String convolutions() {
      String end = graph.input();
      for (int block = 1; block <= sizes.blocks(); block++) {
        end = graph.add(RELU, convolution(end));
        if (block < sizes.blocks()) {
          end = graph.add(HALVING, end);
        }
      }
      return pooled(end);
    }

    String flat() {
      String end = graph.input();
      for (int block = 1; block <= sizes.blocks(); block++) {
        end = graph.add(HALVING, graph.add(RELU, convolution(end)));
      }
      end = graph.add(new Layer.Flatten(), end);
      return graph.add(RELU, graph.add(new Layer.Dense(2 * sizes.width(), true), end));
    }

    String residual() {
      String end = graph.add(RELU, convolution(graph.input()));
      for (int block = 1; block <= sizes.blocks(); block++) {
        String branch = convolution(graph.add(RELU, convolution(end)));
        end = graph.add(RELU, graph.add(new Layer.Add(), end, branch));
      }
      return pooled(end);
    }

    String dense() {
      boolean isVector = graph.shape(graph.input()).isVector();
      String end = isVector ? graph.input() : graph.add(new Layer.Flatten(), graph.input());
      for (int block = 1; block <= sizes.blocks(); block++) {
        end = graph.add(RELU, graph.add(new Layer.Dense(sizes.width(), true), end));
      }
      return end;
    }

    private String convolution(String input) {
      Layer layer =
          new Layer.Convolution(sizes.width(), Window.square(3), !sizes.batchNormalization());
      String end = graph.add(layer, input);
      return sizes.batchNormalization() ? graph.add(new Layer.BatchNormalization(), end) : end;
    }

    private String pooled(String input) {
      return graph.add(new Layer.GlobalPooling(Pool.AVERAGE), input);
    }
  }
}
