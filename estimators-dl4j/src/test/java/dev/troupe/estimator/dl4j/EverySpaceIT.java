package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.estimator.dl4j.data.Task;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.settings.Providers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.learning.config.Adam;

/**
 * Networks of every space, built and trained for a step. How many of each and for each input is
 * told by the system property {@code troupe.samples}; for each space a line says what was counted.
 */
class EverySpaceIT {

  private static final int SAMPLES = Integer.getInteger("troupe.samples", 1);
  private static final int CLASSES = 10;
  private static final int ROWS = 2;

  static Stream<Arguments> spaces() {
    var cases = new ArrayList<Arguments>();
    for (ArchitectureSpaceProvider provider : Providers.all(ArchitectureSpaceProvider.class)) {
      for (Shape input : List.of(Shape.image(1, 8, 8), Shape.image(3, 32, 32))) {
        cases.add(Arguments.of(provider.name(), input));
      }
    }
    return cases.stream();
  }

  @ParameterizedTest
  @MethodSource("spaces")
  void samples_ofEverySpace_trainAndHaveTheCountsOfTheirArchitecture(String name, Shape input) {
    ArchitectureSpace space =
        ArchitectureSpaces.named(name, new NetworkTask(input, CLASSES), Map.of());
    RandomGenerator random = RandomStreams.of(7).stream(Kind.STRATEGY, 0, name);
    long raw = 0;
    long statistics = 0;
    long masked = 0;
    long trainable = 0;
    long multiplyAdds = 0;
    for (int i = 0; i < SAMPLES; i++) {
      Architecture architecture = space.instance(space.searchSpace().sample(random));
      ParameterAudit audit = train(architecture, random.nextInt());
      multiplyAdds += architecture.multiplyAdds();
      raw += audit.raw();
      statistics += audit.statistics();
      masked += audit.masked();
      trainable += audit.trainable();
    }
    System.out.printf(
        "%-14s %-11s %3d networks: %9d numbers = %9d trained + %7d statistics + %7d masked zeros; %12d multiply-adds%n",
        name, input, SAMPLES, raw, trainable, statistics, masked, multiplyAdds);
    assertThat(trainable + statistics + masked).isEqualTo(raw);
  }

  private static ParameterAudit train(Architecture architecture, int seed) {
    try (ArchitectureNetwork network =
        ArchitectureNetwork.of(
            architecture,
            Task.CLASSIFICATION,
            new Adam(1e-3),
            DataType.FLOAT,
            seed,
            new Random(seed))) {
      ParameterAudit audit = ParameterAudit.of(network).requireAgreement(architecture);
      MultiplyAddAudit.requireAgreement(network);
      Shape shape = architecture.inputShape();
      INDArray before = network.graph().params().dup();
      INDArray examples =
          Nd4j.rand(DataType.FLOAT, ROWS, shape.channels(), shape.height(), shape.width());
      INDArray labels = Nd4j.eye(CLASSES).getRows(0, 1).castTo(DataType.FLOAT);
      network.graph().fit(new INDArray[] {examples}, new INDArray[] {labels});
      assertThat(network.graph().score()).as("%s", architecture).isFinite();
      assertThat(network.graph().params().equals(before)).as("%s", architecture).isFalse();
      assertThat(ParameterAudit.of(network)).isEqualTo(audit);
      return audit;
    }
  }
}
