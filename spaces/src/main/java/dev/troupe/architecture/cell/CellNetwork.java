package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * Makes networks of cells with two inputs: a 3x3 convolution, the cells of a {@link Skeleton}, a
 * global average pooling and the output.
 *
 * <p>Both inputs of a cell are brought to its width by ReLU, 1x1 convolution and batch
 * normalisation; the older one, where it is larger, by {@code skip} with stride 2 (see {@link
 * Operation}). In a reduction cell the operations that read its inputs have stride 2. The output of
 * a cell is the concatenation of its ends. Unlike in the code of NASNet and ENAS, an input that no
 * block reads is not among them; a cell on which the output does not depend is left out.
 */
public final class CellNetwork {

  private final Architecture.Builder graph;
  private final Ends ends;

  private CellNetwork(Architecture.Builder graph, Ends ends) {
    this.graph = graph;
    this.ends = ends;
  }

  /**
   * Returns the network of these cells.
   *
   * @param task whose examples are pictures
   * @param ends what the cells put out
   * @param normal stands at each normal place
   * @param reduction stands at each place of a reduction; can be the same
   * @throws IllegalArgumentException if the examples are vectors, or the network is so large that
   *     its size exceeds 64 bits
   */
  public static Architecture of(
      NetworkTask task, Skeleton skeleton, Ends ends, BlockCell normal, BlockCell reduction) {
    Pictures.require("A network of cells", task);
    Architecture.Builder graph = Architecture.builder(task.input());
    return new CellNetwork(graph, ends).build(task, skeleton, normal, reduction);
  }

  private Architecture build(
      NetworkTask task, Skeleton skeleton, BlockCell normal, BlockCell reduction) {
    String last =
        Chains.convolution(
            new Scope(graph, "stem"), graph.input(), skeleton.stemChannels(), Window.square(3));
    String beforeLast = last;
    int channels = skeleton.channels();
    for (int i = 0; i < skeleton.cells().size(); i++) {
      boolean reduces = skeleton.cells().get(i) == Skeleton.Kind.REDUCTION;
      channels = reduces ? Math.multiplyExact(channels, 2) : channels;
      var scope = new Scope(graph, "cell-" + (i + 1));
      String next =
          cell(scope, reduces ? reduction : normal, List.of(beforeLast, last), channels, reduces);
      beforeLast = last;
      last = next;
    }
    var end = new Scope(graph, "end");
    String active = skeleton.lastActivation() ? Chains.relu(end, last) : last;
    return graph.output(
        task.outputs(), end.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), active));
  }

  private String cell(
      Scope scope, BlockCell cell, List<String> inputs, int channels, boolean reduces) {
    Shape sides = scope.shape(inputs.get(1));
    var states = new ArrayList<String>();
    for (int i = 0; i < BlockCell.INPUTS; i++) {
      // An input that nobody reads is left out of the graph in the end.
      states.add(fitted(scope.in("input-" + i), inputs.get(i), channels, sides));
    }
    for (Block block : cell.blocks()) {
      int stride = reduces ? 2 : 1;
      states.add(block(scope.in("block-" + states.size()), block, states, channels, stride));
    }
    return Chains.concatenated(scope, cell.ends(ends).stream().map(states::get).toList());
  }

  private static String fitted(Scope scope, String input, int channels, Shape sides) {
    return scope.shape(input).hasSidesOf(sides)
        ? Chains.project(scope, input, channels)
        : Chains.halve(scope, input, channels);
  }

  private static String block(
      Scope scope, Block block, List<String> states, int channels, int stride) {
    List<String> halves =
        List.of(
            half(scope, "first", block.first(), states, channels, stride),
            half(scope, "second", block.second(), states, channels, stride));
    return block.combine() == Combine.ADD
        ? Chains.added(scope, halves)
        : Chains.project(scope, Chains.concatenated(scope, halves), channels);
  }

  private static String half(
      Scope scope, String name, Block.Half half, List<String> states, int channels, int stride) {
    Scope own = scope.in("%s.%d.%s".formatted(name, half.input(), half.operation()));
    int possible = half.input() < BlockCell.INPUTS ? stride : 1;
    return half.operation().addTo(own, states.get(half.input()), channels, possible);
  }
}
