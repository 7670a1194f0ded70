package dev.troupe.actor;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The best trials so far: by the first objective, and the Pareto front of all. Neither depends on
 * the order in which trials end: among equals the smaller number wins. What was evaluated at full
 * fidelity beats all that was not: values of different fidelities cannot be compared, and those of
 * a low one are the worse guess.
 */
final class Incumbents {

  private final List<Objective> objectives;
  private final Predicate<Suggestion> isFull;
  private @Nullable EndedTrial best;
  private final List<EndedTrial> front = new ArrayList<>();

  /**
   * Begins with none.
   *
   * @param objectives at least one
   * @param isFull tells full evaluations from others
   */
  Incumbents(List<Objective> objectives, Predicate<Suggestion> isFull) {
    this.objectives = objectives;
    this.isFull = isFull;
  }

  /** Begins with what an earlier one had found. */
  void restore(@Nullable EndedTrial earlierBest, List<EndedTrial> earlierFront) {
    best = earlierBest;
    front.addAll(earlierFront);
  }

  @Nullable EndedTrial best() {
    return best;
  }

  List<EndedTrial> front() {
    var sorted = new ArrayList<>(front);
    sorted.sort(Comparator.comparing(EndedTrial::id));
    return sorted;
  }

  /** Takes a trial into account; returns whether it is the new best one. */
  boolean offer(EndedTrial trial) {
    if (!isCandidate(trial)) {
      return false;
    }
    if (objectives.size() > 1) {
      offerToFront(trial);
    }
    if (best != null && !isBetter(trial, best)) {
      return false;
    }
    best = trial;
    if (objectives.size() == 1) {
      front.clear();
      front.add(trial);
    }
    return true;
  }

  /** What a supernet was trained or asked for is no candidate, whatever it reports. */
  private static boolean isCandidate(EndedTrial trial) {
    return trial.outcome() instanceof Outcome.Completed && trial.candidate() != null;
  }

  private boolean isBetter(EndedTrial trial, EndedTrial incumbent) {
    if (isFull(trial) != isFull(incumbent)) {
      return isFull(trial);
    }
    int comparison = Double.compare(loss(trial, 0), loss(incumbent, 0));
    return comparison < 0 || comparison == 0 && trial.id().compareTo(incumbent.id()) < 0;
  }

  private void offerToFront(EndedTrial trial) {
    for (EndedTrial member : front) {
      if (dominates(member, trial)) {
        return;
      }
    }
    front.removeIf(member -> dominates(trial, member));
    front.add(trial);
  }

  private boolean isFull(EndedTrial trial) {
    return isFull.test(trial.suggestion());
  }

  private boolean dominates(EndedTrial trial, EndedTrial other) {
    if (isFull(trial) != isFull(other)) {
      return isFull(trial);
    }
    boolean better = false;
    for (int i = 0; i < objectives.size(); i++) {
      double difference = loss(trial, i) - loss(other, i);
      if (difference > 0) {
        return false;
      }
      better |= difference < 0;
    }
    return better;
  }

  private double loss(EndedTrial trial, int objective) {
    return objectives.get(objective).loss(trial.metrics());
  }
}
