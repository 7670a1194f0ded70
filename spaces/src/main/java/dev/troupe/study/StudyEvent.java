package dev.troupe.study;

import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A fact about a study. The ledger records facts before they are acted upon; listeners (meters,
 * progress lines, user code) get the same records afterwards. Immutable.
 */
public sealed interface StudyEvent {

  /** Returns the name of the study. */
  String study();

  /**
   * The study began.
   *
   * @param study its name
   * @param at when
   * @param objectives what it optimises, at least one
   * @param strategy the strategy's name
   * @param seed the study's seed
   * @param parallelism how many trials it keeps in flight, at least 1
   * @param budget what it may spend
   * @param definition what must not change when it is resumed (its space, its estimator …), in
   *     words, by name; sorted, unmodifiable
   */
  record StudyStarted(
      String study,
      Instant at,
      List<Objective> objectives,
      String strategy,
      long seed,
      int parallelism,
      Budget budget,
      Map<String, String> definition)
      implements StudyEvent {

    /** Copies list and map. */
    public StudyStarted {
      objectives = List.copyOf(objectives);
      definition = Collections.unmodifiableSortedMap(new TreeMap<>(definition));
    }
  }

  /**
   * A process took the study up again, which another one, or an earlier run, had left.
   *
   * @param study its name
   * @param at when
   * @param parallelism how many trials it keeps in flight from now on, at least 1
   * @param budget what it may spend from now on, in all
   */
  record StudyResumed(String study, Instant at, int parallelism, Budget budget)
      implements StudyEvent {}

  /**
   * The record was damaged from here on, and has been put in order. Among the next {@code mended}
   * facts the calls of the strategy are missing: it makes as many suggestions as are on record
   * there and forgets them, and learns of these trials in its next call.
   *
   * @param study its name
   * @param at when that was done
   * @param mended how many of the facts that follow were put in order
   */
  record StudyRepaired(String study, Instant at, long mended) implements StudyEvent {}

  /**
   * Somebody asked something of the study.
   *
   * @param study its name
   * @param at when
   * @param instruction what was asked
   * @param by who asked, in words
   * @param request the number of the request if it came by way of the ledger, above those before;
   *     else null. With it on record the request is done, and is not done again
   */
  record StudyInstructed(
      String study, Instant at, Instruction instruction, String by, @Nullable Long request)
      implements StudyEvent {

    /** What the program asked that runs the study. */
    public StudyInstructed(String study, Instant at, Instruction instruction) {
      this(study, at, instruction, "its own program", null);
    }
  }

  /**
   * The strategy was told outcomes and asked for suggestions; with the order of these calls a study
   * can be replayed exactly. It was told that all trials suggested before are running whose outcome
   * it did not know, but for those that were paused.
   *
   * @param study the study's name
   * @param told the ended and the paused trials that the strategy learned of in this call, in order
   * @param seen what it was shown of running trials: how many facts {@link Measured} and {@link
   *     AttemptResumed} of the trial were on record then, those of earlier attempts included. It
   *     saw the measurements that were the current attempt's by then; without the trials of which
   *     it saw none
   * @param requested how many suggestions it was asked for
   * @param fresh how many of them could be new trials; the others resume paused ones
   * @param made how many it made
   * @param seconds how long it took
   */
  record StrategyAsked(
      String study,
      List<TrialId> told,
      Map<TrialId, Integer> seen,
      int requested,
      int fresh,
      int made,
      double seconds)
      implements StudyEvent {

    /** A call that may bring new trials only. */
    public StrategyAsked(
        String study,
        List<TrialId> told,
        Map<TrialId, Integer> seen,
        int requested,
        int made,
        double seconds) {
      this(study, told, seen, requested, requested, made, seconds);
    }

    /** Copies list and map. */
    public StrategyAsked {
      told = List.copyOf(told);
      seen = Map.copyOf(seen);
    }
  }

  /**
   * A trial was put on record; nothing runs that is not. A paused one is suggested once more: it
   * goes on, under a new attempt.
   *
   * @param study the study's name
   * @param trial its number
   * @param suggestion what is to be evaluated
   */
  record TrialSuggested(String study, TrialId trial, Suggestion suggestion) implements StudyEvent {

    /** Returns whether a paused trial goes on. */
    public boolean resumes() {
      return suggestion instanceof Suggestion.Evaluate evaluate
          && evaluate.weights().equals(new WeightSource.Checkpoint(trial));
    }
  }

  /**
   * An attempt got its device. Published; recorded only if the device is a GPU, whose hours would
   * not be known otherwise when the study is resumed.
   *
   * @param study the study's name
   * @param attempt which run
   * @param device the device's name
   */
  record AttemptStarted(String study, Attempt attempt, String device) implements StudyEvent {}

