package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.morph.Bounds;
import dev.troupe.architecture.morph.Morphed;
import dev.troupe.architecture.morph.Morphism;
import dev.troupe.architecture.morph.Morphisms;
import dev.troupe.architecture.morph.RandomNetworks;
import dev.troupe.architecture.morph.SymmetryNoise;
import dev.troupe.architecture.morph.TensorKey;
import dev.troupe.architecture.morph.Widen;
import dev.troupe.estimator.dl4j.data.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.learning.config.Sgd;

/** Morphisms on networks of Deeplearning4j: what they put out stays. */
class MorphismTransferIT {

  /** So many networks are changed by each kind; a system property asks for more. */
  private static final int NETWORKS = Integer.getInteger("troupe.networks", 20);

  private static final int KINDS = Morphism.Kind.values().length + 1;
  private static final int EXAMPLES = 3;

  @BeforeAll
  static void loadNatives() {
    Natives.load();
  }

  /**
   * A regression, so that no softmax hides differences. The thousands of small networks here are
   * left to the collector of garbage: closing one runs it each time.
   */
  private static ArchitectureNetwork network(Architecture architecture, DataType type) {
    return ArchitectureNetwork.of(
        architecture, Task.REGRESSION, new Sgd(0.1), type, 1, new Random(1));
  }

  private static double[][] examples(Architecture architecture, long seed) {
    var random = new Random(seed);
    var examples = new double[EXAMPLES][(int) architecture.inputShape().size()];
    for (double[] example : examples) {
      Arrays.setAll(example, i -> random.nextGaussian());
    }
    return examples;
  }

  /** Two thirds with all that makes morphisms hard, the rest with every kind of layer there is. */
  private static Architecture architecture(long seed) {
    if (seed % 3 > 0) {
      return RandomNetworks.of(seed);
    }
    var random = new Random(seed);
    Shape shape = Shape.image(1 + random.nextInt(3), 4 + random.nextInt(5), 4 + random.nextInt(5));
    return Architectures.random(random, shape, 3, 10);
  }

  private static Bounds bounds(long seed) {
    return Bounds.defaults()
        .withChoices(List.of(1.5, 2.0), List.of(1, 2, 3, 5))
        .withMode(seed % 2 == 0 ? Widen.Mode.SPLIT : Widen.Mode.ZERO)
        .withBatchNormalization(seed % 5 > 0)
        .withSize(100_000, 200);
  }

  /** The largest differences, absolute and as a share of the largest output. */
  private static final class Differences {

    private int networks;
    private double absolute;
    private double relative;

    private void add(double[][] before, double[][] after) {
      networks++;
      double largest = 0;
      double difference = 0;
      for (int row = 0; row < before.length; row++) {
        for (int i = 0; i < before[row].length; i++) {
          assertThat(after[row][i]).isFinite();
          largest = Math.max(largest, Math.abs(before[row][i]));
          difference = Math.max(difference, Math.abs(before[row][i] - after[row][i]));
        }
      }
      absolute = Math.max(absolute, difference);
      relative = Math.max(relative, difference == 0 ? 0 : difference / largest);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = DataType.class,
      names = {"DOUBLE", "FLOAT"})
  void transfer_everyKindOnRandomNetworks_keepsTheOutputs(DataType type) {
    var differences = new TreeMap<String, Differences>();
    for (long seed = 1; !isEnough(differences); seed++) {
      Architecture architecture = architecture(seed);
      double[][] examples = examples(architecture, seed);
      ArchitectureNetwork parent = network(architecture, type);
      RandomNetworks.weights(architecture, seed)
          .forEach((key, values) -> parent.tensors().write(key.node(), key.tensor(), values));
      double[][] before = parent.outputs(examples);
      Map<TensorKey, double[]> weights = MorphismTransfer.weights(parent);
      for (Map.Entry<String, List<Morphed>> way : ways(architecture, seed).entrySet()) {
        Differences found = differences.computeIfAbsent(way.getKey(), kind -> new Differences());
        if (found.networks < NETWORKS) {
          found.add(before, after(architecture, weights, way.getValue(), type, examples));
        }
      }
    }
    differences.forEach(
        (kind, found) -> {
          System.out.printf(
              "%s %s: %d networks, largest difference %.1e, %.1e of the largest output%n",
              type, kind, found.networks, found.absolute, found.relative);
          if (type == DataType.DOUBLE) {
            assertThat(found.absolute).as(kind).isLessThan(1e-9);
          } else {
            assertThat(found.relative).as(kind).isLessThan(1e-4);
          }
        });
  }

  private static boolean isEnough(Map<String, Differences> differences) {
    return differences.size() == KINDS
        && differences.values().stream().allMatch(found -> found.networks == NETWORKS);
  }

  /** Returns one step of each kind, and one way of five steps. */
  private static Map<String, List<Morphed>> ways(Architecture architecture, long seed) {
    var ways = new TreeMap<String, List<Morphed>>();
    var random = new Random(seed);
    for (Morphism.Kind kind : Morphism.Kind.values()) {
      Morphisms.sample(architecture, bounds(seed).withKinds(List.of(kind)), random)
          .ifPresent(step -> ways.put(kind.text(), List.of(step)));
    }
    var five = new ArrayList<Morphed>();
    Architecture current = architecture;
    for (int i = 0; i < 5; i++) {
      Optional<Morphed> step = Morphisms.sample(current, bounds(seed), random);
      if (step.isPresent()) {
        five.add(step.get());
        current = step.get().architecture();
      }
    }
    if (!five.isEmpty()) {
      ways.put("five in a row", five);
    }
    return ways;
  }

  private static double[][] after(
      Architecture parent,
      Map<TensorKey, double[]> weights,
      List<Morphed> way,
      DataType type,
      double[][] examples) {
    List<String> texts = way.stream().map(step -> step.morphism().text()).toList();
    ArchitectureNetwork child = network(way.get(way.size() - 1).architecture(), type);
    MorphismTransfer.transfer(child, parent, weights, texts, SymmetryNoise.none(), new Random(3));
    return child.outputs(examples);
  }

  @Test
  void transfer_withoutMorphism_isACopy() {
    Architecture architecture = RandomNetworks.of(2);
    try (ArchitectureNetwork parent = network(architecture, DataType.FLOAT);
        ArchitectureNetwork child = network(architecture, DataType.FLOAT)) {
      RandomNetworks.weights(architecture, 1)
          .forEach((key, values) -> parent.tensors().write(key.node(), key.tensor(), values));
      MorphismTransfer.transfer(
          child,
          architecture,
          MorphismTransfer.weights(parent),
          List.of(),
          SymmetryNoise.standard(),
          new Random(1));
      assertThat(child.graph().params()).isEqualTo(parent.graph().params());
    }
  }

  @Test
  void transfer_toAnotherArchitecture_isRefused() {
    Architecture architecture = RandomNetworks.of(2);
    try (ArchitectureNetwork parent = network(architecture, DataType.FLOAT);
        ArchitectureNetwork other = network(RandomNetworks.of(3), DataType.FLOAT)) {
      Map<TensorKey, double[]> weights = MorphismTransfer.weights(parent);
      assertThatThrownBy(
              () ->
                  MorphismTransfer.transfer(
                      other, architecture, weights, List.of(), SymmetryNoise.none(), new Random(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Maybe the parent is another trial");
      assertThatThrownBy(
              () ->
                  MorphismTransfer.transfer(
                      parent,
                      architecture,
                      Map.of(),
                      List.of(),
                      SymmetryNoise.none(),
                      new Random(1)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Maybe they are of another network");
    }
  }
}
