package dev.troupe.architecture.morph;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** All kinds of morphisms on random networks: the function stays. */
class MorphismsTest {

  private static final int NETWORKS = 240;
  private static final double TOLERANCE = 1e-9;

  @ParameterizedTest
  @EnumSource(Morphism.Kind.class)
  void apply_ofEachKindOnRandomNetworks_keepsTheFunction(Morphism.Kind kind) {
    int applied = 0;
    double largest = 0;
    for (long seed = 1; seed <= NETWORKS; seed++) {
      for (Widen.Mode mode : Widen.Mode.values()) {
        Bounds bounds = bounds(seed).withMode(mode).withKinds(List.of(kind));
        var before = new Exactness(RandomNetworks.of(seed), seed);
        Optional<Morphed> step =
            Morphisms.sample(before.architecture(), bounds, new Random(seed * 101));
        if (step.isPresent()) {
          applied++;
          double difference = difference(before, step.get(), seed);
          assertThat(difference)
              .as("seed %d: %s of\n%s", seed, step.get().morphism(), before.architecture())
              .isLessThan(TOLERANCE);
          largest = Math.max(largest, difference);
        }
      }
    }
    System.out.printf("%s: %d applied, largest difference %.1e%n", kind.text(), applied, largest);
    assertThat(applied).as("networks with a legal %s", kind).isGreaterThan(NETWORKS);
  }

  private static Bounds bounds(long seed) {
    return Bounds.defaults()
        .withChoices(seed % 2 == 0 ? List.of(1.2, 1.5) : List.of(2.0, 2.7), List.of(1, 2, 3, 4, 5))
        .withBatchNormalization(seed % 3 > 0);
  }

  private static double difference(Exactness before, Morphed step, long seed) {
    var after = new Exactness(before.architecture(), seed);
    after.take(step);
    return Exactness.difference(before, after, seed);
  }

  @ParameterizedTest
  @EnumSource(Morphism.Kind.class)
  void growth_ofAllCandidatesOnRandomNetworks_isNotMoreThanTheyGrow(Morphism.Kind kind) {
    int exact = 0;
    int legal = 0;
    for (long seed = 1; seed <= 60; seed++) {
      Architecture before = RandomNetworks.of(seed);
      for (Morphism candidate : Candidates.of(before, bounds(seed), kind)) {
        Growth least = Growth.least(candidate, before);
        Architecture after;
        try {
          after = candidate.apply(before).architecture();
        } catch (IllegalArgumentException e) {
          continue; // not legal
        }
        long parameters = after.parameters() - before.parameters();
        assertThat(least.parameters()).as("seed %d: %s", seed, candidate).isBetween(1L, parameters);
        assertThat(least.layers()).isLessThanOrEqualTo(after.size() - before.size());
        exact += least.parameters() > 0.8 * parameters ? 1 : 0;
        legal++;
      }
    }
    assertThat(exact).as("%s that are told nearly exactly, of %d", kind, legal).isPositive();
  }

  @Test
  void apply_ofFiveInARow_keepsTheFunction() {
    var counts = new EnumMap<Morphism.Kind, Integer>(Morphism.Kind.class);
    double largest = 0;
    for (long seed = 1; seed <= NETWORKS; seed++) {
      var random = new Random(seed * 211);
      var first = new Exactness(RandomNetworks.of(seed), seed);
      var last = new Exactness(RandomNetworks.of(seed), seed);
      var steps = new StringBuilder();
      for (int i = 0; i < 5; i++) {
        Bounds bounds =
            bounds(seed).withMode(random.nextBoolean() ? Widen.Mode.SPLIT : Widen.Mode.ZERO);
        Optional<Morphed> step =
            Morphisms.sample(last.architecture(), bounds.withSize(20_000, 100), random);
        if (step.isPresent()) { // poolings alone have none
          steps.append(step.get().morphism().text()).append('\n');
          counts.merge(step.get().morphism().kind(), 1, Integer::sum);
          last.take(step.get());
        }
      }
      double difference = Exactness.difference(first, last, seed);
      assertThat(difference)
          .as("seed %d: %s of\n%s", seed, steps, first.architecture())
          .isLessThan(TOLERANCE);
      largest = Math.max(largest, difference);
    }
    System.out.printf("five in a row: %s, largest difference %.1e%n", counts, largest);
    assertThat(counts.values().stream().mapToInt(Integer::intValue).sum())
        .isGreaterThan(NETWORKS * 9 / 2);
    assertThat(counts).hasSize(Morphism.Kind.values().length);
  }

  /** Without it the tests above would prove little. */
  @Test
  void outputs_ofRandomNetworks_dependOnInputsAndWeights() {
    int alive = 0;
    for (long seed = 1; seed <= NETWORKS; seed++) {
      Architecture architecture = RandomNetworks.of(seed);
      var network = new Exactness(architecture, seed);
      double[] first = network.outputs(RandomNetworks.input(architecture, 1));
      double[] second = network.outputs(RandomNetworks.input(architecture, 2));
      alive += Math.abs(first[0] - second[0]) > 1e-6 ? 1 : 0;
      var other = new Exactness(architecture, seed + 1);
      assertThat(other.outputs(RandomNetworks.input(architecture, 1))).isNotEqualTo(first);
    }
    assertThat(alive).as("the others end in dead relus").isGreaterThan(NETWORKS * 4 / 5);
  }

