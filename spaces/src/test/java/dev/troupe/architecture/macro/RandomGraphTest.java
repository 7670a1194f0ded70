package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import dev.troupe.architecture.WorkedExamples;
import dev.troupe.random.RandomStreams;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class RandomGraphTest {

  private static void assertIsExample(RandomGraph graph, String example) {
    Config expected = WorkedExamples.expected(example);
    assertThat(graph.edges().stream().map(Object::toString).collect(Collectors.joining(" ")))
        .isEqualTo(expected.getString("edges"));
    assertThat(graph.edges()).hasSize(expected.getInt("count"));
    assertThat(graph.sources()).isEqualTo(expected.getIntList("sources"));
    assertThat(graph.sinks()).isEqualTo(expected.getIntList("sinks"));
  }

  /** The generator of the examples is the JDK's, which draws as they say. */
  @Test
  void javaRandom_always_drawsAsInExample() {
    Config expected = WorkedExamples.expected("RNG-1");
    var integers = new Random(42);
    var digits = new Random(42);
    var doubles = new Random(42);
    var gaussians = new Random(42);

    assertThat(List.of(integers.nextInt(), integers.nextInt()))
        .isEqualTo(expected.getIntList(WorkedExamples.key("nextInt() x2")));
    for (int digit : expected.getIntList(WorkedExamples.key("nextInt(10) x6"))) {
      assertThat(digits.nextInt(10)).isEqualTo(digit);
    }
    for (double value : expected.getDoubleList(WorkedExamples.key("nextDouble() x3"))) {
      assertThat(doubles.nextDouble()).isCloseTo(value, within(1e-9));
    }
    for (double value : expected.getDoubleList(WorkedExamples.key("nextGaussian() x3"))) {
      assertThat(gaussians.nextGaussian()).isCloseTo(value, within(1e-9));
    }
  }

  @Test
  void wattsStrogatz_ofExample_hasItsEdges() {
    assertIsExample(RandomGraph.wattsStrogatz(8, 4, 0.75, new Random(42)), "RW-1");
  }

  @Test
  void erdosRenyi_ofExample_hasItsEdges() {
    assertIsExample(RandomGraph.erdosRenyi(8, 0.3, new Random(42)), "RW-2");
  }

  @Test
  void barabasiAlbert_ofExample_hasItsEdges() {
    assertIsExample(RandomGraph.barabasiAlbert(8, 2, new Random(42)), "RW-3");
  }

  @Test
  void generators_always_keepInvariantsOfExample() {
    Config expected = WorkedExamples.expected("RW-4");
    double edges = 0;
    for (int seed = 0; seed < 1000; seed++) {
      RandomGenerator random = random(seed);
      assertThat(RandomGraph.wattsStrogatz(32, 4, 0.75, random).edges())
          .hasSize(expected.getInt(WorkedExamples.key("WS edges n*k/2 for (32,4)")));
      assertThat(RandomGraph.barabasiAlbert(32, 5, random).edges())
          .hasSize(expected.getInt(WorkedExamples.key("BA edges m(n-m) for (32,5)")));
      edges += RandomGraph.erdosRenyi(32, 0.2, random).edges().size();
    }
    // The deviation of a count is 8.9: three deviations of the mean of 1,000 are 0.85.
    assertThat(edges / 1000)
        .isCloseTo(
            expected.getDouble(WorkedExamples.key("ER expected edges (32,.2)")), within(0.85));
    assertThat(RandomGraph.connectivityThreshold(32))
        .isCloseTo(
            expected.getDouble(WorkedExamples.key("ER connectivity threshold ln n/n (32)")),
            within(1e-9));
  }

  private static RandomGenerator random(long seed) {
    return RandomStreams.of(seed).stream(RandomStreams.Kind.STRATEGY, 0, "graph");
  }

  @Test
  void connectedErdosRenyi_always_isConnectedAndTheFirstThatIs() {
    for (int seed = 0; seed < 200; seed++) {
      RandomGenerator again = random(seed);
      RandomGraph drawn = RandomGraph.connectedErdosRenyi(8, 0.3, random(seed));

      RandomGraph first = RandomGraph.erdosRenyi(8, 0.3, again);
      while (!first.isConnected()) {
        first = RandomGraph.erdosRenyi(8, 0.3, again);
      }
      assertThat(drawn).isEqualTo(first);
      assertThat(drawn.isConnected()).isTrue();
    }
    assertThat(RandomGraph.erdosRenyi(8, 0.3, new Random(42)).isConnected()).isFalse();
  }

  @Test
  void generators_givenWrongParameters_sayWhichAndWhatHelps() {
    RandomGenerator random = random(0);
    assertRefused(() -> RandomGraph.erdosRenyi(8, 1.5, random), "probability", "1.5");
    assertRefused(() -> RandomGraph.erdosRenyi(8, Double.NaN, random), "probability", "NaN");
    assertRefused(() -> RandomGraph.connectedErdosRenyi(8, 0.2, random), "ln n / n", "Maybe 0.26");
    assertRefused(() -> RandomGraph.barabasiAlbert(8, 8, random), "links", "8 nodes");
    assertRefused(() -> RandomGraph.wattsStrogatz(8, 3, 0.5, random), "neighbours", "was 3");
    assertRefused(() -> RandomGraph.wattsStrogatz(8, 8, 0.5, random), "neighbours", "was 8");
    assertRefused(() -> new RandomGraph(0, List.of()), "size", "was 0");
    assertRefused(() -> new RandomGraph(2, List.of(new RandomGraph.Edge(1, 0))), "edge", "was 1-0");
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe")
        .hasMessageContainingAll(parts);
  }
}
