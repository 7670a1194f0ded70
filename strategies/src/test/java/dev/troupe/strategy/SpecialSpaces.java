package dev.troupe.strategy;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import java.util.List;
import java.util.Map;

/** Random spaces for each strategy: of its own kind where it takes no others. */
final class SpecialSpaces {

  private SpecialSpaces() {}

  static SearchSpace of(String strategy, long seed) {
    return List.of("autokeras", "random-morphism").contains(strategy)
        ? morphs(seed)
        : RandomSpaces.of(seed);
  }

  /** Ways of up to four morphisms, each third with a hyperparameter beside them. */
  private static SearchSpace morphs(long seed) {
    ArchitectureSpace space =
        ArchitectureSpaces.named(
            "morphs",
            new NetworkTask(
                seed % 2 == 0 ? Shape.vector(4) : Shape.image(1, 8, 8), 2 + (int) (seed % 3)),
            Map.of("steps", 1 + seed % 4, "filters", 2, "blocks", 1));
    return seed % 3 > 0
        ? space.searchSpace()
        : space.joinedWith(
            SearchSpace.builder().add(FloatParameter.log("learning-rate", 1e-4, 1)).build());
  }
}
