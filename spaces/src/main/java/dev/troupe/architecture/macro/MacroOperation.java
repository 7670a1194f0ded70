package dev.troupe.architecture.macro;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Window;
import java.util.Arrays;
import java.util.List;

/** What a layer of a macro network does; all keep the size of the picture. */
enum MacroOperation {
  CONV1("conv1"),
  CONV3("conv3"),
  CONV5("conv5"),
  SEP3("sep3"),
  SEP5("sep5"),
  AVG3("avg3"),
  MAX3("max3"),
  IDENTITY("identity");

  private final String text;

  MacroOperation(String text) {
    this.text = text;
  }

  /** Returns the name that configurations use. */
  String text() {
    return text;
  }

  /** Returns the names of all. */
  static List<String> texts() {
    return Arrays.stream(values()).map(MacroOperation::text).toList();
  }

  /** Returns the operation of this name, one of {@link #texts}. */
  static MacroOperation of(String text) {
    return values()[texts().indexOf(text)];
  }

  /** Returns whether the channels that it puts out are those that come in. */
  boolean keepsChannels() {
    return this == AVG3 || this == MAX3 || this == IDENTITY;
  }

  /**
   * Adds the operation; convolutions are followed by a normalisation and a ReLU.
   *
   * @param filters of a convolution; nothing to an operation that keeps the channels
   * @return name of its last node
   */
  String add(Architecture.Builder graph, String input, int filters) {
    return switch (this) {
      case CONV1 -> Blocks.convolution(graph, input, filters, Window.square(1));
      case CONV3 -> Blocks.convolution(graph, input, filters, Window.square(3));
      case CONV5 -> Blocks.convolution(graph, input, filters, Window.square(5));
      case SEP3 -> Blocks.relu(graph, Blocks.separable(graph, input, filters, Window.square(3)));
      case SEP5 -> Blocks.relu(graph, Blocks.separable(graph, input, filters, Window.square(5)));
      case AVG3 -> graph.add(new Layer.Pooling(Layer.Pool.AVERAGE, Window.square(3)), input);
      case MAX3 -> graph.add(new Layer.Pooling(Layer.Pool.MAX, Window.square(3)), input);
      case IDENTITY -> graph.add(new Layer.Identity(), input);
    };
  }
}
