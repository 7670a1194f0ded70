package dev.troupe.architecture;

import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.Variation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Architectures and the hyperparameters of their training in one space. */
final class JointSpace {

  private JointSpace() {}

  /** Returns the space of both, the architecture's decisions first. */
  static SearchSpace of(
      SearchSpace architectures,
      Decoder<Architecture> decoder,
      @Nullable SearchSpace hyperparameters,
      List<String> constraints) {
    SearchSpace.Builder joint = SearchSpace.builder().decoder(decoder);
    joint.addAll(architectures);
    joint.variation(architectures.variation());
    if (hyperparameters != null) {
      joint.addAll(hyperparameters);
      joint.variation(new JointVariation(architectures, hyperparameters));
    }
    constraints.forEach(joint::constraint);
    return joint.build();
  }

  /** Returns the values of those parameters that {@code space} has. */
  static Configuration project(Configuration configuration, SearchSpace space) {
    Map<String, Object> own = configuration.toMap();
    if (own.keySet().stream().allMatch(space::has)) {
      return configuration;
    }
    own.keySet().removeIf(name -> !space.has(name));
    return Configuration.of(own);
  }

  /**
   * Returns the configuration with those of {@code part} in place of all that {@code space} has.
   */
  static Configuration replace(Configuration configuration, SearchSpace space, Configuration part) {
    Map<String, Object> values = new LinkedHashMap<>(part.toMap());
    configuration
        .toMap()
        .forEach(
            (name, value) -> {
              if (!space.has(name)) {
                values.put(name, value);
              }
            });
    return Configuration.of(values);
  }

  /**
   * Mutates one of the parts, either with the share that its parameters have among the active ones,
   * and crosses both.
   */
  private record JointVariation(SearchSpace architectures, SearchSpace hyperparameters)
      implements Variation {

    @Override
    public Configuration mutate(SearchSpace space, Configuration parent, RandomGenerator random) {
      Configuration first = project(parent, architectures);
      Configuration second = project(parent, hyperparameters);
      boolean inFirst = random.nextInt(first.size() + second.size()) < first.size();
      return inFirst
          ? replace(second, architectures, architectures.mutate(first, random))
          : replace(first, hyperparameters, hyperparameters.mutate(second, random));
    }

    @Override
    public Configuration crossover(
        SearchSpace space, Configuration first, Configuration second, RandomGenerator random) {
      Configuration architecture =
          architectures.crossover(
              project(first, architectures), project(second, architectures), random);
      Configuration training =
          hyperparameters.crossover(
              project(first, hyperparameters), project(second, hyperparameters), random);
      return replace(training, architectures, architecture);
    }
  }
}
