package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** With how many evenly spread points a search begins. */
class GpUcbDesignTest {

  private static final int MOST = 100;

  private static final SearchSpace SPACE = space();

  private static SearchSpace space() {
    SearchSpace.Builder builder = SearchSpace.builder();
    for (int i = 1; i <= 6; i++) {
      builder.add(FloatParameter.linear("x" + i, 0, 1));
    }
    return builder.build();
  }

  private static Strategy strategy(StudyPlan plan, Map<String, ?> settings) {
    return new GpUcbProvider()
        .create(
            new StrategyRequest(
                SPACE,
                List.of(Objective.minimize("loss")),
                RandomStreams.of(1),
                Settings.of("strategy", settings),
                plan,
                List.of()));
  }

  private static StudyPlan plan(@Nullable Long trials, int parallelism) {
    return new StudyPlan(trials, parallelism);
  }

  /** Returns how many suggestions come before the first that a model explains. */
  private static int designed(Strategy strategy) {
    for (int number = 1; number <= MOST; number++) {
      var next = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      if (next.explanation() != null && !next.explanation().figures().isEmpty()) {
        return number - 1;
      }
      strategy.update(List.of(ended(number, next)), List.of());
    }
    return MOST;
  }

  private static EndedTrial ended(int number, Suggestion.Evaluate suggestion) {
    var metrics = Metrics.of("loss", sum(suggestion.candidate()));
    return new EndedTrial(
        TrialId.of(number), suggestion, List.of(), new Outcome.Completed(metrics), 0);
  }

  private static double sum(Configuration at) {
    return IntStream.rangeClosed(1, 6).mapToDouble(i -> at.getDouble("x" + i)).sum();
  }

  @ParameterizedTest
  @CsvSource({", 1, 7", ", 2, 7", ", 4, 12", ", 16, 48", ", 500, 48", "100, 16, 30", "10, 16, 7"})
  void suggest_forManyWorkers_beginsWithMoreOfTheDesign(
      @Nullable Long trials, int parallelism, int expected) {
    assertThat(designed(strategy(plan(trials, parallelism), Map.of()))).isEqualTo(expected);
  }

  @Test
  void suggest_withANumberSet_keepsToIt() {
    assertThat(designed(strategy(plan(null, 16), Map.of("initial", 9)))).isEqualTo(9);
  }

  @Test
  void begin_withTheFirstPlan_goesByThatOne() {
    Strategy strategy = strategy(plan(null, 1), Map.of());
    strategy.begin(plan(null, 16));
    assertThat(designed(strategy)).isEqualTo(48);
  }

  @Test
  void load_underAnotherPlan_goesOnAsSaved() {
    Strategy strategy = strategy(plan(null, 1), Map.of());
    strategy.load(strategy(plan(null, 16), Map.of()).save());
    assertThat(designed(strategy)).isEqualTo(48);
  }
}
