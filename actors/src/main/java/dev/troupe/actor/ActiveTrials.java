package dev.troupe.actor;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The trials that have not ended, in the order of their numbers. Thousands may be in flight, and
 * the strategy is shown all of them each time it is asked, so going through them has to be quick.
 */
final class ActiveTrials {

  private static final Comparator<RunningTrial> BY_NUMBER =
      Comparator.comparingLong(trial -> trial.id().number());

  private final Map<Long, RunningTrial> byNumber = new HashMap<>();
  private final ArrayList<RunningTrial> inOrder = new ArrayList<>();

  /** Takes in a trial that is not there; at once if its number is above all others. */
  void add(RunningTrial trial) {
    byNumber.put(trial.id().number(), trial);
    int last = inOrder.size() - 1;
    if (last < 0 || BY_NUMBER.compare(inOrder.get(last), trial) < 0) {
      inOrder.add(trial);
    } else {
      inOrder.add(-1 - Collections.binarySearch(inOrder, trial, BY_NUMBER), trial);
    }
  }

  @Nullable RunningTrial get(long number) {
    return byNumber.get(number);
  }

  void remove(long number) {
    RunningTrial trial = byNumber.remove(number);
    if (trial != null) {
      inOrder.remove(Collections.binarySearch(inOrder, trial, BY_NUMBER));
    }
  }

  int size() {
    return inOrder.size();
  }

  /** Returns them in order; unmodifiable, and changes with them. */
  Collection<RunningTrial> all() {
    return Collections.unmodifiableList(inOrder);
  }

  /** Returns what a strategy may see of all; unmodifiable. */
  List<ActiveTrial> views() {
    var views = new ActiveTrial[inOrder.size()];
    for (int i = 0; i < views.length; i++) {
      views[i] = inOrder.get(i).recordedView();
    }
    return List.of(views);
  }

  /** Returns how much of each trial a strategy sees now, as it is recorded. */
  Map<TrialId, Integer> seen() {
    var seen = new HashMap<TrialId, Integer>();
    for (RunningTrial trial : inOrder) {
      if (trial.seen() > 0) {
        seen.put(trial.id(), trial.seen());
      }
    }
    return seen;
  }

  /**
   * Returns what a pruner may see of all but {@code except}, which is one of them; unmodifiable.
   */
  List<ActiveTrial> viewsBut(RunningTrial except) {
    var views = new ActiveTrial[inOrder.size() - 1];
    int next = 0;
    for (RunningTrial trial : inOrder) {
      if (trial != except) {
        views[next] = trial.view(true);
        next++;
      }
    }
    return List.of(views);
  }
}
