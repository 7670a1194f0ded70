package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AutoStrategyTest {

  private static final SearchSpace PLAIN =
      SearchSpace.builder()
          .add(FloatParameter.log("rate", 1e-4, 1))
          .add(IntParameter.linear("layers", 1, 3))
          .build();

  /** 60 configurations. */
  private static final SearchSpace FINITE =
      SearchSpace.builder()
          .add(IntParameter.linear("units", 1, 20))
          .add(CategoricalParameter.of("activation", "relu", "tanh", "sigmoid"))
          .build();

  private static SearchSpace architectures(String name, Map<String, ?> settings) {
    return ArchitectureSpaces.named(name, new NetworkTask(Shape.image(1, 8, 8), 10), settings)
        .searchSpace();
  }

  private static AutoStrategy auto(SearchSpace space, StudyPlan plan) {
    return (AutoStrategy)
        new AutoProvider()
            .create(
                new StrategyRequest(
                    space,
                    List.of(Objective.minimize("loss")),
                    RandomStreams.of(7),
                    Settings.none("strategy"),
                    plan));
  }

  private static StudyPlan plan(@Nullable Long trials, int parallelism) {
    return new StudyPlan(trials, parallelism);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      textBlock =
          """
          none, 1,  gp-ucb
          100,  1,  gp-ucb
          3000, 64, gp-ucb
          3001, 1,  tpe
          none, 65, tpe
          100,  65, tpe
          """)
  void chosen_plainSpace_followsBudgetAndParallelism(
      @Nullable Long trials, int parallelism, String expected) {
    assertThat(auto(PLAIN, plan(trials, parallelism)).chosen()).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "none",
      textBlock =
          """
          none, gp-ucb
          59,   gp-ucb
          60,   grid
          9999, grid
          """)
  void chosen_finiteSpace_isGoneThroughIfTheBudgetAllows(@Nullable Long trials, String expected) {
    assertThat(auto(FINITE, plan(trials, 1)).chosen()).isEqualTo(expected);
  }

  @Test
  void chosen_architectures_dependsOnHowManyChoicesTheyTake() {
    SearchSpace small = architectures("nas-bench-201", Map.of());
    SearchSpace large = architectures("block-qnn", Map.of());
    assertThat(small.dimensions()).isLessThan(20);
    assertThat(large.dimensions()).isGreaterThan(AutoChoice.MOST_CHOICES_MODELLED);

    assertThat(auto(small, plan(50L, 1)).chosen()).isEqualTo("gp-ucb");
    assertThat(auto(large, plan(50L, 1)).chosen()).isEqualTo("regularized-evolution");
  }

  @Test
  void suggest_finiteSpace_goesThroughAllOfItInRandomOrder() {
    AutoStrategy auto = auto(FINITE, plan(60L, 1));

    List<Suggestion> all = auto.suggest(70);

    assertThat(new HashSet<>(all.stream().map(Suggestion::unexplained).toList())).hasSize(60);
    assertThat(auto.suggest(1)).isEmpty();
    assertThat(all.subList(0, 20).stream().map(AutoStrategyTest::units).distinct().count())
        .isGreaterThan(7);
  }

  private static long units(Suggestion suggestion) {
    return ((Suggestion.Evaluate) suggestion).candidate().getInt("units");
  }

  @Test
  void suggest_always_saysWhatWasChosenAndWhy() {
    var suggestion = (Suggestion.Evaluate) auto(FINITE, plan(60L, 1)).suggest(1).get(0);

    assertThat(suggestion.explanation().reason())
        .isEqualTo(
            "auto chose grid, since the budget of 60 trials is enough for all 60 configurations."
                + " It is point 1 of a grid of 60, in random order.");
  }

  @Test
  void remark_always_saysWhatWasChosenAndWhy() {
    assertThat(auto(PLAIN, plan(40L, 1)).remark())
        .contains(
            "auto chose gp-ucb, since nothing speaks against a model of 2 parameters and 40 trials.");
    assertThat(auto(PLAIN, StudyPlan.open()).reason()).endsWith("a model of 2 parameters");
  }

  /** Otherwise a study that is extended could not be taken up again. */
  @Test
  void begin_planOfTheBeginning_decidesInPlaceOfThePresentOne() {
    AutoStrategy first = auto(PLAIN, plan(40L, 1));
    AutoStrategy extended = auto(PLAIN, plan(5000L, 1));
    assertThat(extended.chosen()).isEqualTo("tpe");

    extended.begin(plan(40L, 1));

    assertThat(extended.chosen()).isEqualTo("gp-ucb");
    assertThat(extended.suggest(3)).isEqualTo(first.suggest(3));
  }

  @Test
  void load_ofAnotherChoice_goesOnWithThatOne() {
    AutoStrategy first = auto(PLAIN, plan(5000L, 1));
    var trials = new ArrayList<EndedTrial>();
    for (Suggestion suggestion : first.suggest(20)) {
      TrialId id = TrialId.of(trials.size() + 1);
      var outcome = new Outcome.Completed(Metrics.of("loss", 1.0 / id.number()));
      trials.add(new EndedTrial(id, suggestion, List.of(), outcome, 1));
    }
    first.update(trials, List.of());
    AutoStrategy other = auto(PLAIN, plan(40L, 1));

    other.load(first.save());

    assertThat(other.chosen()).isEqualTo("tpe");
    assertThat(other.reason()).isEqualTo("there may be 5000 trials");
    assertThat(other.suggest(5)).isEqualTo(first.suggest(5));
  }

  @Test
  void create_anySetting_isRefused() {
    var request =
        new StrategyRequest(
            PLAIN,
            List.of(Objective.minimize("loss")),
            RandomStreams.of(7),
            Settings.of("strategy", Map.of("acquisition", "ucb")));

    assertThatThrownBy(() -> new AutoProvider().create(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("strategy.acquisition is not a key");
  }

  /** As of a later version, or with another class path. */
  @Test
  void load_choiceThatIsNotThere_isNamed() {
    byte[] state =
        SavedState.write(
            "auto",
            1,
            out -> {
              out.writeUTF("better-still");
              out.writeUTF("it is better");
              out.writeInt(0);
            });

    assertThatThrownBy(() -> auto(PLAIN, plan(9L, 1)).load(state))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "Strategy 'auto' chose 'better-still', since it is better, which failed: There is no");
  }

  @Test
  void plan_outOfRange_isRefused() {
    assertThatThrownBy(() -> plan(0L, 1))
        .hasMessageContaining("trials must be at least 1, but was 0");
    assertThatThrownBy(() -> plan(null, 0)).hasMessageContaining("parallelism must be at least 1");
  }

  @Test
  void strategy_thatDoesNotCare_isNotDisturbedByItsPlan() {
    Strategy grid = auto(FINITE, plan(60L, 1));
    Strategy same = auto(FINITE, plan(60L, 1));
    same.begin(plan(60L, 1));

    assertThat(same.suggest(60)).isEqualTo(grid.suggest(60));
  }
}
