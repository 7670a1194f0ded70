package dev.troupe.actor;

import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Takes the record of a study into its books: the same trials, counts and best ones as when its
 * last process ended, and what it has spent. Trials that an end of the study interrupted are open
 * again, unless the study stays ended.
 *
 * <p>What the strategy learned is not part of it: that is for {@link StrategyReplay}.
 */
final class StudyRecovery {

  private final StudySetup setup;
  private final StudyBooks books;
  private final LedgerActor.Facts facts;
  private final OpenFacts open = new OpenFacts();
  private final Map<TrialId, EndedTrial> stopped = new HashMap<>();
  private final StudyEvent.StudyStarted begin;
  private Budget budget;

  /** How many suggestions of the strategy's last turn are still to come. */
  private int owed;

  /** How many facts from this one on were put in order by a repair. */
  private long mended;

  private StudyEvent.@Nullable StudyEnded end;

  private StudyRecovery(
      StudySetup setup, StudyBooks books, LedgerActor.Facts facts, StudyEvent.StudyStarted begin) {
    this.setup = setup;
    this.books = books;
    this.facts = facts;
    this.begin = begin;
    this.budget = begin.budget();
    books.instructions().begun(begin.parallelism());
  }

  /**
   * Takes a record into new books.
   *
   * @param facts all of it; not empty
   * @throws IllegalArgumentException if the study is not the recorded one, or the record is not in
   *     order, with the remedy
   */
  static StudyRecovery of(StudySetup setup, StudyBooks books, LedgerActor.Facts facts) {
    StudySnapshot snapshot = facts.snapshot();
    List<StudyEvent> first = snapshot == null ? facts.events() : snapshot.open();
    if (first.isEmpty() || !(first.get(0) instanceof StudyEvent.StudyStarted begin)) {
      throw damaged(setup, 1, "it does not begin with the study's beginning");
    }
    Definitions.requireSame(setup.name(), begin.definition(), setup.definition());
    var recovery = new StudyRecovery(setup, books, facts, begin);
    if (snapshot != null) {
      recovery.restore(snapshot);
    }
    for (int i = 0; i < facts.events().size(); i++) {
      try {
        recovery.take(facts.events().get(i), i);
      } catch (IllegalArgumentException e) {
        throw damaged(setup, recovery.open.count(), e.getMessage());
      }
    }
    return recovery;
  }

  private static IllegalArgumentException damaged(
      StudySetup setup, long place, @Nullable String what) {
    return new IllegalArgumentException(
        "Study '%s': its record cannot be gone on from: at fact %d, %s. Maybe begin anew beside it (--fresh), or give this study another name."
            .formatted(setup.name(), place, what));
  }

  private void restore(StudySnapshot snapshot) {
    books.restore(snapshot.sums(), facts.history());
    open.take(snapshot);
    Map<TrialId, Long> turns = snapshot.sums().openTurns();
    for (StudyEvent event : snapshot.open()) {
      if (event instanceof StudyEvent.TrialSuggested trial) {
        books.restoreOpen(trial.trial(), trial.suggestion(), turns);
      } else if (event instanceof StudyEvent.TrialPaused paused) {
        books.restorePaused(active(paused.attempt()), paused);
      } else if (event instanceof StudyEvent.TrialEnded ended) {
        books.restoreEnded(ended.trial()); // no trial is stopped when a snapshot is taken
      } else {
        takeAny(event);
      }
    }
    books.restoreUntold(turns);
  }

  private void take(StudyEvent event, int place) {
    open.take(event);
    mended = Math.max(0, mended - 1);
    if (event instanceof StudyEvent.StudyRepaired repaired) {
      mended = repaired.mended() + 1;
    } else if (event instanceof StudyEvent.StrategyAsked asked) {
      onAsked(asked, place);
    } else if (event instanceof StudyEvent.TrialSuggested trial) {
      onSuggested(trial);
    } else if (event instanceof StudyEvent.TrialPaused paused) {
      books.paused(active(paused.attempt()), paused);
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      onTrialEnded(ended);
    } else {
      takeAny(event);
    }
  }

  /** Takes what is the same from a snapshot and from the record itself. */
  private void takeAny(StudyEvent event) {
    if (event instanceof StudyEvent.StudyResumed resumed) {
      books.instructions().begun(resumed.parallelism());
      budget = resumed.budget();
      end = null;
      books.takenUp();
    } else if (event instanceof StudyEvent.Measured measured) {
      onMeasured(measured);
    } else if (event instanceof StudyEvent.CheckpointSaved saved) {
      active(saved.attempt())
          .checkpoints()
          .add(new CheckpointKey(saved.attempt(), saved.step(), saved.id(), saved.bytes()));
    } else if (event instanceof StudyEvent.AttemptResumed resumed) {
      active(resumed.attempt()).resume(resumed.step(), resumed.id());
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      onAttemptFailed(failed);
    } else if (event instanceof StudyEvent.StudyEnded ended) {
      end = ended;
      books.instructions().ended(ended.state());
    } else if (event instanceof StudyEvent.StudyInstructed instructed) {
      onInstructed(instructed);
    }
  }

