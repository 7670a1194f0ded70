package dev.troupe.architecture.distance;

import dev.troupe.architecture.Layer;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a layer does, for the cost of putting another one in its place.
 *
 * @param kind layers of different kinds cannot stand for each other
 * @param variant of a convolution: its kernel apart; of a pooling: max or average; of a dense
 *     layer: its activation, or nothing
 * @param kernel side of a convolution's kernel, the geometric mean of both; 0 for others
 */
record LayerLabel(Kind kind, String variant, double kernel) {

  enum Kind {
    INPUT,
    OUTPUT,
    CONVOLUTION,
    POOLING,
    GLOBAL_POOLING,
    DENSE
  }

  private static final double OTHER_CONVOLUTION = 0.1;
  private static final double OTHER_POOLING = 0.5;
  private static final double OTHER_ACTIVATION = 0.1;
  private static final double OTHER_ACTIVATIONS = 0.25;

  private static final Set<String> RECTIFIERS =
      Set.of(
          Layer.Function.RELU.name(), Layer.Function.LEAKY_RELU.name(), Layer.Function.ELU.name());
  private static final Set<String> SIGMOIDS =
      Set.of(Layer.Function.TANH.name(), Layer.Function.SIGMOID.name());

  /**
   * Returns the label of a layer, or null if it has no mass.
   *
   * @param activation behind it, if there is one
   */
  static @Nullable LayerLabel of(Layer layer, Layer.@Nullable Activation activation) {
    if (layer instanceof Layer.Input) {
      return new LayerLabel(Kind.INPUT, "", 0);
    }
    if (layer instanceof Layer.Output) {
      return new LayerLabel(Kind.OUTPUT, "", 0);
    }
    if (layer instanceof Layer.Dense) {
      String function = activation == null ? "" : activation.function().name();
      return new LayerLabel(Kind.DENSE, function, 0);
    }
    if (layer instanceof Layer.Pooling pooling) {
      return new LayerLabel(Kind.POOLING, pooling.pool().name(), 0);
    }
    if (layer instanceof Layer.GlobalPooling pooling) {
      return new LayerLabel(Kind.GLOBAL_POOLING, pooling.pool().name(), 0);
    }
    return layer instanceof Layer.Convolving convolution ? convolution(convolution) : null;
  }

  private static LayerLabel convolution(Layer.Convolving layer) {
    String variant = layer.kind() + layer.window().dilation();
    return new LayerLabel(Kind.CONVOLUTION, variant, Math.sqrt(layer.window().taps()));
  }

  /** Returns the cost by the unit of mass; infinite where neither can stand for the other. */
  double cost(LayerLabel other) {
    if (kind != other.kind) {
      return Double.POSITIVE_INFINITY;
    }
    boolean isSame = variant.equals(other.variant);
    return switch (kind) {
      case INPUT, OUTPUT -> 0;
      case CONVOLUTION -> kernelCost(kernel, other.kernel) + (isSame ? 0 : OTHER_CONVOLUTION);
      case POOLING, GLOBAL_POOLING -> isSame ? 0 : OTHER_POOLING;
      case DENSE -> isSame ? 0 : activationCost(other);
    };
  }

  static double kernelCost(double kernel, double other) {
    return Math.sqrt(2) / 10 * Math.sqrt(Math.abs(kernel - other));
  }

  private double activationCost(LayerLabel other) {
    boolean isLike =
        RECTIFIERS.contains(variant) && RECTIFIERS.contains(other.variant)
            || SIGMOIDS.contains(variant) && SIGMOIDS.contains(other.variant);
    return isLike ? OTHER_ACTIVATION : OTHER_ACTIVATIONS;
  }
}
