package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Which configurations {@link GpUcbStrategy} suggests again. */
class GpUcbRepetitionTest {

  private static final int TRIALS = 60;

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(IntParameter.linear("x", 0, 9))
          .add(IntParameter.linear("y", 0, 9))
          .build();

  private final Random random = new Random(5);
  private final Map<Configuration, Integer> counts = new HashMap<>();

  private static Strategy strategy() {
    return new GpUcbProvider()
        .create(
            new StrategyRequest(
                SPACE,
                List.of(Objective.minimize("loss")),
                RandomStreams.of(7),
                Settings.none("strategy")));
  }

  private static double bowl(Configuration at) {
    return (Math.pow(at.getLong("x") - 6, 2) + Math.pow(at.getLong("y") - 3, 2)) / 20;
  }

  private double noisyBowl(Configuration at) {
    return bowl(at) + 0.3 * random.nextGaussian();
  }

  private int most() {
    return counts.values().stream().mapToInt(Integer::intValue).max().orElseThrow();
  }

  private void run(ToDoubleFunction<Configuration> loss) {
    Strategy strategy = strategy();
    for (int i = 1; i <= TRIALS; i++) {
      var suggestion = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      counts.merge(suggestion.candidate(), 1, Integer::sum);
      double value = loss.applyAsDouble(suggestion.candidate());
      strategy.update(List.of(ended(i, suggestion, value)), List.of());
    }
  }

  private static EndedTrial ended(int id, Suggestion suggestion, double loss) {
    var completed = new Outcome.Completed(Metrics.of("loss", loss));
    return new EndedTrial(TrialId.of(id), suggestion, List.of(), completed, 0);
  }

  @Test
  void suggest_noisyLoss_measuresTheBestAgain() {
    run(this::noisyBowl);
    assertThat(counts.keySet().stream().filter(at -> counts.get(at) > 1))
        .isNotEmpty()
        .allMatch(at -> bowl(at) < 0.2);
  }

  @Test
  void suggest_exactLoss_repeatsAtMostOnceToSeeIt() {
    run(GpUcbRepetitionTest::bowl);
    assertThat(counts.values().stream().filter(count -> count > 1).count()).isLessThan(2);
    assertThat(most()).isLessThan(3);
  }

  @Test
  void suggest_noisyLossAndManyWorkers_repeatsNothingThatIsPending() {
    Strategy strategy = strategy();
    List<ActiveTrial> active = new ArrayList<>();
    List<EndedTrial> ended = new ArrayList<>();
    for (int i = 1; i <= 2 * TRIALS; i++) {
      var suggestion = (Suggestion.Evaluate) strategy.suggest(1).get(0);
      assertThat(active)
          .extracting(ActiveTrial::suggestion)
          .noneMatch(
              other -> ((Suggestion.Evaluate) other).candidate().equals(suggestion.candidate()));
      counts.merge(suggestion.candidate(), 1, Integer::sum);
      active.add(new ActiveTrial(TrialId.of(i), suggestion, List.of()));
      ended.clear();
      if (active.size() == 8) {
        ActiveTrial first = active.remove(0);
        double loss = noisyBowl(((Suggestion.Evaluate) first.suggestion()).candidate());
        ended.add(ended((int) first.id().number(), first.suggestion(), loss));
      }
      strategy.update(ended, active);
    }
    assertThat(most()).isGreaterThan(1);
  }
}
