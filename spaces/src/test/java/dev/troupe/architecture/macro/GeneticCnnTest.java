package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceContract;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.WorkedExamples;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GeneticCnnTest extends ArchitectureSpaceContract {

  private static final NetworkTask DIGITS = new NetworkTask(Shape.image(1, 8, 8), 10);

  @Override
  protected String name() {
    return "genetic-cnn";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(),
        Map.of("nodes", List.of(3, 4, 5), "filters", List.of(8, 16, 32), "kernel", 5),
        Map.of("nodes", 3));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }

  private static ArchitectureSpace space(Integer... nodes) {
    return ArchitectureSpaces.named("genetic-cnn", DIGITS, Map.of("nodes", List.of(nodes)));
  }

  @Test
  void size_ofStages_countsAsInExample() {
    Config expected = WorkedExamples.expected("GCNN-1");

    assertBits(expected, "K=(3,4,5)", space(3, 4, 5));
    assertBits(expected, "K=(3,5)", space(3, 5));
    assertBits(expected, "K=(4,)", space(4));
    assertThat(space(3, 4, 5).searchSpace().size())
        .contains(BigInteger.valueOf(expected.getLong(WorkedExamples.key("genomes for (3,4,5)"))));
  }

  private static void assertBits(Config expected, String key, ArchitectureSpace space) {
    int bits = expected.getInt(WorkedExamples.key(key));
    assertThat(space.searchSpace().dimensions()).as(key).isEqualTo(bits);
    assertThat(space.searchSpace().size()).contains(BigInteger.TWO.pow(bits));
  }

  @ParameterizedTest
  @CsvSource({"GCNN-2, 1-00-111", "GCNN-3, 0-10-000-0011", "GCNN-4, 1-01-001"})
  void parse_ofCode_findsWhatExampleHas(String example, String text) {
    assertThat(WorkedExamples.example(example).getString("inputs")).contains(text);
    Config expected = WorkedExamples.expected(example);

    StageCode code = StageCode.parse(text);

    assertThat(code.edges().stream().map(StageCode.Edge::toString))
        .containsExactlyElementsOf(expected.getStringList("edges"));
    assertThat(code.sources())
        .isEqualTo(expected.getIntList(WorkedExamples.key("from input node")));
    assertThat(code.sinks()).isEqualTo(expected.getIntList(WorkedExamples.key("to output node")));
    assertThat(code.isolated())
        .isEqualTo(expected.getIntList(WorkedExamples.key("isolated (dropped)")));
  }

  @Test
  void parse_ofAnythingElse_refuses() {
    for (String text : List.of("", "1-0", "1-00-11a", "11", "1--00")) {
      assertThatThrownBy(() -> StageCode.parse(text))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("'" + text + "'")
          .hasMessageContaining("Maybe 1-01-001.");
    }
    assertThatThrownBy(() -> new StageCode(3, List.of(new StageCode.Edge(2, 2))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2->2");
  }

  private static Configuration genome(String... stages) {
    List<StageCode> codes = Arrays.stream(stages).map(StageCode::parse).toList();
    return new StageBits(codes.stream().map(StageCode::size).toList()).write(codes);
  }

  private static long convolutions(Architecture architecture) {
    return architecture.nodes().stream()
        .filter(node -> node.layer() instanceof Layer.Convolution)
        .count();
  }

  @Test
  void decode_ofStages_hasTheirConvolutionsAndSums() {
    Architecture chain = space(4).instance(genome("1-01-001"));
    Architecture none = space(4).instance(genome("0-00-000"));
    Architecture isolated = space(5).instance(genome("0-10-000-0011"));
    Architecture two = space(4, 4).instance(genome("1-00-111", "0-00-000"));

    assertThat(convolutions(chain)).isEqualTo(4 + 2);
    assertThat(chain.has("add-1")).isFalse();
    assertThat(convolutions(none)).isEqualTo(1);
    assertThat(convolutions(isolated)).isEqualTo(4 + 2);
    assertThat(isolated.inputs(isolated.index("add-1"))).hasSize(2);
    assertThat(convolutions(two)).isEqualTo(4 + 2 + 1);
    assertThat(two.inputs(two.index("add-1"))).hasSize(3);
    assertThat(two.shape("pooling-1")).isEqualTo(Shape.image(8, 4, 4));
  }

  /** There are as many networks of one stage as directed acyclic graphs without isolated nodes. */
  @Test
  void enumerate_ofStage_hasAsManyNetworksAsCanonicalCodes() {
    for (int nodes = 2; nodes <= 5; nodes++) {
      ArchitectureSpace space = space(nodes);
      var hashes = new HashSet<String>();
      var canonical = new HashSet<Configuration>();
      space
          .searchSpace()
          .enumerate()
          .forEachRemaining(
              each -> {
                hashes.add(space.instance(each).hash());
                canonical.add(space.decoder().canonical(each));
              });
      // Unlabelled acyclic digraphs of n nodes: 2, 6, 31, 302 (OEIS A003087).
      assertThat(hashes).hasSize(List.of(2, 6, 31, 302).get(nodes - 2));
      assertThat(canonical).hasSameSizeAs(hashes);
    }
  }

  @Test
  void mutate_always_flipsOneBitInTwenty() {
    SearchSpace space = space(3, 4, 5).searchSpace();
    RandomGenerator random = random("flips");
    int flipped = 0;
    for (int i = 0; i < 5000; i++) {
      Configuration parent = space.sample(random);
      Configuration child = space.mutate(parent, random);
      for (String name : space.names()) {
        flipped += parent.get(name).equals(child.get(name)) ? 0 : 1;
      }
    }
    // 95,000 bits: three standard deviations are 0.0021.
    assertThat(flipped / (5000.0 * 19)).isCloseTo(0.05, within(0.0025));
  }

  @Test
  void crossover_always_exchangesOneStageInFiveAsAWhole() {
    SearchSpace space = space(3, 4, 5).searchSpace();
    Configuration zeros = genome("0-00", "0-00-000", "0-00-000-0000");
    Configuration ones = genome("1-11", "1-11-111", "1-11-111-1111");
    var bits = new StageBits(List.of(3, 4, 5));
    RandomGenerator random = random("exchanges");
    int exchanged = 0;
    for (int i = 0; i < 5000; i++) {
      Configuration child = space.crossover(zeros, ones, random);
      for (int stage = 0; stage < 3; stage++) {
        List<Boolean> values =
            bits.names(stage).stream().map(child::getBoolean).distinct().toList();
        assertThat(values).hasSize(1);
        exchanged += values.get(0) ? 1 : 0;
      }
    }
    // 15,000 stages: three standard deviations are 0.0098.
    assertThat(exchanged / 15_000.0).isCloseTo(0.2, within(0.0098));
  }

  @Test
  void create_withFiltersForOtherStages_refuses() {
    assertThatThrownBy(
            () ->
                ArchitectureSpaces.named(
                    "genetic-cnn", DIGITS, Map.of("filters", List.of(1, 2, 3))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "architecture.filters must be one number, or one for each of the 2 stages");
  }
}
