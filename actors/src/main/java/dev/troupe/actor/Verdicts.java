package dev.troupe.actor;

import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Verdicts that the pruner owes. While it owes one on a trial, whatever else happens to that trial
 * waits: so each trial's measurements are judged in order, and its end knows all verdicts.
 */
final class Verdicts {

  /** A trial with a verdict outstanding, or with steps that are being caught up on. */
  private static final class Open {
    final ArrayDeque<Runnable> waiting = new ArrayDeque<>();
    @Nullable Consumer<@Nullable Verdict> outstanding;
  }

  private final Map<TrialId, Open> open = new LinkedHashMap<>();

  /** Takes a step in the life of a trial, at once unless a verdict on the trial is outstanding. */
  void inTurn(RunningTrial trial, Runnable step) {
    Open entry = open.get(trial.id());
    if (entry == null) {
      step.run();
    } else {
      entry.waiting.add(step);
    }
  }

  /**
   * The pruner is being asked about a trial; called by one of the trial's steps, as its last deed.
   *
   * @param known gets the verdict, or null if nobody will judge it
   */
  void await(RunningTrial trial, Consumer<@Nullable Verdict> known) {
    open.computeIfAbsent(trial.id(), id -> new Open()).outstanding = known;
  }

  /**
   * Returns whether a verdict on a trial is outstanding; one that nobody expects comes too late.
   */
  boolean isAwaited(TrialId trial) {
    Open entry = open.get(trial);
    return entry != null && entry.outstanding != null;
  }

  /** Returns whether steps of a trial wait. */
  boolean hasWaiting(RunningTrial trial) {
    Open entry = open.get(trial.id());
    return entry != null && !entry.waiting.isEmpty();
  }

  /** The verdict on a trial is there, unless nobody expects it: takes the steps that waited. */
  void known(TrialId trial, @Nullable Verdict verdict) {
    Open entry = open.get(trial);
    if (entry == null || entry.outstanding == null) {
      return;
    }
    Consumer<@Nullable Verdict> known = entry.outstanding;
    entry.outstanding = null;
    known.accept(verdict);
    while (entry.outstanding == null && !entry.waiting.isEmpty()) {
      entry.waiting.remove().run();
    }
    if (entry.outstanding == null) {
      open.remove(trial);
    }
  }

  /** Expects no verdict any more: nobody will judge. */
  void giveUp() {
    List.copyOf(open.keySet()).forEach(trial -> known(trial, null));
  }
}
