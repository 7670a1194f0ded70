package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Tensor;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws what a network begins with: weights from a normal distribution whose variance is gain /
 * inputs, with gain 2 where a function that is zero, or nearly, for half of its inputs follows (He
 * et al. 2015, doi:10.1109/ICCV.2015.123), else 1 (LeCun et al. 1998); inputs are what one output
 * adds up, so that zeros in dilated kernels do not count. Gains and variances begin as 1, all else
 * as 0.
 */
final class InitialWeights {

  private final Architecture architecture;
  private final NetworkTensors tensors;
  private final RandomGenerator random;

  private InitialWeights(
      Architecture architecture, NetworkTensors tensors, RandomGenerator random) {
    this.architecture = architecture;
    this.tensors = tensors;
    this.random = random;
  }

  /** Draws all tensors, node after node. */
  static void draw(Architecture architecture, NetworkTensors tensors, RandomGenerator random) {
    var weights = new InitialWeights(architecture, tensors, random);
    for (int node = 0; node < architecture.size(); node++) {
      for (Tensor tensor : architecture.tensors(node)) {
        weights.draw(node, tensor);
      }
    }
  }

  private void draw(int node, Tensor tensor) {
    double[] values = new double[Math.toIntExact(tensor.size())];
    switch (tensor.name()) {
      case "gain", "variance" -> Arrays.fill(values, 1);
      case "bias", "shift", "mean" -> Arrays.fill(values, 0);
      default -> {
        if (!(architecture.layer(node) instanceof Layer.GatedAdd)) {
          fill(values, Math.sqrt(gain(node, tensor) / inputs(node, tensor)));
        }
      }
    }
    tensors.write(architecture.nodes().get(node).name(), tensor.name(), values);
  }

  private void fill(double[] values, double deviation) {
    for (int i = 0; i < values.length; i++) {
      values[i] = deviation * random.nextGaussian();
    }
  }

  /** Returns how many products one output adds up. */
  private double inputs(int node, Tensor tensor) {
    List<Integer> sides = tensor.sides();
    if (isDense(architecture.layer(node))) {
      return sides.get(0);
    }
    return (double) tensor.size() / sides.get(0);
  }

  private static boolean isDense(Layer layer) {
    return layer instanceof Layer.Dense || layer instanceof Layer.Output;
  }

  private double gain(int node, Tensor tensor) {
    // The first half of a separable convolution is followed by the second.
    return !tensor.name().equals("depthwise") && isRectified(node) ? 2 : 1;
  }

  /** Returns whether a rectifier follows, with no weights in between. */
  private boolean isRectified(int node) {
    var seen = new HashSet<Integer>();
    var open = new ArrayDeque<Integer>(List.of(node));
    while (!open.isEmpty()) {
      for (int next : architecture.consumers(open.remove())) {
        Layer layer = architecture.layer(next);
        if (layer instanceof Layer.Activation activation) {
          if (isRectifier(activation.function())) {
            return true;
          }
        } else if (!isWeighted(layer) && seen.add(next)) {
          open.add(next);
        }
      }
    }
    return false;
  }

  private static boolean isWeighted(Layer layer) {
    return layer instanceof Layer.Projection || layer instanceof Layer.Convolving;
  }

  private static boolean isRectifier(Layer.Function function) {
    return switch (function) {
      case RELU, LEAKY_RELU, ELU -> true;
      case TANH, SIGMOID -> false;
    };
  }
}
