package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Explanation.Neighbour;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GpUcbExplanationTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("matters", 0, 1))
          .add(FloatParameter.linear("idle", 0, 1))
          .add(CategoricalParameter.of("word", "a", "b"))
          .add(CategoricalParameter.of("only", "one"))
          .build();

  private final List<Suggestion.Evaluate> suggestions = new ArrayList<>();

  private static double accuracy(Configuration at) {
    double distance = at.getDouble("matters") - 0.3;
    return 0.9 - distance * distance - (at.getString("word").equals("a") ? 0 : 0.1);
  }

  private void run(int trials, Objective objective) {
    Strategy strategy =
        new GpUcbProvider()
            .create(
                new StrategyRequest(
                    SPACE,
                    List.of(objective),
                    RandomStreams.of(3),
                    Settings.of("strategy", Map.of("initial", 5))));
    for (int i = 1; i <= trials; i++) {
      var suggestion = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      suggestions.add(suggestion);
      double value = accuracy(suggestion.candidate());
      var completed = new Outcome.Completed(Metrics.of("accuracy", value, "loss", -value));
      strategy.update(
          List.of(new EndedTrial(TrialId.of(i), suggestion, List.of(), completed, 0)), List.of());
    }
  }

  private Explanation explanation(int number) {
    Explanation explanation = suggestions.get(number - 1).explanation();
    assertThat(explanation).isNotNull();
    return explanation;
  }

  @Test
  void suggest_ofDesign_saysSo() {
    run(5, Objective.maximize("accuracy"));
    assertThat(explanation(5).reason()).contains("evenly spread");
    assertThat(explanation(5).figures()).isEmpty();
  }

  @Test
  void suggest_ofModel_predictsInTheUnitOfTheMetric() {
    run(25, Objective.maximize("accuracy"));
    Map<String, Double> figures = explanation(25).figures();
    double predicted = figures.get("predicted accuracy");
    assertThat(predicted).isEqualTo(accuracy(suggestions.get(24).candidate()), within(0.02));
    assertThat(figures.get("predicted accuracy, low")).isLessThan(predicted);
    assertThat(figures.get("predicted accuracy, high")).isGreaterThan(predicted);
    double best =
        suggestions.subList(0, 24).stream()
            .mapToDouble(s -> accuracy(s.candidate()))
            .max()
            .orElseThrow();
    assertThat(figures).containsEntry("best accuracy", best);
    assertThat(figures).containsKeys("log expected improvement", "noise of accuracy");
    assertThat(figures.get("deviation of accuracy")).isPositive();
  }

  @Test
  void suggest_ofModel_tellsWhichParametersMatter() {
    run(25, Objective.minimize("loss"));
    Map<String, Double> scales = explanation(25).lengthScales();
    assertThat(scales.keySet()).containsExactly("matters", "idle", "word");
    assertThat(scales.get("matters")).isLessThan(scales.get("idle"));
  }

  @Test
  void suggest_ofModel_namesTheNearestTrials() {
    run(25, Objective.minimize("loss"));
    List<Neighbour> nearest = explanation(25).nearest();
    assertThat(nearest).hasSize(3).extracting(n -> n.trial().number()).allMatch(id -> id < 25);
    assertThat(nearest).extracting(Neighbour::distance).isSorted();
    Configuration own = suggestions.get(24).candidate();
    Configuration other = suggestions.get((int) nearest.get(0).trial().number() - 1).candidate();
    assertThat(other.getDouble("matters")).isEqualTo(own.getDouble("matters"), within(0.1));
    assertThat(other.getString("word")).isEqualTo(own.getString("word"));
  }
}
