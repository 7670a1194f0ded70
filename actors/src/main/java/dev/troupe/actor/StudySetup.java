package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.pruning.Pruner;
import dev.troupe.estimator.weights.CheckpointStore;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.Budget;
import dev.troupe.study.Fidelity;
import dev.troupe.study.LowFidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Order;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * All that a study actor needs to know.
 *
 * @param name unique among the studies that run
 * @param space where it searches
 * @param objectives what it optimises, at least one
 * @param strategyName what the strategy is called
 * @param strategy proposes; owned by the study from now on
 * @param completion the fidelity at which trials complete, if those with less pause; null if all do
 * @param lowFidelity at what candidates are evaluated, for the most part; null if in full, or as
 *     the strategy has it
 * @param pruner judges measurements; null to let every trial run to its end
 * @param estimator evaluates; closed at the end; null if the caller evaluates (ask and tell)
 * @param budget when to end
 * @param streams the study's randomness
 * @param parallelism how many trials are kept in flight, at least 1
 * @param order which results a suggestion may use
 * @param lookahead under logical order, how many of the latest trials a suggestion does not see, at
 *     least 1
 * @param retries how often a trial that failed is tried again, at least 0
 * @param timeLimit how long one attempt may take; null without limit
 * @param checkpoints keeps what running trials save of themselves; null if nothing does
 * @param weightBudget how many bytes of weights are kept for heirs, at least 0; null for what the
 *     store keeps by default
 * @param share what part of the devices it gets
 * @param portable how other processes make the estimator; null if none can
 * @param definition what must not change when the study is resumed, in words, by name
 * @param listeners get every event in order, on a thread of the study's own
 */
public record StudySetup(
    String name,
    SearchSpace space,
    List<Objective> objectives,
    String strategyName,
    Strategy strategy,
    @Nullable Fidelity completion,
    @Nullable LowFidelity lowFidelity,
    @Nullable Pruner pruner,
    @Nullable Estimator estimator,
    Budget budget,
    RandomStreams streams,
    int parallelism,
    Order order,
    int lookahead,
    int retries,
    @Nullable Duration timeLimit,
    @Nullable CheckpointStore checkpoints,
    @Nullable Long weightBudget,
    Share share,
    @Nullable PortableStudy portable,
    Map<String, String> definition,
    List<Consumer<StudyEvent>> listeners) {

  /** Checks the ranges above. */
  public StudySetup {
    requireNonNull(space, "space");
    requireNonNull(strategyName, "strategyName");
    requireNonNull(strategy, "strategy");
    requireNonNull(budget, "budget");
    requireNonNull(streams, "streams");
    requireNonNull(order, "order");
    requireNonNull(share, "share");
    objectives = List.copyOf(objectives);
    listeners = List.copyOf(listeners);
    definition = Map.copyOf(definition);
    if (name.isBlank()) {
      throw new IllegalArgumentException("A study needs a name, but it was blank.");
    }
    if (objectives.isEmpty()) {
      throw new IllegalArgumentException(
          "Study '%s': it needs an objective, but there was none. Maybe minimize(\"loss\")."
              .formatted(name));
    }
    if (completion != null && pruner != null && order == Order.LOGICAL) {
      throw new IllegalArgumentException(
          "Study '%s': under order = logical the strategy '%s' pauses and resumes trials, and no pruner can judge beside it, but there was one. Maybe remove the pruner, or order = arrival."
              .formatted(name, strategyName));
    }
    requireAtLeast(name, "parallelism", parallelism, 1);
    requireAtLeast(name, "lookahead", lookahead, 1);
    requireAtLeast(name, "retries", retries, 0);
    if (weightBudget != null && weightBudget < 0) {
      throw new IllegalArgumentException(
          "Study '%s': weights.budget must be at least 0 bytes, but was %d. Maybe 4GiB."
              .formatted(name, weightBudget));
    }
    if (timeLimit != null && (timeLimit.isZero() || timeLimit.isNegative())) {
      throw new IllegalArgumentException(
          "Study '%s': a time limit must be above zero, but was %s. Maybe leave it out."
              .formatted(name, timeLimit));
    }
  }

  private static void requireAtLeast(String name, String what, int value, int least) {
    if (value < least) {
      throw new IllegalArgumentException(
          "Study '%s': %s must be at least %d, but was %d.".formatted(name, what, least, value));
    }
  }

  /** Returns the step at which a full evaluation is done; 0 if the estimator does not say. */
  long fullStep() {
    return estimator == null ? 0 : estimator.fullStep().orElse(0);
  }

  /** Returns whether a suggestion spends all that trials of the study are to spend. */
  boolean isFull(Suggestion suggestion) {
    return !(suggestion instanceof Suggestion.Evaluate evaluate)
        || evaluate.fidelity().isFull()
        || evaluate.fidelity().equals(completion);
  }

  /** Returns the objective by which the best trial is chosen. */
  public Objective mainObjective() {
    return objectives.get(0);
  }
}
