package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.estimator.dl4j.data.Task;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import java.util.Arrays;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Sgd;

class DropPathIT {

  @BeforeAll
  static void loadNatives() {
    Natives.load();
  }

  private static StreamGenerator random() {
    return RandomStreams.of(3).stream(RandomStreams.Kind.TRIAL, 1, "drop-path");
  }

  /** Worked example DROP-1: 0.7 kept in the end, epoch 30 of 100. */
  @Test
  void probability_epochThirtyOfHundred_isAsInTheWorkedExample() {
    try (var drops = new DropPath(0.3, 100, random())) {
      drops.beginEpoch(30);

      assertThat(drops.probability()).isCloseTo(0.09, Offset.offset(1e-15));
    }
  }

  @Test
  void scale_manyExamples_dropsTheShareAndKeepsTheMean() {
    try (var drops = new DropPath(0.4, 1, random())) {
      drops.beginEpoch(1);
      int path = drops.newPath();
      drops.draw(path, 10_000);
      INDArray ones = Nd4j.ones(DataType.FLOAT, 10_000, 2);
      drops.scale(path, ones);

      float[] values = ones.data().asFloat();
      // Five deviations of a share of 0.4 among 10,000.
      assertThat(count(values, 0) / 20_000.0).isCloseTo(0.4, Offset.offset(0.025));
      assertThat(count(values, 0) + count(values, 1 / 0.6f)).isEqualTo(20_000);
      for (int i = 0; i < values.length; i += 2) {
        assertThat(values[i]).isEqualTo(values[i + 1]);
      }
    }
  }

  private static long count(float[] values, float value) {
    long count = 0;
    for (float each : values) {
      count += each == value ? 1 : 0;
    }
    return count;
  }

  @Test
  void outputs_inUse_leaveOutNothing() {
    Architecture architecture = Architectures.everything(Shape.image(1, 8, 8), 3);
    double[][] example = {new Random(2).doubles(64).toArray()};
    try (var drops = new DropPath(0.5, 1, random());
        ArchitectureNetwork dropping = network(architecture, drops);
        ArchitectureNetwork plain = network(architecture, DropPath.never())) {
      drops.beginEpoch(1);

      assertThat(dropping.outputs(example)).isDeepEqualTo(plain.outputs(example));
    }
  }

  @Test
  void feedForward_inTraining_dropsPathsOfSumsButNoSkips() {
    Architecture.Builder graph = Architecture.builder(Shape.vector(2));
    String first = graph.add(new Layer.Dense(2, false), graph.input());
    String path = graph.add(new Layer.Dense(2, false), first);
    String sum = graph.add(new Layer.Add(), path, first);
    Architecture architecture = graph.output(2, sum);
    try (var drops = new DropPath(0.5, 1, random());
        ArchitectureNetwork network = network(architecture, drops)) {
      drops.beginEpoch(1);
      double[][] examples = new double[64][2];
      for (double[] example : examples) {
        Arrays.fill(example, 1);
      }
      var values = network.graph().feedForward(new INDArray[] {network.input(examples)}, true);
      double skip = values.get(VertexNames.of(1)).getDouble(0, 0);
      double whole = values.get(VertexNames.of(2)).getDouble(0, 0);
      int dropped = 0;
      for (int row = 0; row < 64; row++) {
        double rest = values.get(VertexNames.of(3)).getDouble(row, 0) - skip;
        dropped += Math.abs(rest) < 1e-6 ? 1 : 0;
        assertThat(Math.min(Math.abs(rest), Math.abs(rest - 2 * whole))).isLessThan(1e-5);
      }
      // Half of 64, within five deviations.
      assertThat(dropped).isBetween(12, 52);
    }
  }

  private static ArchitectureNetwork network(Architecture architecture, DropPath drops) {
    return ArchitectureNetwork.of(
        architecture, Task.CLASSIFICATION, new Sgd(0.1), drops, DataType.FLOAT, 1, new Random(8));
  }

  @Test
  void load_savedState_dropsTheSame() throws Exception {
    var drops = new DropPath(0.5, 1, random());
    var other = new DropPath(0.5, 1, random());
    drops.beginEpoch(1);
    other.beginEpoch(1);
    drops.draw(0, 100);
    Saved.copy(drops, other);
    drops.draw(0, 100);
    other.draw(0, 100);
    INDArray first = Nd4j.ones(DataType.FLOAT, 100, 1);
    INDArray second = Nd4j.ones(DataType.FLOAT, 100, 1);
    drops.scale(0, first);
    other.scale(0, second);

    assertThat(first).isEqualTo(second);
    drops.close();
    other.close();
  }
}
