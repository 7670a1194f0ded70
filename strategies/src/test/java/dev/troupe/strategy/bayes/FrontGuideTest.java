package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.RandomHistory;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Several objectives, by {@link GpUcbStrategy}. */
class FrontGuideTest {

  private static final SearchSpace SQUARE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(FloatParameter.linear("y", 0, 1))
          .build();

  private static final List<Objective> TWO =
      List.of(Objective.minimize("loss"), Objective.maximize("speed"));

  private static Strategy strategy(SearchSpace space, List<Objective> objectives, long seed) {
    return new GpUcbProvider()
        .create(
            new StrategyRequest(
                space,
                objectives,
                RandomStreams.of(seed),
                Settings.of("strategy", Map.of("initial", 4))));
  }

  private static Configuration candidate(Suggestion suggestion) {
    return ((Suggestion.Evaluate) suggestion).candidate();
  }

  /** The front is y = 0.5 with x from 0.2 to 0.8. */
  private static Metrics metrics(Configuration at) {
    double x = at.getDouble("x");
    double y = at.getDouble("y") - 0.5;
    return Metrics.of(
        "loss", (x - 0.2) * (x - 0.2) + y * y, "speed", 1 - (x - 0.8) * (x - 0.8) - y * y);
  }

  private static EndedTrial ended(long number, Suggestion suggestion) {
    var completed = new Outcome.Completed(metrics(candidate(suggestion)));
    return new EndedTrial(TrialId.of(number), suggestion, List.of(), completed, 0);
  }

  private static void run(Strategy strategy, int trials) {
    for (int i = 1; i <= trials; i++) {
      strategy.update(List.of(ended(i, strategy.suggest(1).get(0))), List.of());
    }
  }

  @Test
  void suggest_afterSome_liesOnTheFrontAndApart() {
    Strategy strategy = strategy(SQUARE, TWO, 1);
    run(strategy, 20);
    var tenths = new HashSet<Long>();
    for (int i = 21; i <= 35; i++) {
      Suggestion suggestion = strategy.suggest(1).get(0);
      Configuration at = candidate(suggestion);
      assertThat(at.getDouble("y")).isBetween(0.4, 0.6);
      assertThat(at.getDouble("x")).isBetween(0.1, 0.9);
      tenths.add(Math.round(10 * at.getDouble("x")));
      strategy.update(List.of(ended(i, suggestion)), List.of());
    }
    assertThat(tenths).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void suggest_manyAtOnce_givesDifferentOnes() {
    Strategy strategy = strategy(SQUARE, TWO, 2);
    run(strategy, 15);
    var tenths = new HashSet<Long>();
    for (Suggestion suggestion : strategy.suggest(8)) {
      tenths.add(Math.round(10 * candidate(suggestion).getDouble("x")));
    }
    assertThat(tenths).hasSizeGreaterThanOrEqualTo(4);
  }

  @Test
  void suggest_always_explainsEachObjective() {
    Strategy strategy = strategy(SQUARE, TWO, 3);
    run(strategy, 15);
    Explanation explanation = ((Suggestion.Evaluate) strategy.suggest(1).get(0)).explanation();
    assertThat(explanation).isNotNull();
    assertThat(explanation.figures())
        .containsKeys("predicted loss", "predicted speed", "log expected hypervolume improvement");
    assertThat(explanation.figures().get("predicted speed")).isBetween(0.5, 1.1);
    assertThat(explanation.nearest()).hasSize(3);
    assertThat(explanation.lengthScales()).containsOnlyKeys("x", "y");
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 5})
  void load_afterAnyHistory_goesOnToTheLastDigit(int count) {
    List<String> metrics = List.of("a", "b", "c", "d", "e").subList(0, count);
    List<Objective> objectives = metrics.stream().map(Objective::minimize).toList();
    for (long seed = 1; seed <= 4; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      var events = new RandomHistory(seed, metrics);
      Strategy strategy = strategy(space, objectives, seed);
      for (int round = 0; round < 8; round++) {
        Strategy copy = strategy(space, objectives, seed);
        copy.load(strategy.save());
        List<Suggestion> suggestions = strategy.suggest(events.nextCount());
        assertThat(copy.suggest(suggestions.size())).isEqualTo(suggestions);
        for (Suggestion suggestion : suggestions) {
          assertThat(space.contains(candidate(suggestion))).as("seed %d", seed).isTrue();
        }
        events.start(suggestions);
        strategy.update(events.end(true), events.active());
      }
    }
  }
}
