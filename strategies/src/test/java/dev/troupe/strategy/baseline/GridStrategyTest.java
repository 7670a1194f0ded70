package dev.troupe.strategy.baseline;

import static dev.troupe.strategy.baseline.WorkedExamplesTest.candidates;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.baseline.GridStrategy.Options;
import dev.troupe.strategy.baseline.GridStrategy.Order;
import dev.troupe.study.Objective;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GridStrategyTest {

  private static final RandomStreams STREAMS = RandomStreams.of(1);

  private static List<Object> levels(Parameter parameter, int count) {
    return GridLevels.of(parameter, count);
  }

  @Test
  void levels_ofNumbers_areEvenOnTheirScale() {
    assertThat(levels(FloatParameter.linear("x", -1, 1), 5))
        .containsExactly(-1.0, -0.5, 0.0, 0.5, 1.0);
    assertThat(levels(FloatParameter.log("x", 1e-5, 1e-1), 5))
        .containsExactly(1e-5, 1e-4, 1e-3, 1e-2, 1e-1);
    assertThat(levels(IntParameter.log("n", 1, 1024), 3)).containsExactly(1L, 32L, 1024L);
    assertThat(levels(IntParameter.linear("n", 0, 100), 5))
        .containsExactly(0L, 25L, 50L, 75L, 100L);
  }

  @Test
  void levels_ofSteppedNumbers_areValidSteps() {
    assertThat(levels(IntParameter.linear("n", 8, 64).withStep(8), 3))
        .containsExactly(8L, 40L, 64L);
    assertThat(levels(FloatParameter.linear("x", 0, 1).withStep(0.25), 3))
        .containsExactly(0.0, 0.5, 1.0);
    assertThat(levels(IntParameter.log("n", 1, 6), 5)).containsExactly(1L, 2L, 4L, 6L);
  }

  @Test
  void levels_ofFewValues_areAll() {
    assertThat(levels(IntParameter.linear("n", 1, 3), 5)).containsExactly(1L, 2L, 3L);
    assertThat(levels(new BooleanParameter("b"), 1)).containsExactly(false, true);
    assertThat(levels(CategoricalParameter.of("c", "x", "y", "z"), 2))
        .containsExactly("x", "y", "z");
    assertThat(levels(FloatParameter.linear("x", 2, 2), 5)).containsExactly(2.0);
  }

  @Test
  void levels_withOne_isTheMiddle() {
    assertThat(levels(FloatParameter.log("x", 1e-4, 1e-2), 1)).containsExactly(1e-3);
    assertThat(levels(IntParameter.linear("n", 0, 10), 1)).containsExactly(5L);
  }

  @ParameterizedTest
  @CsvSource({"1,40", "41,80", "81,120"})
  void grid_onRandomSpaces_hasValidDistinctPointsAsCounted(long from, long to) {
    for (long seed = from; seed <= to; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      if (!space.constraints().isEmpty()) {
        continue; // two levels may all be forbidden; the examples below have constraints
      }
      GridStrategy grid = GridStrategy.of(space, STREAMS, Options.defaults().withLevels(2));
      List<Configuration> points = candidates(grid.suggest(Integer.MAX_VALUE));
      assertThat(points).as("seed %d", seed).hasSize((int) grid.size()).doesNotHaveDuplicates();
      assertThat(points).as("seed %d", seed).allMatch(space::contains);
      assertThat(grid.suggest(1)).as("seed %d", seed).isEmpty();
    }
  }

  @Test
  void suggest_inSequence_variesLastParameterFastest() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("a", "x", "y"))
            .add(IntParameter.linear("b", 1, 2), Condition.oneOf("a", "y"))
            .add(new BooleanParameter("c"))
            .build();
    assertThat(candidates(GridStrategy.of(space, STREAMS).suggest(10)))
        .extracting(Configuration::toString)
        .containsExactly(
            "{a=x, c=false}",
            "{a=x, c=true}",
            "{a=y, b=1, c=false}",
            "{a=y, b=1, c=true}",
            "{a=y, b=2, c=false}",
            "{a=y, b=2, c=true}");
  }

  @Test
  void suggest_shuffled_isPermutationBySeed() {
    SearchSpace space = SearchSpace.builder().add(IntParameter.linear("n", 1, 100)).build();
    Options options = Options.defaults().withLevels(100);
    List<Configuration> sequential =
        candidates(GridStrategy.of(space, STREAMS, options).suggest(100));
    Options shuffled = options.withOrder(Order.SHUFFLED);
    List<Configuration> one = candidates(GridStrategy.of(space, STREAMS, shuffled).suggest(100));
    List<Configuration> other =
        candidates(GridStrategy.of(space, RandomStreams.of(2), shuffled).suggest(100));
    assertThat(one).isNotEqualTo(sequential).isNotEqualTo(other);
    assertThat(new HashSet<>(one)).isEqualTo(new HashSet<>(sequential)).hasSize(100);
    assertThat(new HashSet<>(other)).isEqualTo(new HashSet<>(sequential));
  }

  @Test
  void grid_withConstraint_leavesPointsOut() {
    SearchSpace space =
        SearchSpace.builder()
            .add(IntParameter.linear("a", 1, 3))
            .add(IntParameter.linear("b", 1, 3))
            .constraint("a < b")
            .build();
    GridStrategy grid = GridStrategy.of(space, STREAMS);
    assertThat(grid.size()).isEqualTo(3);
    assertThat(candidates(grid.suggest(10)))
        .extracting(Configuration::toString)
        .containsExactly("{a=1, b=2}", "{a=1, b=3}", "{a=2, b=3}");
  }

  @Test
  void grid_whereNoPointIsAllowed_isRefused() {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.linear("a", 0, 1))
            .constraint("a > 0.1 and a < 0.2")
            .build();
    assertThatThrownBy(() -> GridStrategy.of(space, STREAMS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Strategy 'grid': a point of the grid must obey the constraints, but none does."
                + " Maybe raise levels (5).");
  }

  @Test
  void grid_aboveLimit_isRefusedWithSizeLimitAndRemedy() {
    SearchSpace.Builder builder = SearchSpace.builder();
    for (int i = 0; i < 30; i++) {
      builder.add(FloatParameter.linear("x-" + i, 0, 1));
    }
    assertThatThrownBy(() -> GridStrategy.of(builder.build(), STREAMS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Strategy 'grid': the grid must have at most 10000 points, but has"
                + " 931322574615478515625. Maybe lower levels (5), raise limit or use the strategy"
                + " random.");
  }

  /** The product may exceed the limit as long as the points that are allowed do not. */
  @Test
  void grid_whoseConstraintLeavesFew_countsThoseOnly() {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.linear("a", 0, 1))
            .add(FloatParameter.linear("b", 0, 1))
            .constraint("a + b <= 0.1")
            .build();
    Options options = Options.defaults().withLevels(200);
    assertThat(GridStrategy.of(space, STREAMS, options).size()).isLessThan(400);
  }

  @Test
  void load_anywhere_goesOnTheSame() {
    SearchSpace space = SearchSpace.builder().add(IntParameter.linear("n", 1, 7)).build();
    for (Order order : Order.values()) {
      Options options = Options.defaults().withLevels(7).withOrder(order);
      for (int before = 0; before <= 7; before++) {
        GridStrategy original = GridStrategy.of(space, STREAMS, options);
        original.suggest(before);
        GridStrategy copy = GridStrategy.of(space, STREAMS, options);
        copy.load(original.save());
        assertThat(copy.suggest(10)).isEqualTo(original.suggest(10));
      }
    }
  }

  @Test
  void load_ofLargerGrid_isRefused() {
    SearchSpace space = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    GridStrategy large = GridStrategy.of(space, STREAMS, Options.defaults().withLevels(9));
    large.suggest(8);
    assertThatThrownBy(() -> GridStrategy.of(space, STREAMS).load(large.save()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("point 8 of 5");
  }

  @Test
  void create_withSettings_usesThem() {
    Strategy grid =
        create("levels = 2, levels-by { learning-rate = 7 }, order = shuffled, limit = 21");
    assertThat(grid.suggest(100)).hasSize(21);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          levels = 0                        | strategy.levels must be a whole number from 1 to 10000, but was 0
          levels = many                     | strategy.levels must be a whole number, but was "many"
          levels-by = 3                     | strategy.levels-by must be a block in braces, but was 3
          levels-by { learning-rat = 3 }    | Maybe 'learning-rate'.
          levels-by { learning-rate = x }   | strategy.levels-by.learning-rate must be a whole number
          levels-by { optimizer = 2 }       | 'optimizer', which is not a number
          order = random                    | strategy.order must be one of sequential, shuffled, but was 'random'
          limit = 0                         | strategy.limit must be a whole number from 1
          limit = 3                         | at most 3 points, but has 30. Maybe lower levels (5), raise limit
          level = 3                         | Maybe 'levels'.
          """)
  void create_withWrongSetting_saysWhatIsRight(String settings, String message) {
    assertThatThrownBy(() -> create(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Strategy create(String settings) {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.log("learning-rate", 1e-4, 1e-1))
            .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
            .add(FloatParameter.linear("momentum", 0, 0.9), Condition.oneOf("optimizer", "sgd"))
            .build();
    return new GridProvider()
        .create(
            new StrategyRequest(
                space,
                List.of(Objective.minimize("loss")),
                STREAMS,
                Settings.of("strategy", ConfigFactory.parseString(settings))));
  }

  @Test
  void options_outOfRange_areRefused() {
    assertThatThrownBy(() -> Options.defaults().withLevels(0)).hasMessageContaining("levels must");
    assertThatThrownBy(() -> Options.defaults().withLimit(0)).hasMessageContaining("limit must");
    assertThatThrownBy(() -> Options.defaults().withLevelsBy(Map.of("x", -1)))
        .hasMessageContaining("levels of 'x' must be from 1 to 10000, but was -1");
    assertThat(new ArrayList<>(Options.defaults().levelsBy().keySet())).isEmpty();
  }
}
