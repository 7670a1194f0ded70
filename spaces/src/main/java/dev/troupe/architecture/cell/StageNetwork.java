package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.CellStack;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/**
 * Networks of cells with one input: a 3x3 convolution, stages of equal cells, between them what
 * halves the sides and doubles the channels, batch normalisation, ReLU, a global average pooling
 * and the output.
 *
 * @param channels of the first stage, at least 1
 * @param cells of each stage, at least 1
 * @param reductions one less than there are stages, at least 0
 * @param between what lies between stages
 */
record StageNetwork(int channels, int cells, int reductions, Between between) {

  private static final int CELLS = 1;
  private static final int REDUCTIONS = 1;

  /** What halves the sides. */
  enum Between {
    /** The block of a residual network, as in NAS-Bench-201. */
    RESIDUAL,
    /** A separable convolution, as in hierarchical evolution. */
    SEPARABLE,
    /** A max pooling, as in Block-QNN; what follows doubles the channels. */
    POOLING
  }

  static List<Option> options(Option... others) {
    var options = new ArrayList<Option>(List.of(others));
    options.add(SkeletonSettings.channelsOption());
    options.add(new Option("cells", "" + CELLS, "cells of a stage"));
    options.add(new Option("reductions", "" + REDUCTIONS, "one less than there are stages"));
    return List.copyOf(options);
  }

  static StageNetwork of(Settings settings, Between between) {
    return new StageNetwork(
        SkeletonSettings.channels(settings),
        settings.getInt("cells", CELLS, 1, SkeletonSettings.MOST_CELLS),
        settings.getInt("reductions", REDUCTIONS, 0, SkeletonSettings.MOST_REDUCTIONS),
        between);
  }

  /** Returns the network with this share of the cells of each stage, rounded up. */
  StageNetwork shortened(double share) {
    return new StageNetwork(channels, CellStack.share(cells, share), reductions, between);
  }

  /** Returns the network in which a cell stands at every place. */
  Architecture around(Step cell, NetworkTask task) {
    Architecture.Builder graph = Architecture.builder(task.input());
    int width = channels;
    String last =
        Chains.convolution(new Scope(graph, "stem"), graph.input(), width, Window.square(3));
    for (int stage = 1; stage <= reductions + 1; stage++) {
      if (stage > 1) {
        width = Math.multiplyExact(width, 2);
        last = reduced(new Scope(graph, "reduction-" + (stage - 1)), last, width);
      }
      for (int i = 1; i <= cells; i++) {
        last = cell.addTo(new Scope(graph, "stage-%d/cell-%d".formatted(stage, i)), last, width);
      }
    }
    var end = new Scope(graph, "end");
    String active = Chains.relu(end, Chains.normalised(end, last));
    return graph.output(
        task.outputs(), end.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), active));
  }

  private String reduced(Scope scope, String input, int width) {
    return switch (between) {
      case RESIDUAL -> residual(scope, input, width);
      case SEPARABLE -> Operation.SEP_3X3.addTo(scope, input, width, 2);
      case POOLING -> Operation.MAX_3X3.addTo(scope, input, scope.shape(input).channels(), 2);
    };
  }

  private static String residual(Scope scope, String input, int width) {
    int stride = scope.shape(input).isVector() ? 1 : 2;
    Window three = Window.square(3);
    String once = Chains.reluConvolution(scope, input, width, three.withStride(stride));
    String twice = Chains.reluConvolution(scope, once, width, three);
    String pooled =
        scope.add(
            new Layer.Pooling(Layer.Pool.AVERAGE, Window.square(2).withStride(stride)), input);
    String shortcut = scope.add(new Layer.Convolution(width, Window.square(1), false), pooled);
    return Chains.added(scope, List.of(shortcut, twice));
  }
}