  private void onAsked(StudyEvent.StrategyAsked asked, int place) {
    int last = place + asked.made();
    for (int i = place + 1; i <= last; i++) {
      if (i >= facts.events().size()
          || !(facts.events().get(i) instanceof StudyEvent.TrialSuggested)) {
        throw new IllegalArgumentException(
            "%d suggestions should follow, but there are %d"
                .formatted(asked.made(), i - place - 1));
      }
    }
    owed = asked.made();
    books.askedBefore(asked.told(), asked.fresh(), asked.made());
  }

  private void onSuggested(StudyEvent.TrialSuggested event) {
    if (mended > 0) {
      books.mendedBefore(event.trial(), event.suggestion());
    } else if (owed > 0) {
      owed--;
      books.suggestedBefore(event.trial(), event.suggestion());
    } else {
      books.queuedBefore(event.trial(), event.suggestion());
    }
  }

  private void onInstructed(StudyEvent.StudyInstructed event) {
    books.instructed(event);
    if (event.instruction() instanceof Instruction.Extend extend && end == null) {
      budget = budget.extendedBy(extend.limits(), setup.mainObjective().direction());
    }
  }

  private void onMeasured(StudyEvent.Measured event) {
    RunningTrial trial = active(event.attempt());
    trial.measure(event.measurement());
    trial.record();
    if (event.verdict() == Verdict.STOP) {
      trial.prune();
    }
  }

  private void onAttemptFailed(StudyEvent.AttemptFailed event) {
    RunningTrial trial = active(event.attempt());
    stopped.remove(trial.id());
    trial.retry(event);
  }

  private void onTrialEnded(StudyEvent.TrialEnded event) {
    EndedTrial ended = event.trial();
    active(ended.id());
    if (ended.outcome() instanceof Outcome.Stopped) {
      stopped.put(ended.id(), ended);
    } else {
      books.ended(ended);
    }
  }

  private RunningTrial active(Attempt attempt) {
    RunningTrial trial = active(attempt.trial());
    if (!trial.attempt().equals(attempt)) {
      throw new IllegalArgumentException(
          "there is attempt %d of trial %s, where attempt %d was due"
              .formatted(attempt.number(), trial.id(), trial.attempt().number()));
    }
    return trial;
  }

  private RunningTrial active(TrialId id) {
    RunningTrial trial = books.active(id);
    if (trial == null) {
      throw new IllegalArgumentException("trial %s is not running by then".formatted(id));
    }
    return trial;
  }

  // Readings

  /** Returns the record. */
  LedgerActor.Facts facts() {
    return facts;
  }

  /** Returns how the study began. */
  StudyEvent.StudyStarted begin() {
    return begin;
  }

  /** Returns what follows the record from here on. */
  OpenFacts open() {
    return open;
  }

  /**
   * Returns how the study ended, if there is nothing more to do for it: its budget is spent, and
   * the new one allows no more. Null if it goes on.
   */
  StudyEvent.@Nullable StudyEnded finalEnd() {
    return end != null
            && end.state() == StudyState.DONE
            && !books
                .instructions()
                .budget()
                .allowsMoreThan(budget, setup.mainObjective().direction())
        ? end
        : null;
  }

  /** Leaves the study ended: what its end interrupted stays so. */
  void leaveEnded(StudyEvent.StudyEnded last) {
    for (EndedTrial trial : stopped.values()) {
      open.leaveStopped(trial);
      books.ended(trial);
    }
    books.stop(last.state(), last.reason(), false);
  }

  /** Returns whether an end of the study, and not of its process, interrupted a trial. */
  boolean wasStopped(RunningTrial trial) {
    return stopped.containsKey(trial.id());
  }

  /** Returns how long the interrupted attempt of a trial held its device, as far as is known. */
  double interruptedSeconds(RunningTrial trial) {
    EndedTrial last = stopped.get(trial.id());
    if (last != null) {
      return open.lastSeconds(last);
    }
    return trial.measuredSeconds();
  }

  /** Returns the checkpoints from which trials may go on. */
  Set<CheckpointKey> usableCheckpoints() {
    return books.open().stream()
        .flatMap(trial -> trial.checkpoints().usable().stream())
        .collect(Collectors.toSet());
  }

  /** Returns what tells the attempts on record from those to come; may be asked from any thread. */
  Predicate<Attempt> pastAttempts() {
    long trials = books.sums().suggested();
    Map<TrialId, Attempt> last =
        books.open().stream().collect(Collectors.toMap(RunningTrial::id, RunningTrial::attempt));
    return attempt -> {
      Attempt newest = last.get(attempt.trial());
      return attempt.trial().number() <= trials
          && (newest == null || attempt.number() <= newest.number());
    };
  }

  /** Returns the trials that have ended for good, in the order of their ends. */
  LedgerActor.EarlierTrials ended() {
    var later = new ArrayList<EndedTrial>();
    for (StudyEvent event : facts.events()) {
      if (event instanceof StudyEvent.TrialEnded ended && isFinal(ended.trial())) {
        later.add(ended.trial());
      }
    }
    return sink -> {
      facts.earlier().forEach(sink);
      later.forEach(sink);
    };
  }

  private boolean isFinal(EndedTrial trial) {
    return books.active(trial.id()) == null
        && (!(trial.outcome() instanceof Outcome.Stopped) || stopped.get(trial.id()) == trial);
  }
}
