package dev.troupe.strategy.bayes.morphism;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.distance.NetworkOutline;
import dev.troupe.architecture.morph.MorphSpace;
import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The candidates of a {@link MorphSpace}, alone or with other parameters. Immutable. */
final class NetworkSpace {

  /** How probably a step changes the other parameters where there are any, not the network. */
  private static final double COMPANION_SHARE = 0.25;

  private static final int HEXADECIMAL = 16;

  private final SearchSpace space;
  private final MorphSpace morphs;
  private final Companions companions;

  /**
   * Returns the candidates of a space.
   *
   * @param strategy the name of who asks, for the refusal
   * @throws IllegalArgumentException if it is not the space of morphisms
   */
  NetworkSpace(SearchSpace space, String strategy) {
    this.space = space;
    morphs = MorphSpace.required(space, strategy);
    Set<String> own = space.decoder(Architecture.class).map(Decoder::names).orElse(Set.of());
    companions = new Companions(space, own);
  }

  boolean hasCompanions() {
    return !companions.isEmpty();
  }

  /** Returns the network without morphisms, other parameters drawn at random. */
  Network start(RandomGenerator random) {
    return network(MorphSpace.withoutSteps(space, random), morphs.start(), 0, null, List.of());
  }

  /**
   * Returns the network of a candidate, in a few milliseconds.
   *
   * @param trainings how many its weights have gone through before its own
   */
  Network network(Configuration configuration, int trainings) {
    return network(configuration, morphs.apply(configuration), trainings, null, List.of());
  }

  private Network network(
      Configuration configuration,
      Architecture architecture,
      int trainings,
      @Nullable TrialId ancestor,
      List<String> morphisms) {
    long hash = Long.parseUnsignedLong(architecture.hash().substring(0, HEXADECIMAL), HEXADECIMAL);
    return new Network(
        configuration,
        architecture,
        NetworkOutline.of(architecture),
        companions.coordinates(configuration),
        hash ^ companions.values(configuration).fingerprint(),
        trainings,
        ancestor,
        morphisms);
  }

  /** Returns whether there may be a step from a network. */
  boolean hasSteps(Network network) {
    return hasCompanions() || morphs.steps(network.configuration()) < morphs.mostSteps();
  }

  /** Returns a neighbour, by a random morphism or a change of other parameters; null if none is. */
  @Nullable Network step(Network from, RandomGenerator random) {
    boolean isCompanions = hasCompanions() && random.nextDouble() < COMPANION_SHARE;
    Network next =
        isCompanions
            ? withCompanions(from, companions.mutated(from.configuration(), random))
            : morphed(from, random.nextInt(MorphSpace.STEP_VALUES));
    return next != null && space.satisfies(next.configuration()) ? next : null;
  }

  private @Nullable Network morphed(Network from, int value) {
    return morphs
        .extended(from.configuration(), from.architecture(), value)
        .map(
            longer ->
                network(
                    longer.configuration(),
                    longer.step().architecture(),
                    from.trainings(),
                    from.ancestor(),
                    from.morphismsAnd(longer.step().morphism().text())))
        .orElse(null);
  }

  /** Returns the same network with other parameters drawn anew. */
  Network redrawn(Network from, RandomGenerator random) {
    return hasCompanions()
        ? withCompanions(from, companions.redrawn(from.configuration(), random))
        : from;
  }

  private Network withCompanions(Network from, Configuration configuration) {
    return network(
        configuration, from.architecture(), from.trainings(), from.ancestor(), from.morphisms());
  }
}
