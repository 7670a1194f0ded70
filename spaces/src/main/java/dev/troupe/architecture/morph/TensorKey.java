package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

/**
 * Names an array of weights in a network.
 *
 * @param node the layer that owns it
 * @param tensor its name there: {@code weights}, {@code bias} …
 */
public record TensorKey(String node, String tensor) {

  /** Requires both. */
  public TensorKey {
    requireNonNull(node, "node");
    requireNonNull(tensor, "tensor");
  }

  /** Returns the form {@code convolution-1.weights}. */
  @Override
  public String toString() {
    return node + "." + tensor;
  }
}
