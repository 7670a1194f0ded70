package dev.troupe.actor;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.estimator.pruning.Pruner;
import dev.troupe.estimator.weights.CheckpointStore;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.LowFidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Order;
import dev.troupe.study.Suggestion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/** Descriptions of studies for tests: what is not set is the simplest there is. */
final class Setups {

  static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  String name = "test";
  Strategy strategy = strategy(Setups::suggestions);
  @Nullable LowFidelity lowFidelity;
  @Nullable Pruner pruner;
  @Nullable Estimator estimator =
      FunctionEstimator.of((suggestion, evaluation) -> Metrics.of("loss", 1));
  Budget budget = Budget.trials(3);
  int parallelism = 1;
  Order order = Order.ARRIVAL;
  int lookahead = 1;
  int retries;
  @Nullable Duration timeLimit;
  @Nullable CheckpointStore checkpoints;
  List<Objective> objectives = List.of(Objective.minimize("loss"));

  StudySetup build() {
    return new StudySetup(
        name,
        SPACE,
        objectives,
        "scripted",
        strategy,
        strategy.completion().orElse(null),
        lowFidelity,
        pruner,
        estimator,
        budget,
        RandomStreams.of(1),
        parallelism,
        order,
        lookahead,
        retries,
        timeLimit,
        checkpoints,
        null,
        Share.DEFAULT,
        null,
        Map.of(),
        List.of());
  }

  static Suggestion suggestion(double x) {
    return Suggestion.evaluate(Configuration.of(Map.of("x", x)));
  }

  static List<Suggestion> suggestions(int count) {
    var suggestions = new ArrayList<Suggestion>();
    for (int i = 0; i < count; i++) {
      suggestions.add(suggestion(0.5));
    }
    return suggestions;
  }

  /** Returns a strategy that does nothing but suggest. */
  static Strategy strategy(IntFunction<List<Suggestion>> suggest) {
    return new Strategy() {
      @Override
      public List<Suggestion> suggest(int count) {
        return suggest.apply(count);
      }

      @Override
      public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {}

      @Override
      public byte[] save() {
        return new byte[0];
      }

      @Override
      public void load(byte[] state) {}
    };
  }
}
