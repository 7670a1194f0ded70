package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ForwardPass;
import java.util.Map;
import java.util.Random;

/** A network with weights, which morphisms change. */
final class Exactness {

  private final long seed;
  private Architecture architecture;
  private Map<TensorKey, double[]> weights;

  Exactness(Architecture architecture, long seed) {
    this.seed = seed;
    this.architecture = architecture;
    this.weights = RandomNetworks.weights(architecture, seed);
  }

  Exactness(Architecture architecture, Map<TensorKey, double[]> weights) {
    this.seed = 1;
    this.architecture = architecture;
    this.weights = weights;
  }

  Architecture architecture() {
    return architecture;
  }

  Map<TensorKey, double[]> weights() {
    return weights;
  }

  /** Takes a step over, weights included. */
  void take(Morphed step) {
    weights =
        step.plan()
            .apply(weights, step.architecture(), new FreshWeights(new Random(seed * 13 + 5)));
    architecture = step.architecture();
  }

  /** Returns an array of the network. */
  double[] weights(String node, String tensor) {
    return requireNonNull(weights.get(new TensorKey(node, tensor)), node);
  }

  double[] outputs(double[] input) {
    return ForwardPass.run(architecture, this::weights, input);
  }

  /** Returns the largest difference that a step makes to the outputs for a few inputs. */
  static double difference(Exactness before, Exactness after, long seed) {
    double largest = 0;
    for (int i = 0; i < 3; i++) {
      double[] input = RandomNetworks.input(before.architecture(), seed * 3 + i);
      double[] expected = before.outputs(input);
      double[] actual = after.outputs(input);
      for (int j = 0; j < expected.length; j++) {
        double difference = Math.abs(expected[j] - actual[j]);
        largest = difference <= largest ? largest : difference; // a NaN counts as large
      }
    }
    return largest;
  }
}
