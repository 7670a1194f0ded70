package dev.troupe.architecture.cell;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;

/**
 * What an edge of a cell does to what flows along it. Each becomes a chain of layers without bias:
 *
 * <ul>
 *   <li>{@code conv}: ReLU, convolution, batch normalisation; {@code conv1x7-7x1} has two
 *       convolutions, the first of which carries the stride of the columns;
 *   <li>{@code sep}: ReLU, depthwise, 1x1, batch normalisation, and all that again; the first time
 *       carries the stride;
 *   <li>{@code dil}: ReLU, depthwise with taps 2 apart, 1x1, batch normalisation;
 *   <li>{@code depthwise}: ReLU, depthwise, batch normalisation;
 *   <li>{@code max}, {@code avg}: a pooling, where what lies beyond the border does not count;
 *   <li>{@code skip}: the identity; with a stride ReLU, two 1x1 convolutions of stride 2, of which
 *       the second reads a shifted picture, concatenation, batch normalisation;
 *   <li>{@code none}: zeros.
 * </ul>
 *
 * <p>The chains are those of DARTS (Liu, Simonyan, Yang 2019, arXiv:1806.09055), whose names are
 * shortened here.
 */
@SuppressWarnings("ImmutableEnumChecker") // chains are functions of their arguments alone
public enum Operation {
  /** Zeros. */
  NONE("none", (scope, input, channels, stride) -> zero(scope, input, channels, stride)),
  /** The identity. */
  SKIP("skip", (scope, input, channels, stride) -> skip(scope, input, channels, stride)),
  /** A 1x1 convolution. */
  CONV_1X1("conv1x1", convolution(1)),
  /** A 3x3 convolution. */
  CONV_3X3("conv3x3", convolution(3)),
  /** A 5x5 convolution. */
  CONV_5X5("conv5x5", convolution(5)),
  /** A 7x7 convolution. */
  CONV_7X7("conv7x7", convolution(7)),
  /** A 1x3 convolution and a 3x1 convolution. */
  CONV_1X3_3X1("conv1x3-3x1", factorised(3)),
  /** A 1x7 convolution and a 7x1 convolution. */
  CONV_1X7_7X1("conv1x7-7x1", factorised(7)),
  /** A 3x3 separable convolution, twice. */
  SEP_3X3("sep3x3", separable(3)),
  /** A 5x5 separable convolution, twice. */
  SEP_5X5("sep5x5", separable(5)),
  /** A 7x7 separable convolution, twice. */
  SEP_7X7("sep7x7", separable(7)),
  /** A 3x3 separable convolution with taps 2 apart. */
  DIL_3X3("dil3x3", dilated(3)),
  /** A 5x5 separable convolution with taps 2 apart. */
  DIL_5X5("dil5x5", dilated(5)),
  /** A 3x3 convolution of each channel by itself. */
  DEPTHWISE_3X3("depthwise3x3", depthwise(3)),
  /** A 3x3 max pooling. */
  MAX_3X3("max3x3", pooling(Layer.Pool.MAX, 3)),
  /** A 5x5 max pooling. */
  MAX_5X5("max5x5", pooling(Layer.Pool.MAX, 5)),
  /** A 7x7 max pooling. */
  MAX_7X7("max7x7", pooling(Layer.Pool.MAX, 7)),
  /** A 3x3 average pooling. */
  AVG_3X3("avg3x3", pooling(Layer.Pool.AVERAGE, 3));

  private final String text;
  private final Chain chain;

  Operation(String text, Chain chain) {
    this.text = text;
    this.chain = chain;
  }

  /** Returns the name that study files use. */
  public String text() {
    return text;
  }

  /**
   * Returns the operation of a name; {@code identity} is another name of {@code skip}.
   *
   * @throws IllegalArgumentException if there is none, with the nearest name
   */
  public static Operation of(String text) {
    if (text.equals("identity")) {
      return SKIP;
    }
    for (Operation operation : values()) {
      if (operation.text.equals(text)) {
        return operation;
      }
    }
    List<String> known = Arrays.stream(values()).map(Operation::text).toList();
    throw new IllegalArgumentException(
        "There is no operation '%s'. %s".formatted(text, Nearest.hint(text, known)));
  }

