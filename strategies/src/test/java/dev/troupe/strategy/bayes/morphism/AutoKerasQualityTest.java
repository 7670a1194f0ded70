package dev.troupe.strategy.bayes.morphism;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.distance.EditDistance;
import dev.troupe.architecture.distance.NetworkOutline;
import dev.troupe.architecture.morph.MorphSpace;
import dev.troupe.architecture.morph.Morphisms;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.evolution.RandomMorphismStrategy;
import dev.troupe.study.Objective;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;
import org.junit.jupiter.api.Test;

/** It has to find networks near a hidden one faster than chains of random morphisms come there. */
class AutoKerasQualityTest {

  private static final int SEEDS = 10;
  private static final int TRIALS = 30;
  private static final int TARGET_STEPS = 4;
  private static final double NOISE = 0.1;

  private final SearchSpace space =
      ArchitectureSpaces.named(
              "morphs", new NetworkTask(Shape.image(1, 8, 8), 10), Map.of("steps", 8))
          .searchSpace();

  /** The edit distance from a network that is some morphisms away from the start, with noise. */
  private ToDoubleFunction<Architecture> distance(long seed, double noise) {
    var random = new Random(seed);
    MorphSpace morphs = MorphSpace.behind(space).orElseThrow();
    Architecture target = morphs.start();
    for (int step = 0; step < TARGET_STEPS; step++) {
      target = Morphisms.sample(target, morphs.bounds(), random).orElseThrow().architecture();
    }
    NetworkOutline outline = NetworkOutline.of(target);
    return network ->
        EditDistance.standard().between(outline, NetworkOutline.of(network))
            + noise * random.nextGaussian();
  }

  private double least(Strategy strategy, long seed) {
    Study study = new Study(strategy, space, distance(seed, NOISE));
    study.run(TRIALS);
    ToDoubleFunction<Architecture> exact = distance(seed, 0);
    return study.trials().keySet().stream()
        .mapToDouble(trial -> exact.applyAsDouble(study.network(trial)))
        .min()
        .orElseThrow();
  }

  @Test
  void suggest_distanceToAHiddenNetwork_beatsRandomMorphisms() {
    AutoKerasOptions options = AutoKerasOptions.defaults();
    var ours = new double[SEEDS];
    var random = new double[SEEDS];
    for (int seed = 1; seed <= SEEDS; seed++) {
      RandomStreams streams = RandomStreams.of(seed);
      ours[seed - 1] =
          least(
              new AutoKerasStrategy(space, List.of(Objective.minimize("loss")), streams, options),
              seed);
      random[seed - 1] = least(RandomMorphismStrategy.of(space, streams), seed);
    }
    double difference = 0;
    for (int i = 0; i < SEEDS; i++) {
      difference += (random[i] - ours[i]) / SEEDS;
    }
    assertThat(difference).as("mean lead, in edited layers").isPositive();
    // Two-sided: ten seeds that all agree give 0.002.
    assertThat(new WilcoxonSignedRankTest().wilcoxonSignedRankTest(ours, random, true))
        .as("chance of such a lead; mean lead %s", difference)
        .isLessThan(0.05);
  }
}
