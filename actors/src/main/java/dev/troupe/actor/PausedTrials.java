package dev.troupe.actor;

import dev.troupe.study.Fidelity;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.Collection;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The trials that wait to be resumed by their strategy, in the order in which they have paused.
 * Plain and single-threaded.
 */
final class PausedTrials {

  private final @Nullable Fidelity completion;
  private final Map<TrialId, RunningTrial> trials = new LinkedHashMap<>();

  /**
   * Begins without any.
   *
   * @param completion at which fidelity trials complete; null if they do at each
   */
  PausedTrials(@Nullable Fidelity completion) {
    this.completion = completion;
  }

  /** Returns whether trials pause and go on. */
  boolean arePossible() {
    return completion != null;
  }

  /** Returns whether a trial of which this was suggested pauses when it has got there. */
  boolean pauses(Suggestion suggestion) {
    return completion != null
        && suggestion instanceof Suggestion.Evaluate evaluate
        && !evaluate.fidelity().isFull()
        && !evaluate.fidelity().equals(completion);
  }

  /** Returns the trial that a suggestion is to resume, or null: it is a new one. */
  @Nullable TrialId resumedBy(Suggestion suggestion) {
    return completion != null
            && suggestion instanceof Suggestion.Evaluate evaluate
            && evaluate.weights() instanceof WeightSource.Checkpoint own
        ? own.trial()
        : null;
  }

  /**
   * Returns what is wrong with suggestions, or null.
   *
   * @param fresh how many of them may be new trials
   */
  @Nullable String problem(List<Suggestion> suggestions, int fresh) {
    Set<TrialId> resumed = new HashSet<>();
    int made = 0;
    for (Suggestion suggestion : suggestions) {
      TrialId trial = resumedBy(suggestion);
      if (trial == null) {
        made++;
      } else if (!resumed.add(trial) || !isOf(trial, suggestion)) {
        return "it resumed trial %s by %s, which is not paused with this candidate"
            .formatted(trial, suggestion);
      }
    }
    return made > fresh
        ? "it was asked for %d new trials, but suggested %d".formatted(fresh, made)
        : null;
  }

  private boolean isOf(TrialId id, Suggestion suggestion) {
    RunningTrial trial = trials.get(id);
    return trial != null
        && trial.suggestion() instanceof Suggestion.Evaluate before
        && suggestion instanceof Suggestion.Evaluate now
        && before.candidate().equals(now.candidate());
  }

  void add(RunningTrial trial) {
    trials.put(trial.id(), trial);
  }

  @Nullable RunningTrial get(TrialId id) {
    return trials.get(id);
  }

  @Nullable RunningTrial remove(TrialId id) {
    return trials.remove(id);
  }

  /** Returns them; unmodifiable, and changes with them. */
  Collection<RunningTrial> all() {
    return Collections.unmodifiableCollection(trials.values());
  }
}
