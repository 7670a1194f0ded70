package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Tensor;
import dev.troupe.architecture.morph.Inheritance;
import dev.troupe.architecture.morph.SymmetryNoise;
import dev.troupe.architecture.morph.TensorKey;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Gives a network the weights of the one from which it came by morphisms, so that it puts out the
 * same to begin with: exactly in exact arithmetic, and up to rounding in the network's type.
 */
final class MorphismTransfer {

  private MorphismTransfer() {}

  /** Returns all weights of a network, running statistics included, in the order of its nodes. */
  static Map<TensorKey, double[]> weights(ArchitectureNetwork network) {
    var weights = new LinkedHashMap<TensorKey, double[]>();
    Architecture architecture = network.architecture();
    for (int i = 0; i < architecture.size(); i++) {
      String node = architecture.nodes().get(i).name();
      for (Tensor tensor : architecture.tensors(i)) {
        weights.put(
            new TensorKey(node, tensor.name()), network.tensors().read(node, tensor.name()));
      }
    }
    return weights;
  }

  /**
   * Overwrites all weights of a network.
   *
   * @param child built for the architecture to which the morphisms lead
   * @param parent the architecture from which they start
   * @param weights of the parent
   * @param morphisms in order, each in its text form; without any, an exact copy
   * @param noise that is added to what is copied or set
   * @param random decides on noise and on the weights of new layers
   * @throws IllegalArgumentException if the morphisms lead to another architecture than the
   *     child's, one of them is not legal, or the weights are of another network
   */
  static void transfer(
      ArchitectureNetwork child,
      Architecture parent,
      Map<TensorKey, double[]> weights,
      List<String> morphisms,
      SymmetryNoise noise,
      RandomGenerator random) {
    Inheritance inheritance = Inheritance.of(parent, weights, morphisms, noise, random);
    if (!inheritance.architecture().equals(child.architecture())) {
      throw new IllegalArgumentException(
          "Morphisms must lead from the parent to the candidate, but %s lead to a network of hash %s, and the candidate's is %s. Maybe the parent is another trial."
              .formatted(
                  morphisms, inheritance.architecture().hash(), child.architecture().hash()));
    }
    inheritance
        .values()
        .forEach((key, values) -> child.tensors().write(key.node(), key.tensor(), values));
  }
}
