package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Tensor;
import dev.troupe.estimator.dl4j.data.Task;
import java.util.Arrays;
import java.util.Random;
import java.util.random.RandomGenerator;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class ArchitectureNetworkIT {

  private static final Shape GRAY = Shape.image(1, 8, 8);

  @BeforeAll
  static void loadNatives() {
    Natives.load();
  }

  private static ArchitectureNetwork network(Architecture architecture, DataType type, long seed) {
    return ArchitectureNetwork.of(
        architecture, Task.CLASSIFICATION, new Sgd(0.1), type, 1, new Random(seed));
  }

  private static double[][] examples(Architecture architecture, int rows, RandomGenerator random) {
    double[][] examples = new double[rows][(int) architecture.inputShape().size()];
    for (double[] example : examples) {
      for (int i = 0; i < example.length; i++) {
        example[i] = random.nextGaussian();
      }
    }
    return examples;
  }

  /** Gives every tensor other numbers than those it begins with. */
  private static void scatter(ArchitectureNetwork network, RandomGenerator random) {
    for (var node : network.architecture().nodes()) {
      for (Tensor tensor : network.tensors().tensors(node.name())) {
        double[] values = network.tensors().read(node.name(), tensor.name());
        for (int i = 0; i < values.length; i++) {
          values[i] += 0.3 * random.nextDouble();
        }
        network.tensors().write(node.name(), tensor.name(), values);
      }
    }
  }

  private static void requireReference(Architecture architecture, DataType type, double within) {
    var random = new Random(5);
    try (ArchitectureNetwork network = network(architecture, type, 3)) {
      scatter(network, random);
      double[][] examples = examples(architecture, 3, random);
      double[][] outputs = network.outputs(examples);
      for (int row = 0; row < examples.length; row++) {
        double[] expected =
            ReferencePass.softmax(
                ReferencePass.of(architecture, network.tensors(), examples[row]));
        assertThat(outputs[row])
            .as("%s", architecture)
            .containsExactly(expected, Offset.offset(within));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void outputs_everyKindOfLayer_areThoseOfTheDefinitions(DataType type) {
    double within = type == DataType.DOUBLE ? 1e-12 : 1e-4;
    requireReference(Architectures.everything(GRAY, 10), type, within);
    requireReference(Architectures.everything(Shape.image(3, 32, 32), 10), type, within);
    requireReference(Architectures.dense(6, 3, 5), type, within);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void outputs_randomGraphs_areThoseOfTheDefinitions(DataType type) {
    double within = type == DataType.DOUBLE ? 1e-9 : 1e-3;
    for (int seed = 0; seed < 150; seed++) {
      var random = new Random(seed);
      Shape input = Shape.image(1 + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(9));
      requireReference(Architectures.random(random, input, 3, 12), type, within);
    }
  }

  @Test
  void parameters_everyKindOfLayer_areThoseOfTheArchitecture() {
    Architecture architecture = Architectures.everything(GRAY, 10);
    try (ArchitectureNetwork network = network(architecture, DataType.FLOAT, 1)) {
      assertThat(network.tensors().trainable()).isEqualTo(architecture.parameters());
      assertThat(network.tensors().maskedZeros()).isEqualTo(4 * 4 * 16 + 4 * 16);
    }
  }

  @Test
  void fit_everyKindOfLayer_followsTheSlopeOfTheLoss() {
    requireSlope(Architectures.everything(GRAY, 10, 0), new Random(1));
    requireSlope(Architectures.everything(Shape.image(3, 13, 11), 10, 0), new Random(2));
  }

  @Test
  void fit_randomGraphs_isTheSameStepInEitherPrecision() {
    for (int seed = 0; seed < 100; seed++) {
      var random = new Random(seed);
      Shape input = Shape.image(1 + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(9));
      requireSameStep(Architectures.random(random, input, 3, 12), seed);
    }
    requireSameStep(Architectures.everything(GRAY, 10, 0), 7);
    requireSameStep(Architectures.everything(Shape.image(3, 32, 32), 10, 0), 8);
  }

  private static void requireSameStep(Architecture architecture, long seed) {
    double[] exact = stepped(architecture, DataType.DOUBLE, seed);
    double[] rounded = stepped(architecture, DataType.FLOAT, seed);
    double largest = Arrays.stream(exact).map(Math::abs).max().orElseThrow();
    assertThat(rounded)
        .as("seed %d: %s", seed, architecture)
        .containsExactly(exact, Offset.offset(1e-3 * Math.max(1, largest)));
  }

  private static double[] stepped(Architecture architecture, DataType type, long seed) {
    var random = new Random(seed);
    try (ArchitectureNetwork network =
        ArchitectureNetwork.of(
            architecture, Task.CLASSIFICATION, new Sgd(1), type, 1, random)) {
      scatter(network, random);
      INDArray input = network.input(examples(architecture, 4, random));
      INDArray target = hot(4, architecture.outputs(), random).castTo(type);
      network.graph().fit(new INDArray[] {input}, new INDArray[] {target});
      return network.graph().params().dup('c').data().asDouble();
    }
  }

  private static INDArray hot(int rows, int classes, RandomGenerator random) {
    double[][] hot = new double[rows][classes];
    for (double[] row : hot) {
      row[random.nextInt(classes)] = 1;
    }
    return Nd4j.createFromArray(hot);
  }

  @Test
  void fit_randomGraphs_followsTheSlopeOfTheLoss() {
    for (int seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      Shape input = Shape.image(1 + random.nextInt(3), 1 + random.nextInt(8), 1 + random.nextInt(8));
      requireSlope(Architectures.random(random, input, 3, 12), random);
    }
  }

  private static void requireSlope(Architecture architecture, Random random) {
    var descent = new Sgd(1);
    try (ArchitectureNetwork network =
        ArchitectureNetwork.of(
            architecture, Task.CLASSIFICATION, descent, DataType.DOUBLE, 1, random)) {
      scatter(network, random);
      INDArray input = network.input(examples(architecture, 4, random));
      GradientCheck.require(network, input, hot(4, architecture.outputs(), random), random);
    }
  }
}
