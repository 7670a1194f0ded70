package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.morph.Bounds;
import dev.troupe.architecture.morph.Morphed;
import dev.troupe.architecture.morph.Morphisms;
import dev.troupe.architecture.morph.RandomNetworks;
import dev.troupe.architecture.morph.TensorKey;
import dev.troupe.estimator.dl4j.data.Task;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.Sgd;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What an optimiser keeps goes along when weights are inherited. */
class OptimizerStateIT {

  private static final int EXAMPLES = 8;

  @BeforeAll
  static void loadNatives() {
    Natives.load();
    // As NativeThread does for every training: on several threads a run crashed in oneDNN.
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }

  private static ArchitectureNetwork network(Architecture architecture, IUpdater updater) {
    return ArchitectureNetwork.of(
        architecture, Task.REGRESSION, updater, DataType.FLOAT, 1, new Random(1));
  }

  private static void train(ArchitectureNetwork network, long seed, int steps) {
    var random = new Random(seed);
    Architecture architecture = network.architecture();
    for (int step = 0; step < steps; step++) {
      var examples = new double[EXAMPLES][(int) architecture.inputShape().size()];
      var targets = new double[EXAMPLES][architecture.outputs()];
      for (int i = 0; i < EXAMPLES; i++) {
        Arrays.setAll(examples[i], at -> random.nextGaussian());
        Arrays.setAll(targets[i], at -> random.nextGaussian());
      }
      INDArray target = Nd4j.createFromArray(targets).castTo(DataType.FLOAT);
      Nd4j.getRandom().setSeed(step);
      network.graph().fit(new INDArray[] {network.input(examples)}, new INDArray[] {target});
    }
  }

  private static TrainedNetwork copy(TrainedNetwork network) throws IOException {
    var bytes = new ByteArrayOutputStream();
    network.write(new DataOutputStream(bytes));
    return TrainedNetwork.read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }

  private static WeightSource parent(String... morphisms) {
    return new WeightSource.Parent(TrialId.of(1), List.of(morphisms));
  }

  @Test
  void giveTo_exactCopy_trainsOnAsTheParentWould() throws Exception {
    for (IUpdater updater : List.of(new Adam(0.01), new Nesterovs(0.01, 0.9), new Sgd(0.01))) {
      for (long seed = 1; seed <= 4; seed++) {
        Architecture architecture = RandomNetworks.of(seed);
        ArchitectureNetwork parent = network(architecture, updater);
        train(parent, seed, 5);
        ArchitectureNetwork child = network(architecture, updater.clone());
        double share = copy(TrainedNetwork.of(parent)).giveTo(child, parent(), new Random(2));

        assertThat(share).isEqualTo(1);
        train(parent, seed + 100, 3);
        train(child, seed + 100, 3);
        assertThat(child.graph().params().data().asFloat())
            .as("%s, seed %s", updater.getClass().getSimpleName(), seed)
            .isEqualTo(parent.graph().params().data().asFloat());
      }
    }
  }

  @Test
  void giveTo_byAMorphism_keepsMomentsWhereNumbersStay() throws Exception {
    for (long seed = 1; seed <= 6; seed++) {
      Architecture architecture = RandomNetworks.of(seed);
      Morphed step =
          Morphisms.sample(architecture, Bounds.defaults(), new Random(seed)).orElseThrow();
      ArchitectureNetwork parent = network(architecture, new Adam(0.01));
      train(parent, seed, 5);
      ArchitectureNetwork child = network(step.architecture(), new Adam(0.1));
      TrainedNetwork left = TrainedNetwork.of(parent);
      left.giveTo(child, parent(step.morphism().text()), new Random(2));

      OptimizerState before = left.optimizer();
      OptimizerState after = OptimizerState.of(child);
      assertThat(after.steps()).isEqualTo(5);
      for (int slot = 0; slot < 2; slot++) {
        Map<TensorKey, double[]> expected = step.plan().carry(before.slots().get(slot));
        after
            .slots()
            .get(slot)
            .forEach(
                (key, values) ->
                    assertThat(values)
                        .as("%s after %s", key, step.morphism().text())
                        .isEqualTo(expected.getOrDefault(key, new double[values.length])));
      }
      assertThat(Arrays.stream(before.slots().get(1).values().iterator().next()).sum())
          .isPositive();
    }
  }

  @Test
  void giveTo_anotherRule_keepsItsOwnState() {
    Architecture architecture = RandomNetworks.of(3);
    ArchitectureNetwork parent = network(architecture, new Adam(0.01));
    train(parent, 3, 5);
    ArchitectureNetwork child = network(architecture, new Nesterovs(0.01, 0.9));
    TrainedNetwork.of(parent).giveTo(child, parent(), new Random(2));

    OptimizerState state = OptimizerState.of(child);
    assertThat(state.steps()).isZero();
    assertThat(state.slots()).hasSize(1);
    assertThat(state.slots().get(0).values())
        .allSatisfy(values -> assertThat(values).containsOnly(0));
  }

  @Test
  void giveTo_partially_isOfWhatFitsAlone() {
    Architecture architecture = RandomNetworks.of(3);
    Morphed step = Morphisms.sample(architecture, Bounds.defaults(), new Random(5)).orElseThrow();
    ArchitectureNetwork parent = network(architecture, new Adam(0.01));
    train(parent, 3, 5);
    ArchitectureNetwork child = network(step.architecture(), new Adam(0.01));
    double share =
        TrainedNetwork.of(parent)
            .giveTo(child, new WeightSource.Partial(TrialId.of(1)), new Random(2));

    assertThat(share).isStrictlyBetween(0.0, 1.0);
  }
}
