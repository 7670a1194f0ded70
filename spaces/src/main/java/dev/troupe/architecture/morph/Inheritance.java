package dev.troupe.architecture.morph;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Weights of a network that came by morphisms from another one, its parent.
 *
 * @param architecture the network
 * @param values its weights, in the order of its nodes
 */
public record Inheritance(Architecture architecture, Map<TensorKey, double[]> values) {

  /** Requires both. */
  public Inheritance {
    requireNonNull(architecture, "architecture");
    requireNonNull(values, "values");
  }

  /**
   * Carries morphisms out on weights.
   *
   * @param parent the network that they start from
   * @param weights the parent's arrays, each in the order of its sides; they are not changed
   * @param morphisms in order, each in its text form
   * @param noise that is added after each
   * @param random decides on fresh weights and noise
   * @throws IllegalArgumentException if one is no morphism or not legal where it comes, or an array
   *     has another size
   */
  public static Inheritance of(
      Architecture parent,
      Map<TensorKey, double[]> weights,
      List<String> morphisms,
      SymmetryNoise noise,
      RandomGenerator random) {
    var initializer = new FreshWeights(random);
    Inheritance current =
        new Inheritance(parent, keeping(parent).apply(weights, parent, initializer));
    for (Morphed step : Morphism.replay(parent, morphisms)) {
      Map<TensorKey, double[]> values =
          step.plan().apply(current.values(), step.architecture(), initializer);
      noise.addTo(step.plan(), values, random);
      current = new Inheritance(step.architecture(), values);
    }
    return current;
  }

  private static WeightPlan keeping(Architecture architecture) {
    return WeightPlan.between(architecture, architecture, Map.of());
  }
}
