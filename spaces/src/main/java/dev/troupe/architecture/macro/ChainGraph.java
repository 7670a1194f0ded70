package dev.troupe.architecture.macro;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * The states of MetaQNN and the steps between them (Baker et al. 2016, arXiv:1611.02167; where the
 * paper is silent, the authors' code):
 *
 * <ul>
 *   <li>any state may end, and where the chain has its most layers nothing but the softmax is left;
 *   <li>a convolution may be followed by anything, a pooling by anything but a pooling, and the
 *       first layer is no pooling;
 *   <li>windows are smaller than the picture (its smaller side);
 *   <li>dense layers are legal where the size (the larger side) is in no bin but the largest; one
 *       may follow another if it is not wider, and they end with the softmax.
 * </ul>
 *
 * <p>Immutable and thread safe.
 */
public final class ChainGraph {

  private final Shape input;
  private final ChainVocabulary vocabulary;

  /**
   * Makes the graph.
   *
   * @param input shape of an example
   */
  public ChainGraph(Shape input, ChainVocabulary vocabulary) {
    this.input = requireNonNull(input, "input");
    this.vocabulary = requireNonNull(vocabulary, "vocabulary");
  }

  /** Returns the layers and limits. */
  public ChainVocabulary vocabulary() {
    return vocabulary;
  }

  /** Returns the state before the first layer. */
  public ChainState start() {
    return new ChainState(0, null, 0, input, bin(input));
  }

  /**
   * Returns the legal steps, in a fixed order; none at an end.
   *
   * @param state reached by legal steps from {@link #start}
   */
  public List<ChainStep> legal(ChainState state) {
    if (state.isEnd()) {
      return List.of();
    }
    if (state.layers() >= vocabulary.depth()) {
      return List.of(ChainStep.End.SOFTMAX);
    }
    return vocabulary.steps().stream().filter(step -> isLegal(state, step)).toList();
  }

  /** Decides in a state that is no end and has room for another layer. */
  private boolean isLegal(ChainState state, ChainStep step) {
    boolean isDense = state.last() instanceof ChainStep.Dense;
    if (step instanceof ChainStep.Convolution convolution) {
      return !isDense && convolution.kernel() < state.smallerSide();
    }
    if (step instanceof ChainStep.Pooling pooling) {
      boolean follows = state.last() instanceof ChainStep.Convolution;
      return follows && pooling.size() < state.smallerSide();
    }
    if (step instanceof ChainStep.Dense dense) {
      boolean isNarrow =
          !(state.last() instanceof ChainStep.Dense wider) || dense.units() <= wider.units();
      return isNarrow && state.bin() > 0 && state.dense() < vocabulary.mostDense();
    }
    return step == ChainStep.End.SOFTMAX || !isDense;
  }

  /**
   * Returns the state to which a step leads.
   *
   * @throws IllegalArgumentException if the step is not legal
   */
  public ChainState next(ChainState state, ChainStep step) {
    List<ChainStep> legal = legal(state);
    if (!legal.contains(step)) {
      throw new IllegalArgumentException(
          "After '%s' a chain has no step '%s': legal are %s. %s"
              .formatted(
                  state.key(),
                  step.text(),
                  legal.stream().map(ChainStep::text).toList(),
                  legal.isEmpty()
                      ? "It has its end."
                      : "Maybe '%s'.".formatted(legal.get(0).text())));
    }
    Shape shape = shape(state.shape(), step);
    int dense = step instanceof ChainStep.Dense ? state.dense() + 1 : 0;
    return new ChainState(state.layers() + 1, step, dense, shape, bin(shape));
  }

  private static Shape shape(Shape shape, ChainStep step) {
    if (step instanceof ChainStep.Convolution convolution) {
      return shape.withChannels(convolution.filters());
    }
    if (step instanceof ChainStep.Pooling pooling) {
      return window(pooling).over(shape);
    }
    return step instanceof ChainStep.Dense dense ? Shape.vector(dense.units()) : shape;
  }

  /** Returns the window of a pooling: what it leaves is ceil((n - size + 1) / stride) long. */
  static Window window(ChainStep.Pooling pooling) {
    return Window.square(pooling.size()).withStride(pooling.stride()).inside();
  }

  private int bin(Shape shape) {
    return vocabulary.bin(Math.max(shape.height(), shape.width()));
  }

  /**
   * Returns for each layer what is legal there after some legal steps, in the order of the
   * vocabulary. The last list is for the last layer before the end.
   */
  List<List<ChainStep>> choices() {
    var choices = new ArrayList<List<ChainStep>>();
    Set<ChainState> states = Set.of(start());
    while (choices.size() < vocabulary.depth()) {
      var steps = new LinkedHashSet<ChainStep>();
      var next = new LinkedHashSet<ChainState>();
      for (ChainState state : states) {
        for (ChainStep step : legal(state)) {
          steps.add(step);
          next.add(next(state, step));
        }
      }
      if (steps.isEmpty()) {
        break; // every chain has ended
      }
      choices.add(vocabulary.steps().stream().filter(steps::contains).toList());
      states = next;
    }
    return choices;
  }
}
