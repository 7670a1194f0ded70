package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Tensor;
import dev.troupe.estimator.dl4j.data.Task;
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
      double[][] hot = new double[4][architecture.outputs()];
      for (double[] row : hot) {
        row[random.nextInt(row.length)] = 1;
      }
      GradientCheck.require(network, input, Nd4j.createFromArray(hot), random);
    }
  }
}