  /**
   * A trial was measured.
   *
   * @param study the study's name
   * @param attempt which run
   * @param measurement the values
   * @param verdict what was answered
   */
  record Measured(String study, Attempt attempt, Measurement measurement, Verdict verdict)
      implements StudyEvent {}

  /**
   * An attempt failed, and the trial will be tried again.
   *
   * @param study the study's name
   * @param attempt the run that failed
   * @param reason what happened
   * @param deviceSeconds how long it held its device, as far as is known
   * @param lost whether it was lost with whoever ran it, which says nothing about the trial
   * @param outOfMemory whether memory ran out; the next attempt has its device for itself
   */
  record AttemptFailed(
      String study,
      Attempt attempt,
      String reason,
      double deviceSeconds,
      boolean lost,
      boolean outOfMemory)
      implements StudyEvent {

    /** An attempt that had memory enough. */
    public AttemptFailed(
        String study, Attempt attempt, String reason, double deviceSeconds, boolean lost) {
      this(study, attempt, reason, deviceSeconds, lost, false);
    }

    /** An attempt that failed by itself. */
    public AttemptFailed(String study, Attempt attempt, String reason, double deviceSeconds) {
      this(study, attempt, reason, deviceSeconds, false);
    }

    /**
     * Returns whether the next attempt may go on from what this one saved: nothing is wrong with
     * that unless the trial failed by itself.
     */
    public boolean leavesCheckpoints() {
      return lost || outOfMemory;
    }
  }

  /**
   * An attempt has saved where it stands, and what it saved is kept: a later attempt may go on from
   * there.
   *
   * @param study the study's name
   * @param attempt which run
   * @param step how far it had come, at least 0
   * @param id the SHA-256 hash of what was saved, in hexadecimal digits
   * @param bytes how much that is
   */
  record CheckpointSaved(String study, Attempt attempt, long step, String id, long bytes)
      implements StudyEvent {}

  /**
   * An attempt goes on from what an earlier one had saved: the measurements up to there are its
   * own.
   *
   * @param study the study's name
   * @param attempt which run goes on
   * @param step from where
   * @param id the hash of what was saved there
   */
  record AttemptResumed(String study, Attempt attempt, long step, String id)
      implements StudyEvent {}

  /**
   * A trial has reached the fidelity that was asked for, below the one at which trials complete.
   * Its measurements are those of its attempt, and what it saved is kept.
   *
   * @param study the study's name
   * @param at when
   * @param attempt the run that reached it
   * @param metrics its result there
   * @param deviceSeconds how long this run held its device
   */
  record TrialPaused(
      String study, Instant at, Attempt attempt, Metrics metrics, double deviceSeconds)
      implements StudyEvent {}

  /**
   * A trial ended.
   *
   * @param study the study's name
   * @param at when
   * @param trial all about it
   */
  record TrialEnded(String study, Instant at, EndedTrial trial) implements StudyEvent {}

  /**
   * There is a new best trial of the first objective, in order of ending.
   *
   * @param study the study's name
   * @param trial its number
   * @param metrics its result
   */
  record IncumbentChanged(String study, TrialId trial, Metrics metrics) implements StudyEvent {}

  /**
   * A trial that cost less than a full evaluation has ended. Published, and never recorded: the
   * trials tell the same.
   *
   * @param study the study's name
   * @param trick what has saved device time
   * @param seconds how much it has saved in the whole study until now; an estimate, at least 0,
   *     which never falls
   */
  record DeviceTimeSaved(String study, Trick trick, double seconds) implements StudyEvent {}

  /**
   * A candidate that was evaluated at a lower fidelity is now known at full fidelity, too.
   * Published, and never recorded: the trials tell the same.
   *
   * @param study the study's name
   * @param fidelity the lower one
   * @param pairs how many candidates are known at both by now
   * @param spearman how well the lower one ranks them by the first objective, from -1 to 1
   * @param kendall the same by Kendall's tau-b
   */
  record FidelityChecked(
      String study, Fidelity fidelity, int pairs, double spearman, double kendall)
      implements StudyEvent {}

  /**
   * The study ended.
   *
   * @param study the study's name
   * @param at when
   * @param state whether by itself, by request or by an error
   * @param reason why, in a sentence
   * @param test scores of the best trial on what was never shown to the search; empty where there
   *     is nothing of the kind
   */
  record StudyEnded(String study, Instant at, StudyState state, String reason, Metrics test)
      implements StudyEvent {

    /** The end of a study whose best trial was not scored. */
    public StudyEnded(String study, Instant at, StudyState state, String reason) {
      this(study, at, state, reason, Metrics.none());
    }
  }
}
