package dev.troupe.architecture.macro;

import dev.troupe.random.RandomStreams;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The decisions by which random graphs are drawn: a generator, its parameters, a seed.
 *
 * @param size nodes of a graph
 * @param generators some of {@link #GENERATORS}
 * @param pairs probabilities of {@code er}
 * @param links of {@code ba}
 * @param neighbours of {@code ws}
 * @param rewirings probabilities of {@code ws}
 * @param seeds how many there are
 */
record Wirings(
    int size,
    List<String> generators,
    List<Double> pairs,
    List<Integer> links,
    List<Integer> neighbours,
    List<Double> rewirings,
    int seeds) {

  /** The names of all generators. */
  static final List<String> GENERATORS = List.of("er", "ba", "ws");

  private static final String SEED = "seed";

  /** Draws a graph with every choice, so that a wrong one is refused before a study begins. */
  Wirings {
    RandomGenerator random = RandomStreams.of(0).stream(RandomStreams.Kind.STRATEGY, 0, "wiring");
    for (String generator : generators) {
      switch (generator) {
        case "er" -> pairs.forEach(p -> RandomGraph.connectedErdosRenyi(size, p, random));
        case "ba" -> links.forEach(m -> RandomGraph.barabasiAlbert(size, m, random));
        default ->
            neighbours.forEach(
                k -> rewirings.forEach(p -> RandomGraph.wattsStrogatz(size, k, p, random)));
      }
    }
  }

  private Decision<String> generator() {
    return Decision.text("generator", generators);
  }

  private Decision<Double> pair() {
    return Decision.number("pair-probability", pairs);
  }

  private Decision<Integer> link() {
    return Decision.number("links", links);
  }

  private Decision<Integer> neighbour() {
    return Decision.number("neighbours", neighbours);
  }

  private Decision<Double> rewiring() {
    return Decision.number("rewiring-probability", rewirings);
  }

  /** Returns the space of the decisions. */
  SearchSpace.Builder space() {
    SearchSpace.Builder space = SearchSpace.builder();
    generator().addTo(space);
    addTo(space, pair(), "er");
    addTo(space, link(), "ba");
    addTo(space, neighbour(), "ws");
    addTo(space, rewiring(), "ws");
    return space.add(IntParameter.linear(SEED, 0, seeds - 1));
  }

  private void addTo(SearchSpace.Builder space, Decision<?> decision, String generator) {
    if (!generators.contains(generator)) {
      return;
    }
    if (generators.size() == 1) {
      decision.addTo(space);
    } else {
      decision.addTo(space, Condition.oneOf("generator", generator));
    }
  }

  /**
   * Returns the graph of a stage; those of one configuration are drawn independently.
   *
   * @param stage from 1
   */
  RandomGraph draw(Configuration configuration, int stage) {
    RandomGenerator random =
        RandomStreams.of(configuration.getLong(SEED)).stream(
            RandomStreams.Kind.STRATEGY, stage, "wiring");
    return switch (generator().of(configuration)) {
      case "er" -> RandomGraph.connectedErdosRenyi(size, pair().of(configuration), random);
      case "ba" -> RandomGraph.barabasiAlbert(size, link().of(configuration), random);
      default ->
          RandomGraph.wattsStrogatz(
              size, neighbour().of(configuration), rewiring().of(configuration), random);
    };
  }
}
