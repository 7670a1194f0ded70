package dev.troupe.strategy.baseline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The baselines on examples that were worked out independently. */
class WorkedExamplesTest {

  /** The examples give ten digits. */
  private static final Offset<Double> TEN_DIGITS = within(1e-9);

  private static final Config EXAMPLES =
      ConfigFactory.parseResources(WorkedExamplesTest.class, "worked-examples.conf");

  @Test
  void grid_withConditionalWidth_multipliesOnlyItsBranch() {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.log("lr", 1e-4, 1e-1))
            .add(FloatParameter.linear("momentum", 0, 0.9))
            .add(CategoricalParameter.of("act", "relu", "tanh"))
            .add(IntParameter.linear("hidden", 1, 2))
            .add(CategoricalParameter.of("width2", 16, 32), Condition.oneOf("hidden", 2))
            .build();
    GridStrategy grid =
        GridStrategy.of(
            space,
            RandomStreams.of(1),
            GridStrategy.Options.defaults().withLevelsBy(Map.of("lr", 4, "momentum", 3)));

    List<Configuration> points = candidates(grid.suggest(1000));

    Config example = EXAMPLES.getConfig("grid-1");
    assertThat(points).hasSize(example.getInt("points")).doesNotHaveDuplicates();
    assertThat(points.stream().map(p -> p.getDouble("lr")).distinct())
        .containsExactlyElementsOf(example.getDoubleList("lr"));
    assertThat(points.stream().map(p -> p.getDouble("momentum")).distinct())
        .containsExactlyElementsOf(example.getDoubleList("momentum"));
  }

  @Test
  void decode_ofJavaRandom_drawsAsInExample() {
    Config example = EXAMPLES.getConfig("rand-1");
    var random = new Random(1);
    for (int i = 0; i < 3; i++) {
      double u = random.nextDouble();
      assertThat(u).isEqualTo(example.getDoubleList("u").get(i), TEN_DIGITS);
      assertThat((Double) FloatParameter.log("x", 1e-4, 1e-1).decode(u))
          .isEqualTo(example.getDoubleList("log-uniform").get(i), TEN_DIGITS);
      assertThat(IntParameter.linear("k", 1, 8).decode(u))
          .isEqualTo(example.getLongList("int").get(i));
    }
  }

  /** Sixty draws of the strategy itself hit the best twentieth as often as the law says. */
  @Test
  void random_withSixtyDraws_hitsBestTwentiethAsOftenAsStated() {
    Config example = EXAMPLES.getConfig("rand-2");
    double probability = example.getDouble("probability");
    assertThat(1 - StrictMath.pow(0.95, 60)).isEqualTo(probability, TEN_DIGITS);
    assertThat(1 - StrictMath.pow(0.95, example.getInt("draws"))).isGreaterThanOrEqualTo(0.95);
    assertThat(1 - StrictMath.pow(0.95, example.getInt("draws") - 1)).isLessThan(0.95);

    SearchSpace space = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    int repeats = 4000;
    int hits = 0;
    for (long seed = 0; seed < repeats; seed++) {
      List<Configuration> drawn =
          candidates(RandomStrategy.of(space, RandomStreams.of(seed)).suggest(60));
      hits += drawn.stream().anyMatch(c -> c.getDouble("x") >= 0.95) ? 1 : 0;
    }
    // Four standard deviations of a binomial share: a correct strategy fails once in 16,000 seeds.
    double deviation = Math.sqrt(probability * (1 - probability) / repeats);
    assertThat((double) hits / repeats).isEqualTo(probability, within(4 * deviation));
  }

  @Test
  void halton_plain_givesPointsOfExample() {
    Config example = EXAMPLES.getConfig("halton-1");
    Halton sequence = Halton.plain(2);
    for (int i = 1; i <= 5; i++) {
      assertThat(sequence.point(i))
          .containsExactly(
              new double[] {
                example.getDoubleList("base2").get(i - 1), example.getDoubleList("base3").get(i - 1)
              },
              TEN_DIGITS);
    }
  }

  @Test
  void quasiRandom_plain_beginsWithPointOne() {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.linear("x", 0, 1))
            .add(FloatParameter.linear("y", 0, 1))
            .build();
    List<Configuration> points =
        candidates(QuasiRandomStrategy.plain(space, RandomStreams.of(7)).suggest(5));
    assertThat(points)
        .extracting(p -> p.getDouble("x"))
        .containsExactlyElementsOf(EXAMPLES.getDoubleList("halton-1.base2"));
  }

  static List<Configuration> candidates(List<Suggestion> suggestions) {
    return suggestions.stream().map(s -> ((Suggestion.Evaluate) s).candidate()).toList();
  }
}
