package dev.troupe.architecture.macro;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.Variation;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * Genetic CNN's variation: flips each bit, and exchanges each stage, with a probability.
 *
 * @param code the bits
 * @param flip probability of a flip
 * @param exchange probability with which the child of two has a stage of the second
 */
record StageVariation(StageBits code, double flip, double exchange) implements Variation {

  @Override
  public Configuration mutate(SearchSpace space, Configuration parent, RandomGenerator random) {
    Map<String, Object> values = parent.toMap();
    values.replaceAll((name, bit) -> random.nextDouble() < flip ? !(Boolean) bit : bit);
    return Configuration.of(values);
  }

  @Override
  public Configuration crossover(
      SearchSpace space, Configuration first, Configuration second, RandomGenerator random) {
    Map<String, Object> values = first.toMap();
    for (int stage = 0; stage < code.sizes().size(); stage++) {
      if (random.nextDouble() < exchange) {
        code.names(stage).forEach(name -> values.put(name, second.get(name)));
      }
    }
    return Configuration.of(values);
  }
}
