package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import java.util.Arrays;

/** Finds the layers whose values are never below zero, whatever the weights are. */
final class NonNegative {

  private final boolean[] known;

  NonNegative(Architecture architecture) {
    known = new boolean[architecture.size()];
    for (int i = 0; i < known.length; i++) {
      known[i] = of(architecture.layer(i), architecture.inputs(i));
    }
  }

  boolean at(int index) {
    return known[index];
  }

  private boolean of(Layer layer, int[] inputs) {
    if (layer instanceof Layer.Activation activation && !isSigned(activation.function())) {
      return true;
    }
    if (layer instanceof Layer.Zero) {
      return true;
    }
    // The gates of a gated add are above zero, and so are the weights of a mean.
    boolean keepsSigns =
        layer instanceof Layer.Merge
            || layer instanceof Layer.Activation
            || layer instanceof Layer.Pooling
            || layer instanceof Layer.GlobalPooling
            || layer instanceof Layer.Dropout
            || layer instanceof Layer.Identity
            || layer instanceof Layer.Shift
            || layer instanceof Layer.Pad
            || layer instanceof Layer.Flatten;
    return keepsSigns && Arrays.stream(inputs).allMatch(this::at);
  }

  private static boolean isSigned(Layer.Function function) {
    return function != Layer.Function.RELU && function != Layer.Function.SIGMOID;
  }

  /** Returns whether a function passes on what is not below zero. */
  static boolean isIdentity(Layer.Function function) {
    return function == Layer.Function.RELU
        || function == Layer.Function.LEAKY_RELU
        || function == Layer.Function.ELU;
  }
}
