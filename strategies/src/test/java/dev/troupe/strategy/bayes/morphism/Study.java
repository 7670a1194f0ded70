package dev.troupe.strategy.bayes.morphism;

import dev.troupe.architecture.Architecture;
import dev.troupe.space.Decoder;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Plays a study whose losses are a function of the network. */
final class Study {

  private final Strategy strategy;
  private final Decoder<Architecture> decoder;
  private final ToDoubleFunction<Architecture> loss;
  private final Map<TrialId, Suggestion.Evaluate> trials = new LinkedHashMap<>();
  private final List<ActiveTrial> active = new ArrayList<>();
  private double least = Double.POSITIVE_INFINITY;

  Study(Strategy strategy, SearchSpace space, ToDoubleFunction<Architecture> loss) {
    this.strategy = strategy;
    this.loss = loss;
    decoder = space.decoder(Architecture.class).orElseThrow();
  }

  /** Returns all that was suggested, by trial. */
  Map<TrialId, Suggestion.Evaluate> trials() {
    return trials;
  }

  List<ActiveTrial> active() {
    return active;
  }

  double least() {
    return least;
  }

  Architecture network(TrialId trial) {
    return decoder.decode(trials.get(trial).candidate());
  }

  /** Starts trials and returns how many. */
  int start(int count) {
    List<Suggestion> suggestions = strategy.suggest(count);
    for (Suggestion suggestion : suggestions) {
      begin((Suggestion.Evaluate) suggestion);
    }
    return suggestions.size();
  }

  /** Starts a trial that the strategy may not have suggested. */
  TrialId begin(Suggestion.Evaluate suggestion) {
    TrialId id = TrialId.of(trials.size() + 1);
    trials.put(id, suggestion);
    active.add(new ActiveTrial(id, suggestion, List.of()));
    return id;
  }

  /** Ends the trial that has been running longest, with what the function says. */
  TrialId complete() {
    double value = loss.applyAsDouble(network(active.get(0).id()));
    least = Math.min(least, value);
    return end(new Outcome.Completed(Metrics.of("loss", value)));
  }

  /** Ends the trial that has been running longest. */
  TrialId end(Outcome outcome) {
    ActiveTrial first = active.remove(0);
    var ended = new EndedTrial(first.id(), first.suggestion(), List.of(), outcome, 1);
    strategy.update(List.of(ended), List.copyOf(active));
    return first.id();
  }

  /** Runs one trial after the other, as many as there are. */
  void run(int count) {
    for (int i = 0; i < count && start(1) > 0; i++) {
      complete();
    }
  }
}
