package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Random weights of new layers: normal with a variance of 2 / inputs (He et al. 2015,
 * arXiv:1502.01852), biases 0, normalisations with gain and variance 1. Not thread safe, like its
 * generator.
 */
public final class FreshWeights implements WeightPlan.Initializer {

  private final RandomGenerator random;

  /**
   * Returns an initializer.
   *
   * @param random decides; advanced by a draw for each random weight
   */
  public FreshWeights(RandomGenerator random) {
    this.random = requireNonNull(random, "random");
  }

  @Override
  public double[] values(String node, Layer layer, Tensor tensor) {
    return switch (tensor.name()) {
      case "bias", "shift", "mean" -> TensorValues.filled(tensor, 0);
      case "gain", "variance" -> TensorValues.filled(tensor, 1);
      default ->
          layer instanceof Layer.GatedAdd ? TensorValues.filled(tensor, 0) : normal(layer, tensor);
    };
  }

  private double[] normal(Layer layer, Tensor tensor) {
    double deviation = Math.sqrt(2 / (double) inputs(layer, tensor.sides()));
    double[] values = TensorValues.filled(tensor, 0);
    Arrays.setAll(values, i -> deviation * random.nextGaussian());
    return values;
  }

  /** Returns how many numbers are summed up into one. */
  private static long inputs(Layer layer, List<Integer> sides) {
    if (layer instanceof Layer.Dense || layer instanceof Layer.Output) {
      return sides.get(0);
    }
    long product = 1;
    for (int side : sides.subList(1, sides.size())) {
      product *= side;
    }
    return product;
  }
}
