package dev.troupe.strategy.multifidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.RandomHistory;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What strategies do that promote trials, beyond the contract of all. */
class PromotionStrategyTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.log("learning-rate", 1e-4, 1))
          .add(CategoricalParameter.of("optimizer", "sgd", "adam", "rmsprop"))
          .add(IntParameter.linear("layers", 1, 8))
          .build();
  private static final List<FidelityRange> EPOCHS = List.of(new FidelityRange("epochs", 1, 27));

  private static Strategy strategy(String name, SearchSpace space, Map<String, ?> settings) {
    return Providers.find(StrategyProvider.class, "strategy", name)
        .create(
            new StrategyRequest(
                space,
                List.of(Objective.minimize("loss")),
                RandomStreams.of(7),
                Settings.of("strategy", settings),
                StudyPlan.open(),
                EPOCHS));
  }

  private static Strategy strategy(String name) {
    return strategy(name, SPACE, Map.of());
  }

  /** A study in small: everything that is suggested reaches its fidelity at once. */
  private static final class Small {
    final Strategy strategy;
    final Map<TrialId, Configuration> paused = new HashMap<>();
    final List<Suggestion.Evaluate> suggestions = new ArrayList<>();
    final List<EndedTrial> completed = new ArrayList<>();
    long trials;
    double epochs;

    Small(Strategy strategy) {
      this.strategy = strategy;
    }

    /** Runs the next trials, and returns how many there were. */
    int run(int count, int fresh) {
      List<Suggestion> suggested = strategy.suggest(count, fresh);
      var rested = new ArrayList<PausedTrial>();
      var ended = new ArrayList<EndedTrial>();
      var active = new ArrayList<ActiveTrial>();
      for (Suggestion suggestion : suggested) {
        var evaluate = (Suggestion.Evaluate) suggestion;
        suggestions.add(evaluate);
        TrialId id = id(evaluate);
        active.add(new ActiveTrial(id, evaluate, List.of()));
        Metrics metrics = Metrics.of("loss", loss(evaluate));
        if (evaluate.fidelity().isFull()) {
          ended.add(new EndedTrial(id, evaluate, List.of(), new Outcome.Completed(metrics), 1));
        } else {
          paused.put(id, evaluate.candidate());
          rested.add(new PausedTrial(id, evaluate, List.of(), metrics));
        }
      }
      active.sort((a, b) -> a.id().compareTo(b.id()));
      strategy.update(List.of(), active);
      strategy.paused(rested);
      strategy.update(ended, List.of());
      completed.addAll(ended);
      return suggested.size();
    }

    private TrialId id(Suggestion.Evaluate evaluate) {
      if (evaluate.weights() instanceof WeightSource.Checkpoint own) {
        assertThat(paused.remove(own.trial())).isEqualTo(evaluate.candidate());
        return own.trial();
      }
      trials++;
      return TrialId.of(trials);
    }

    private static double loss(Suggestion.Evaluate evaluate) {
      double distance = Math.log10(evaluate.candidate().getDouble("learning-rate")) + 2;
      return distance * distance + 1 / evaluate.fidelity().amount("epochs", 27);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"successive-halving", "hyperband", "asha", "bohb", "dehb"})
  void suggest_inLongRun_repeatsNoConfigurationButResumes(String name) {
    var study = new Small(strategy(name));
    while (study.suggestions.size() < 600) {
      assertThat(study.run(4, 4)).isPositive();
    }

    Set<Configuration> begun = new HashSet<>();
    for (Suggestion.Evaluate each : study.suggestions) {
      if (each.weights().equals(WeightSource.fresh())) {
        assertThat(begun.add(each.candidate())).as("%s", each).isTrue();
      }
    }
    assertThat(study.completed).isNotEmpty();
    assertThat(study.completed.size()).isLessThan((int) study.trials / 2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"successive-halving", "hyperband", "asha", "bohb", "dehb"})
  void suggest_withoutFreshTrials_promotesWhatIsThereAndEnds(String name) {
    var study = new Small(strategy(name));
    int fresh = 20;
    while (study.trials < fresh) {
      study.run(1, 1);
    }

    int rounds = 0;
    while (study.run(4, 0) > 0) {
      rounds++;
      assertThat(rounds).isLessThan(100);
    }

    assertThat(study.trials).isEqualTo(fresh);
    assertThat(study.completed).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"successive-halving", "hyperband", "asha", "bohb", "dehb"})
  void suggest_inSpaceThatIsUsedUp_endsWithATrialComplete(String name) {
    SearchSpace tiny =
        SearchSpace.builder()
            .add(CategoricalParameter.ordered("learning-rate", 0.001, 0.01, 0.1, 0.5, 1.0))
            .build();
    var study = new Small(strategy(name, tiny, Map.of()));

    int rounds = 0;
    while (study.run(2, 2) > 0) {
      rounds++;
      assertThat(rounds).isLessThan(100);
    }

    assertThat(study.trials).isEqualTo(5);
    assertThat(study.completed).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hyperband", "asha"})
  void suggest_with64Places_neverLeavesOneFree(String name) {
    Strategy strategy = strategy(name);
    var events = new RandomHistory(3, List.of("loss"), strategy.completion().orElse(null));
    for (int round = 0; round < 30; round++) {
      int free = 64 - events.active().size();
      List<Suggestion> suggestions = free == 0 ? List.of() : strategy.suggest(free);
      assertThat(suggestions).hasSize(free);
      events.start(suggestions);
      events.tell(strategy, true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"gp-ucb", "tpe", "regularized-evolution", "sobol", "grid"})
  void proposer_ofAnyKind_survivesSavingAndLoading(String proposer) {
    Map<String, ?> settings = Map.of("proposer", proposer, "resource", Map.of("high", 9));
    var study = new Small(strategy("asha", SPACE, settings));
    for (int i = 0; i < 60; i++) {
      assertThat(study.run(1, 1)).isPositive();
    }
    Strategy copy = strategy("asha", SPACE, settings);

    copy.load(study.strategy.save());

    assertThat(RandomHistory.describe(copy.suggest(5)))
        .isEqualTo(RandomHistory.describe(study.strategy.suggest(5)));
  }

  @Test
  void proposer_withSettings_takesThem() {
    Map<String, ?> settings = Map.of("proposer", Map.of("name", "tpe", "startup", 3));

    assertThat(strategy("hyperband", SPACE, settings).suggest(2)).hasSize(2);
  }

  @Test
  void proposer_thatPromotesItself_isRefused() {
    assertThatThrownBy(() -> strategy("hyperband", SPACE, Map.of("proposer", "asha")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must be a strategy that leaves the fidelity alone");
  }

  @Test
  void resource_thatNobodyNames_isAskedFor() {
    var request =
        new StrategyRequest(
            SPACE,
            List.of(Objective.minimize("loss")),
            RandomStreams.of(1),
            Settings.none("strategy"));

    assertThatThrownBy(() -> new AshaProvider().create(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe set strategy.resource { axis = epochs, low = 1, high = 50");
  }

  @Test
  void resource_belowTheEstimatorsOwn_completesThere() {
    Strategy strategy = strategy("asha", SPACE, Map.of("resource", Map.of("high", 9, "eta", 3)));

    assertThat(strategy.completion()).contains(Fidelity.of("epochs", 9));
    assertThat(strategy("asha").completion()).contains(Fidelity.full());
  }

  @ParameterizedTest
  @ValueSource(strings = {"bohb", "dehb"})
  void suggest_afterManyResults_looksWhereTheGoodOnesAre(String name) {
    var model = new Small(strategy(name));
    var random = new Small(strategy("hyperband"));
    for (int i = 0; i < 300; i++) {
      model.run(1, 1);
      random.run(1, 1);
    }

    // Of bohb's proposals a third stays random: with all others at the optimum it would be 0.33.
    assertThat(meanOfLast(model)).isLessThan(0.75 * meanOfLast(random));
  }

  private static double meanOfLast(Small study) {
    List<Suggestion.Evaluate> begun =
        study.suggestions.stream()
            .filter(each -> each.weights().equals(WeightSource.fresh()))
            .toList();
    return begun.subList(begun.size() - 50, begun.size()).stream()
        .mapToDouble(Small::loss)
        .average()
        .orElseThrow();
  }
}