  /**
   * Returns the operations of these names.
   *
   * @throws IllegalArgumentException if there are none, one does not exist or one occurs twice
   */
  public static List<Operation> listOf(Collection<String> texts) {
    var found = new ArrayList<Operation>();
    for (String each : texts) {
      Operation operation = of(each);
      if (found.contains(operation)) {
        throw new IllegalArgumentException(
            "An operation must occur once, but '%s' occurs again. Maybe remove it."
                .formatted(operation.text));
      }
      found.add(operation);
    }
    if (found.isEmpty()) {
      throw new IllegalArgumentException(
          "A cell needs an operation, but the list was empty. Maybe [skip, conv3x3, max3x3].");
    }
    return List.copyOf(found);
  }

  /**
   * Adds the operation to a graph. A picture of one pixel has no stride. Where the operation cannot
   * change the number of channels (a pooling, say) and has to, a ReLU, a 1x1 convolution and a
   * batch normalisation come before it.
   *
   * @param path begins the names of its layers; not used before
   * @param input name of the node that it reads
   * @param channels of its output, at least 1
   * @param stride 1, or 2 to halve the sides (rounded up)
   * @return name of its last layer, or {@code input} if it needs none
   * @throws IllegalArgumentException if a number is out of range, the input does not exist or the
   *     path was used before
   */
  public String addTo(
      Architecture.Builder graph, String path, String input, int channels, int stride) {
    return addTo(new Scope(requireNonNull(graph, "graph"), path), input, channels, stride);
  }

  String addTo(Scope scope, String input, int channels, int stride) {
    if (stride != 1 && stride != 2) {
      throw new IllegalArgumentException(
          "Operation '%s': a stride must be 1 or 2, but was %d. Maybe 1.".formatted(text, stride));
    }
    int possible = scope.shape(input).isVector() ? 1 : stride;
    return chain.add(scope, input, channels, possible);
  }

  /** Returns {@link #text}. */
  @Override
  public String toString() {
    return text;
  }

  /** Adds layers to a graph and returns the last one. */
  private interface Chain {
    String add(Scope scope, String input, int channels, int stride);
  }

  private static String zero(Scope scope, String input, int channels, int stride) {
    return scope.add(new Layer.Zero(stride), Chains.fit(scope, input, channels));
  }

  private static String skip(Scope scope, String input, int channels, int stride) {
    return stride == 1
        ? scope.add(new Layer.Identity(), Chains.fit(scope, input, channels))
        : Chains.halve(scope, input, channels);
  }

  private static Chain convolution(int side) {
    Window window = Window.square(side);
    return (scope, input, channels, stride) ->
        Chains.reluConvolution(scope, input, channels, window.withStride(stride));
  }

  private static Chain factorised(int side) {
    return (scope, input, channels, stride) ->
        Chains.factorised(
            scope,
            input,
            channels,
            Window.of(1, side).withStride(1, stride),
            Window.of(side, 1).withStride(stride, 1));
  }

  private static Chain separable(int side) {
    Window window = Window.square(side);
    return (scope, input, channels, stride) -> {
      String once = Chains.separable(scope, input, channels, window.withStride(stride));
      return Chains.separable(scope, once, channels, window);
    };
  }

  private static Chain dilated(int side) {
    Window window = Window.square(side).withDilation(2);
    return (scope, input, channels, stride) ->
        Chains.separable(scope, input, channels, window.withStride(stride));
  }

  private static Chain depthwise(int side) {
    Window window = Window.square(side);
    return (scope, input, channels, stride) ->
        Chains.depthwise(scope, Chains.fit(scope, input, channels), window.withStride(stride));
  }

  private static Chain pooling(Layer.Pool pool, int side) {
    Window window = Window.square(side);
    return (scope, input, channels, stride) ->
        scope.add(
            new Layer.Pooling(pool, window.withStride(stride)), Chains.fit(scope, input, channels));
  }
}
