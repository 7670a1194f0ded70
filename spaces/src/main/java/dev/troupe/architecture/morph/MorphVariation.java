package dev.troupe.architecture.morph;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.Variation;
import java.util.random.RandomGenerator;

/**
 * Varies ways of morphisms. A mutation goes one step further, or back by one, or takes another last
 * step, whichever of the three there are, each as probable as the others. A crossover goes the
 * first steps of the one way and then the last of the other, whose values get a new meaning there.
 */
record MorphVariation(int mostSteps) implements Variation {

  @Override
  public Configuration mutate(SearchSpace space, Configuration parent, RandomGenerator random) {
    int steps = parent.getInt(MorphSpace.STEPS);
    int fewest = steps < mostSteps ? 0 : 1;
    int most = steps > 0 ? 3 : 1;
    return switch (fewest >= most ? 3 : fewest + random.nextInt(most - fewest)) {
      case 0 -> space.with(parent, MorphSpace.STEPS, steps + 1L, random);
      case 1 -> space.with(parent, MorphSpace.STEPS, steps - 1L, random);
      case 2 ->
          space.with(
              parent,
              MorphSpace.name(steps),
              (long) random.nextInt(MorphSpace.STEP_VALUES),
              random);
      default -> parent; // a space without steps
    };
  }

  @Override
  public Configuration crossover(
      SearchSpace space, Configuration first, Configuration second, RandomGenerator random) {
    int cut = random.nextInt(first.getInt(MorphSpace.STEPS) + 1);
    int steps = Math.max(cut, second.getInt(MorphSpace.STEPS));
    Configuration child = first.with(MorphSpace.STEPS, (long) steps);
    var values = child.toMap();
    for (int step = 1; step <= mostSteps; step++) {
      String name = MorphSpace.name(step);
      if (step > steps) {
        values.remove(name);
      } else if (step > cut) {
        values.put(name, second.get(name));
      }
    }
    return Configuration.of(values);
  }
}
