package dev.troupe.architecture;

import static java.util.Objects.requireNonNull;

import java.util.List;
import java.util.regex.Pattern;

/**
 * A layer in its place.
 *
 * @param name unique in its architecture: letters, digits and {@code . _ / -}
 * @param layer what it does
 * @param inputs names of the nodes that it reads, one as often as it is read; unmodifiable
 */
public record Node(String name, Layer layer, List<String> inputs) {

  private static final Pattern NAME = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._/-]*");

  /** Checks the name. */
  public Node {
    requireNonNull(layer, "layer");
    inputs = List.copyOf(inputs);
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "A layer's name must be of letters, digits and . _ / - and begin with one of the first, but was '%s'. Maybe '%s'."
              .formatted(name, layer.kind() + "-1"));
    }
  }

  /** Returns a node. */
  public static Node of(String name, Layer layer, String... inputs) {
    return new Node(name, layer, List.of(inputs));
  }
}