  @Test
  void legal_onRandomNetworks_listsWhatKeepsTheFunctionAndTheBounds() {
    for (long seed = 1; seed <= 40; seed++) {
      Architecture architecture = RandomNetworks.of(seed);
      Bounds bounds = bounds(seed).withSize(architecture.parameters() + 40, 100);
      List<Morphism> legal = Morphisms.legal(architecture, bounds);
      assertThat(legal)
          .as("seed %d", seed)
          .doesNotHaveDuplicates()
          .isEqualTo(Morphisms.legal(RandomNetworks.of(seed), bounds));
      for (Morphism morphism : legal) {
        assertThat(morphism.apply(architecture).architecture().parameters())
            .as("seed %d: %s", seed, morphism)
            .isLessThanOrEqualTo(bounds.mostParameters());
        assertThat(
                difference(new Exactness(architecture, seed), morphism.apply(architecture), seed))
            .as("seed %d: %s", seed, morphism)
            .isLessThan(TOLERANCE);
      }
    }
  }

  @Test
  void sample_always_drawsEveryKindAboutEquallyOften() {
    Architecture architecture = RandomNetworks.of(5);
    var counts = new EnumMap<Morphism.Kind, Integer>(Morphism.Kind.class);
    var random = new Random(1);
    int draws = 1200;
    for (int i = 0; i < draws; i++) {
      Morphed drawn = Morphisms.sample(architecture, Bounds.defaults(), random).orElseThrow();
      counts.merge(drawn.morphism().kind(), 1, Integer::sum);
    }
    // Chi-squared with 5 degrees of freedom: 20.5 is exceeded once in 1,000.
    double expected = draws / (double) counts.size();
    double statistic =
        counts.values().stream().mapToDouble(n -> (n - expected) * (n - expected) / expected).sum();
    assertThat(counts).hasSize(6);
    assertThat(statistic).isLessThan(20.5);
  }

  @Test
  void sample_always_drawsWhatIsListed() {
    for (long seed = 1; seed <= 30; seed++) {
      Architecture architecture = RandomNetworks.of(seed);
      Bounds bounds = bounds(seed).withSize(2 * architecture.parameters(), 60);
      var legal = new HashSet<Morphism>(Morphisms.legal(architecture, bounds));
      Optional<Morphed> drawn = Morphisms.sample(architecture, bounds, new Random(seed));
      assertThat(drawn.isPresent()).isEqualTo(!legal.isEmpty());
      drawn.ifPresent(step -> assertThat(legal).contains(withoutSeed(step.morphism())));
    }
  }

  private static Morphism withoutSeed(Morphism morphism) {
    return morphism instanceof Widen widen ? widen.withSeed(0) : morphism;
  }

  @Test
  void sample_withoutRoom_isEmpty() {
    Architecture architecture = RandomNetworks.of(3);
    assertThat(Morphisms.sample(architecture, Bounds.defaults().withSize(1, 1000), new Random(1)))
        .isEmpty();
    assertThat(Morphisms.legal(architecture, Bounds.defaults().withSize(1, 1000))).isEmpty();
  }

  @Test
  void text_always_isReadBackAndReplayed() {
    for (long seed = 1; seed <= 40; seed++) {
      Architecture architecture = RandomNetworks.of(seed);
      Morphed step = Morphisms.sample(architecture, bounds(seed), new Random(seed)).orElseThrow();
      String text = step.morphism().text();
      assertThat(Morphism.parse(text)).isEqualTo(step.morphism());
      List<Morphed> replayed = Morphism.replay(architecture, List.of(text));
      assertThat(replayed).isEqualTo(List.of(step));
      assertThat(replayed.get(0).architecture().hash()).isEqualTo(step.architecture().hash());
    }
  }

  @Test
  void apply_always_keepsNamesAndNodes() {
    for (long seed = 1; seed <= 60; seed++) {
      Architecture before = RandomNetworks.of(seed);
      Architecture after =
          Morphisms.sample(before, bounds(seed), new Random(seed)).orElseThrow().architecture();
      assertThat(before.nodes())
          .allSatisfy(
              node ->
                  assertThat(after.node(node.name()).layer().kind())
                      .isEqualTo(node.layer().kind()));
      assertThat(after.shape(after.output())).isEqualTo(before.shape(before.output()));
    }
  }

  @Test
  void entries_ofAPlan_coverEveryTensorOnce() {
    for (long seed = 1; seed <= 60; seed++) {
      Architecture before = RandomNetworks.of(seed);
      Morphed step = Morphisms.sample(before, bounds(seed), new Random(seed)).orElseThrow();
      Map<TensorKey, double[]> weights = RandomNetworks.weights(step.architecture(), 1);
      assertThat(step.plan().entries().stream().map(WeightPlan.Entry::key))
          .containsExactlyInAnyOrderElementsOf(weights.keySet());
    }
  }
}
