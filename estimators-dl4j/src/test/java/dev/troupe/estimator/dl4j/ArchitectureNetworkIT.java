package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Tensor;
import dev.troupe.estimator.dl4j.data.Task;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
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
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.Sgd;

class ArchitectureNetworkIT {

  private static final Shape GRAY = Shape.image(1, 8, 8);
  private static final Shape COLOURED = Shape.image(3, 32, 32);

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
            ReferencePass.softmax(ReferencePass.of(architecture, network.tensors(), examples[row]));
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
    requireReference(Architectures.everything(COLOURED, 10), type, within);
    requireReference(Architectures.dense(6, 3, 5), type, within);
  }

  @ParameterizedTest
  @ValueSource(strings = {"FLOAT", "DOUBLE"})
  void outputs_randomGraphs_areThoseOfTheDefinitions(DataType type) {
    double within = type == DataType.DOUBLE ? 1e-9 : 1e-3;
    for (int seed = 0; seed < 40; seed++) {
      var random = new Random(seed);
      Shape input =
          Shape.image(1 + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(9));
      requireReference(Architectures.random(random, input, 3, 12), type, within);
    }
  }

  @Test
  void parameters_everyKindOfLayer_areThoseOfTheArchitecture() {
    Architecture gray = Architectures.everything(GRAY, 10);
    Architecture coloured = Architectures.everything(COLOURED, 10);

    // Two dilated kernels of 3 x 3 in 5 x 5: of 4 x 4 channels, and of 4 by themselves.
    assertThat(ParameterAudit.of(gray).requireAgreement(gray).masked()).isEqualTo(20 * 16);
    // Two normalisations, of 4 and of 7 channels.
    assertThat(ParameterAudit.of(coloured).requireAgreement(coloured).statistics()).isEqualTo(22);
  }

  @Test
  void parameters_randomGraphs_areThoseOfTheArchitecture() {
    for (int seed = 0; seed < 40; seed++) {
      Shape input = seed % 2 == 0 ? GRAY : COLOURED;
      Architecture architecture = Architectures.random(new Random(seed), input, 10, 12);
      ParameterAudit.of(architecture).requireAgreement(architecture);
    }
  }

  @Test
  void multiplyAdds_everyKindOfLayerAndRandomGraphs_areThoseOfTheArchitecture() {
    var all = new ArrayList<Architecture>();
    for (Shape input : List.of(GRAY, COLOURED)) {
      all.add(Architectures.everything(input, 10));
      for (int seed = 0; seed < 20; seed++) {
        all.add(Architectures.random(new Random(seed), input, 10, 12));
      }
    }
    all.add(Architectures.dense(6, 3, 5)); // 6 x 5 + 5 x 5 + 5 x 3
    long last = 0;
    for (Architecture architecture : all) {
      try (ArchitectureNetwork network = network(architecture, DataType.FLOAT, 1)) {
        last = MultiplyAddAudit.requireAgreement(network);
      }
    }
    assertThat(last).isEqualTo(70);
  }

  @Test
  void fit_dilatedKernels_keepTheirZeros() {
    for (Shape input : List.of(GRAY, COLOURED)) {
      Architecture architecture = Architectures.everything(input, 10);
      var random = new Random(4);
      try (ArchitectureNetwork network =
          ArchitectureNetwork.of(
              architecture, Task.CLASSIFICATION, new Adam(0.01), DataType.FLOAT, 1, random)) {
        double[] before = network.graph().params().dup().data().asDouble();
        for (int step = 0; step < 3; step++) {
          INDArray example = network.input(examples(architecture, 4, random));
          INDArray target = hot(4, 10, random).castTo(DataType.FLOAT);
          network.graph().fit(new INDArray[] {example}, new INDArray[] {target});
        }
        double[] after = network.graph().params().dup().data().asDouble();
        int zeros = 0;
        for (int i = 0; i < after.length; i++) {
          assertThat(after[i]).isFinite();
          zeros += before[i] == 0 && after[i] == 0 ? 1 : 0;
        }
        assertThat(zeros).isGreaterThanOrEqualTo((int) network.tensors().maskedZeros());
        assertThat(network.graph().getVertex(VertexNames.of(5)).paramTable(false).get("W").dup())
            .satisfies(kernel -> assertThat(isZeroBetweenTaps(kernel)).isTrue());
      }
    }
  }

  private static boolean isZeroBetweenTaps(INDArray kernel) {
    boolean zero = true;
    for (int row = 0; row < 5; row++) {
      for (int column = 0; column < 5; column++) {
        boolean tap = row % 2 == 0 && column % 2 == 0;
        zero &= (kernel.getDouble(0, 0, row, column) != 0) == tap;
      }
    }
    return zero;
  }

  @Test
  void write_everyTensor_isReadAsItWas() {
    Architecture architecture = Architectures.everything(GRAY, 10);
    var random = new Random(9);
    try (ArchitectureNetwork network = network(architecture, DataType.DOUBLE, 1)) {
      NetworkTensors tensors = network.tensors();
      for (var node : architecture.nodes()) {
        for (Tensor tensor : tensors.tensors(node.name())) {
          double[] values = random.doubles(tensor.size()).toArray();
          tensors.write(node.name(), tensor.name(), values);

          assertThat(tensors.read(node.name(), tensor.name())).containsExactly(values);
        }
      }
    }
  }

  @Test
  void write_whatDoesNotExistOrFit_isRefused() {
    try (ArchitectureNetwork network =
        network(Architectures.chain(GRAY, 10, 1, 2), DataType.FLOAT, 1)) {
      NetworkTensors tensors = network.tensors();

      assertThatThrownBy(() -> tensors.read("convolution-2", "weights"))
          .hasMessage("There is no layer 'convolution-2'. Maybe 'convolution-1'.");
      assertThatThrownBy(() -> tensors.read("convolution-1", "weight"))
          .hasMessage("Layer 'convolution-1' has no tensor 'weight'. Maybe 'weights'.");
      assertThatThrownBy(() -> tensors.write("output", "bias", new double[2]))
          .hasMessageStartingWith(
              "Tensor 'bias' of layer 'output' has the sides [10], so that it takes 10 numbers, but was given 2. Maybe");
    }
  }

  @Test
  void fit_everyKindOfLayer_followsTheSlopeOfTheLoss() {
    requireSlope(Architectures.everything(GRAY, 10, 0), new Random(1));
    requireSlope(Architectures.everything(Shape.image(3, 13, 11), 10, 0), new Random(2));
  }

  @Test
  void fit_randomGraphs_isTheSameStepInEitherPrecision() {
    for (int seed = 0; seed < 30; seed++) {
      var random = new Random(seed);
      Shape input =
          Shape.image(1 + random.nextInt(3), 1 + random.nextInt(9), 1 + random.nextInt(9));
      requireSameStep(Architectures.random(random, input, 3, 12), seed);
    }
    requireSameStep(Architectures.everything(GRAY, 10, 0), 7);
    requireSameStep(Architectures.everything(COLOURED, 10, 0), 8);
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
        ArchitectureNetwork.of(architecture, Task.CLASSIFICATION, new Sgd(1), type, 1, random)) {
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
    for (int seed = 0; seed < 15; seed++) {
      var random = new Random(seed);
      Shape input =
          Shape.image(1 + random.nextInt(3), 1 + random.nextInt(8), 1 + random.nextInt(8));
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
