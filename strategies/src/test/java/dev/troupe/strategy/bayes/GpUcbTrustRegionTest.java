package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** {@link GpUcbStrategy} with {@code trust-region = yes}. */
class GpUcbTrustRegionTest {

  private static final int INITIAL = 3;

  /** With two and a half dimensions, as here, the region halves after four trials in vain. */
  private static final int TRIALS_OF_A_REGION = INITIAL + 7 * 4;

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(CategoricalParameter.of("word", "a", "b"))
          .add(IntParameter.linear("count", 1, 50), Condition.oneOf("word", "a"))
          .constraint("x <= 0.9")
          .build();

  private static Strategy strategy() {
    return new GpUcbProvider()
        .create(
            new StrategyRequest(
                SPACE,
                List.of(Objective.minimize("loss")),
                RandomStreams.of(7),
                Settings.of("strategy", Map.of("trust-region", "yes", "initial", INITIAL))));
  }

  private final List<Suggestion.Evaluate> suggestions = new ArrayList<>();

  private void run(Strategy strategy, int trials, ToDoubleFunction<Configuration> loss) {
    for (int i = 0; i < trials; i++) {
      var suggestion = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      suggestions.add(suggestion);
      var completed =
          new Outcome.Completed(Metrics.of("loss", loss.applyAsDouble(suggestion.candidate())));
      TrialId id = TrialId.of(suggestions.size());
      strategy.update(List.of(new EndedTrial(id, suggestion, List.of(), completed, 0)), List.of());
    }
  }

  private boolean isDesigned(int number) {
    Explanation explanation = suggestions.get(number - 1).explanation();
    return explanation != null && explanation.reason().contains("evenly spread");
  }

  @Test
  void suggest_inVain_narrowsAndStartsAgain() {
    run(strategy(), TRIALS_OF_A_REGION + INITIAL + 1, at -> 1);
    for (int i = 1; i <= suggestions.size(); i++) {
      boolean isExpected =
          i <= INITIAL || i > TRIALS_OF_A_REGION && i <= TRIALS_OF_A_REGION + INITIAL;
      assertThat(isDesigned(i)).as("trial %d", i).isEqualTo(isExpected);
    }
    assertThat(suggestions).allMatch(s -> SPACE.contains(s.candidate()));
  }

  @Test
  void suggest_withGain_findsTheLeast() {
    run(
        strategy(),
        30,
        at -> {
          double x = at.getDouble("x") - 0.62;
          double count = at.getString("word").equals("a") ? (at.getLong("count") - 17) / 50.0 : 1;
          return x * x + count * count;
        });
    Configuration last = suggestions.get(29).candidate();
    assertThat(last.getDouble("x")).isBetween(0.55, 0.69);
    assertThat(last.getString("word")).isEqualTo("a");
    assertThat(last.getLong("count")).isBetween(14L, 20L);
  }

  @Test
  void load_anyTime_goesOnToTheLastDigit() {
    Strategy strategy = strategy();
    for (int i = 0; i < TRIALS_OF_A_REGION + INITIAL + 4; i += 3) {
      Strategy copy = strategy();
      copy.load(strategy.save());
      assertThat(copy.suggest(2)).isEqualTo(strategy.suggest(2));
      Strategy next = strategy();
      next.load(copy.save());
      strategy = next;
      run(strategy, 3, at -> 1);
    }
  }
}
