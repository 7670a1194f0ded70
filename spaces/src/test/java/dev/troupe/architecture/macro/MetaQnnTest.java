package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceContract;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.WorkedExamples;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class MetaQnnTest extends ArchitectureSpaceContract {

  private static final Map<String, ?> PAPER =
      Map.of(
          "depth", 12,
          "filters", List.of(64, 128, 256, 512),
          "kernels", List.of(1, 3, 5),
          "pools", List.of("5/3", "3/2", "2/2"),
          "units", List.of(512, 256, 128),
          "batch-normalization", false);

  private static final ChainStep CONV = new ChainStep.Convolution(64, 3);
  private static final ChainStep HALF = new ChainStep.Pooling(2, 2);

  @Override
  protected String name() {
    return "metaqnn";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(Map.of(), PAPER, Map.of("depth", 1, "pools", "2", "most-dense", 0));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }

  private static ChainGraph graph(int side) {
    return new ChainGraph(Shape.image(3, side, side), ChainVocabulary.ofPaper());
  }

  private static ChainState walk(ChainGraph graph, ChainStep... steps) {
    ChainState state = graph.start();
    for (ChainStep step : steps) {
      state = graph.next(state, step);
    }
    return state;
  }

  private static ChainStep dense(int units) {
    return new ChainStep.Dense(units);
  }

  @Test
  void legal_ofPapersVocabulary_countsAsInExample() {
    Config expected = WorkedExamples.expected("QL-4");
    ChainGraph graph = graph(32);
    ChainState small = walk(graph, CONV, HALF, CONV, HALF, CONV);
    var many = new ChainStep[12];
    Arrays.fill(many, CONV);

    assertCount(expected, "start (32x32)", graph, graph.start());
    assertCount(expected, "conv, representation in (inf,8]", graph, walk(graph, CONV));
    assertCount(expected, "conv, representation <= 8", graph, small);
    assertThat(small.shape()).isEqualTo(Shape.image(64, 8, 8));
    assertCount(expected, "pool, representation <= 8", graph, walk(graph, CONV, HALF, CONV, HALF));
    assertCount(
        expected, "first FC of 256 (one more allowed)", graph, graph.next(small, dense(256)));
    assertCount(
        expected, "second FC", graph, graph.next(graph.next(small, dense(256)), dense(128)));
    assertCount(expected, "layer limit reached", graph, walk(graph, many));
    assertThat(graph.legal(walk(graph, many))).containsExactly(ChainStep.End.SOFTMAX);
  }

  private static void assertCount(Config expected, String key, ChainGraph graph, ChainState state) {
    assertThat(graph.legal(state)).as(key).hasSize(expected.getInt(WorkedExamples.key(key)));
  }

  @Test
  void next_byPooling_shrinksAsInExample() {
    Config expected = WorkedExamples.expected("QL-5");
    assertThat(expected.root().keySet()).hasSize(4);
    for (String key : expected.root().keySet()) {
      String[] numbers = key.split("[,()]+");
      ChainGraph graph = graph(Integer.parseInt(numbers[0]));
      var pool = new ChainStep.Pooling(Integer.parseInt(numbers[1]), Integer.parseInt(numbers[2]));

      assertThat(walk(graph, CONV, pool).shape().height())
          .as(key)
          .isEqualTo(expected.getInt(WorkedExamples.key(key)));
    }
  }

  @Test
  void legal_afterDense_isNarrowerDenseOrSoftmax() {
    ChainGraph graph = graph(8);

    assertThat(graph.legal(walk(graph, dense(256))))
        .containsExactly(dense(256), dense(128), ChainStep.End.SOFTMAX);
    assertThatThrownBy(() -> walk(graph, dense(256), dense(512)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "After '1 dense-256 1 2' a chain has no step 'dense-512': legal are [dense-256, dense-128, softmax]. Maybe 'dense-256'.");
  }

  @Test
  void legal_ofWindows_areSmallerThanPicture() {
    var graph = new ChainGraph(Shape.image(1, 4, 9), ChainVocabulary.ofPaper());

    assertThat(graph.legal(graph.start()))
        .contains(new ChainStep.Convolution(64, 3), ChainStep.End.GLOBAL_AVERAGE)
        .doesNotContain(new ChainStep.Convolution(64, 5), dense(512));
    assertThat(graph.legal(walk(graph, CONV))).contains(HALF).doesNotContain(dense(512));
    assertThat(graph.legal(walk(graph, CONV, HALF))).contains(dense(512));
  }

  @Test
  void key_ofStatesOfOneBin_isEqual() {
    ChainState ten = walk(graph(10), CONV);
    ChainState twenty = walk(graph(20), CONV);

    assertThat(ten.key()).isEqualTo(twenty.key()).isEqualTo("1 conv3x3-64 0 0");
    assertThat(ten).isNotEqualTo(twenty);
    assertThat(walk(graph(8), CONV).key()).isEqualTo("1 conv3x3-64 0 1");
    assertThat(walk(graph(4), CONV).key()).isEqualTo("1 conv3x3-64 0 2");
  }

  /**
   * Of n legal steps each is taken with a probability near to 1 / n, whatever led there: between
   * 0.4 and 2.2 times that (where steps are illegal, an end has its share of all of them alone).
   */
  @Test
  void samples_always_walkNearlyEvenly() {
    var task = new NetworkTask(Shape.image(1, 8, 8), 10);
    var provider = new MetaQnnProvider();
    var settings = Settings.none("architecture");
    ArchitectureSpace space = provider.create(task, settings);
    ChainGraph graph = provider.graph(task, settings);
    var code = new ChainCode(graph);
    var taken = new HashMap<ChainState, Map<ChainStep, Integer>>();
    RandomGenerator random = random("walks");
    for (int i = 0; i < 50_000; i++) {
      ChainState state = graph.start();
      for (ChainStep step : code.steps(space.searchSpace().sample(random))) {
        taken.computeIfAbsent(state, s -> new HashMap<>()).merge(step, 1, Integer::sum);
        state = graph.next(state, step);
      }
    }

    assertThat(taken).containsKey(graph.start());
    taken.forEach(
        (state, counts) -> {
          double all = counts.values().stream().mapToInt(Integer::intValue).sum();
          List<ChainStep> legal = graph.legal(state);
          if (all > 1000) {
            assertThat(counts.keySet()).containsExactlyInAnyOrderElementsOf(legal);
            counts.forEach(
                (step, count) ->
                    assertThat(count / all * legal.size())
                        .as("%s after %s", step.text(), state)
                        .isBetween(0.4, 2.2));
          }
        });
  }

  @Test
  void decode_ofChain_buildsItsLayers() {
    ArchitectureSpace space =
        ArchitectureSpaces.named("metaqnn", new NetworkTask(Shape.image(1, 8, 8), 10), Map.of());

    Architecture architecture =
        space.instance(
            Configuration.of(
                Map.of(
                    "layer-1", "conv3x3-16",
                    "layer-2", "pool2x2-2",
                    "layer-3", "dense-32",
                    "layer-4", "softmax")));

    assertThat(architecture.nodes().stream().map(node -> node.layer().label()))
        .containsExactly(
            "input 1 x 8 x 8",
            "conv 3x3, 16",
            "batch norm",
            "relu",
            "max pool 2x2/2 inside",
            "flatten",
            "dense 32",
            "relu",
            "output 10");
  }

  @Test
  void canonical_ofIllegalSteps_namesTheLegalOnes() {
    ArchitectureSpace space =
        ArchitectureSpaces.named("metaqnn", new NetworkTask(Shape.image(1, 8, 8), 10), Map.of());
    Configuration wider =
        Configuration.of(
            Map.of(
                "layer-1", "dense-32",
                "layer-2", "conv5x5-16",
                "layer-3", "global-average"));

    Configuration canonical = space.decoder().canonical(wider);

    assertThat(canonical.names()).containsExactly("layer-1", "layer-2");
    assertThat(canonical.getString("layer-1")).isEqualTo("dense-32");
    assertThat(Set.of("dense-32", "softmax")).contains(canonical.getString("layer-2"));
  }

  @Test
  void enumerate_ofShallowChains_countsDistinctNetworks() {
    var task = new NetworkTask(Shape.image(1, 8, 8), 10);
    ArchitectureSpace space =
        ArchitectureSpaces.named(
            "metaqnn", task, Map.of("depth", 2, "filters", 8, "kernels", 3, "units", 16));
    var distinct = new HashSet<String>();
    space
        .searchSpace()
        .enumerate()
        .forEachRemaining(each -> distinct.add(space.instance(each).hash()));

    // From the start: conv, dense, two ends. After conv: conv, two pools, dense, two ends; after
    // dense: dense or softmax. Two layers are followed by the softmax.
    assertThat(distinct).hasSize(2 + 6 + 2);
  }

  @Test
  void create_withPoolsThatAreNone_refuses() {
    var task = new NetworkTask(Shape.image(1, 8, 8), 10);
    for (Object pools : List.of("3/2/1", "a", "0/1", "3/x")) {
      assertThatThrownBy(() -> ArchitectureSpaces.named("metaqnn", task, Map.of("pools", pools)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("architecture.pools must be a list of size/stride")
          .hasMessageContaining(pools.toString());
    }
    assertThatThrownBy(
            () -> ArchitectureSpaces.named("metaqnn", task, Map.of("bins", List.of(4, 8))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must descend");
  }

  @Test
  void network_withoutNormalization_hasBiasesInstead() {
    ArchitectureSpace space =
        ArchitectureSpaces.named("metaqnn", new NetworkTask(Shape.image(3, 32, 32), 10), PAPER);
    RandomGenerator random = random("plain");
    for (int i = 0; i < 100; i++) {
      Architecture architecture = space.instance(space.searchSpace().sample(random));
      architecture
          .nodes()
          .forEach(
              node -> {
                assertThat(node.layer()).isNotInstanceOf(Layer.BatchNormalization.class);
                assertThat(!(node.layer() instanceof Layer.Biased biased) || biased.bias())
                    .isTrue();
              });
    }
  }
}
