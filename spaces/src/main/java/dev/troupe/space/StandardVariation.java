package dev.troupe.space;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Changes one parameter; mixes parameter by parameter. */
enum StandardVariation implements Variation {
  INSTANCE;

  /** Returns a configuration in which one active parameter that has a choice has another value. */
  @Override
  public Configuration mutate(SearchSpace space, Configuration parent, RandomGenerator random) {
    List<String> free = new ArrayList<>();
    for (String name : parent.names()) {
      if (space.parameter(name).cardinality().orElse(2) > 1) {
        free.add(name);
      }
    }
    if (free.isEmpty()) {
      return parent;
    }
    String name = free.get(random.nextInt(free.size()));
    return space.with(parent, name, other(space.parameter(name), parent.get(name), random), random);
  }

  private static Object other(Parameter parameter, Object current, RandomGenerator random) {
    Object drawn;
    do {
      drawn = parameter.decode(random.nextDouble());
    } while (drawn.equals(current));
    return drawn;
  }

  @Override
  public Configuration crossover(
      SearchSpace space, Configuration first, Configuration second, RandomGenerator random) {
    return space.mix(first, second, name -> random.nextBoolean(), random);
  }
}
