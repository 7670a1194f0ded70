package dev.troupe.actor;

import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
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
  private final List<StudyEvent> facts;
  private final Spending spending = new Spending();
  private final Map<TrialId, EndedTrial> stopped = new HashMap<>();
  private final Set<Attempt> onGpu = new HashSet<>();
  private Budget budget;
  private long suggested;

  /** How many suggestions of the strategy's last turn are still to come. */
  private int owed;

  private long told;
  private StudyEvent.@Nullable StudyEnded end;

  private StudyRecovery(StudySetup setup, StudyBooks books, List<StudyEvent> facts) {
    this.setup = setup;
    this.books = books;
    this.facts = facts;
    this.budget = begin().budget();
  }

  /**
   * Takes a record into new books.
   *
   * @param facts all of it, in order; not empty
   * @throws IllegalArgumentException if the study is not the recorded one, or the record is not in
   *     order, with the remedy
   */
  static StudyRecovery of(StudySetup setup, StudyBooks books, List<StudyEvent> facts) {
    if (!(facts.get(0) instanceof StudyEvent.StudyStarted start)) {
      throw damaged(setup, 1, "it does not begin with the study's beginning");
    }
    Definitions.requireSame(setup.name(), start.definition(), setup.definition());
    var recovery = new StudyRecovery(setup, books, facts);
    for (int i = 0; i < facts.size(); i++) {
      try {
        recovery.take(facts.get(i), i);
      } catch (IllegalArgumentException e) {
        throw damaged(setup, i + 1, e.getMessage());
      }
    }
    return recovery;
  }

  private static IllegalArgumentException damaged(
      StudySetup setup, int place, @Nullable String what) {
    return new IllegalArgumentException(
        "Study '%s': its record cannot be gone on from: at fact %d, %s. Maybe begin anew beside it (--fresh), or give this study another name."
            .formatted(setup.name(), place, what));
  }

  private void take(StudyEvent event, int place) {
    if (event instanceof StudyEvent.StudyStarted started) {
      spending.begin(started.at(), started.parallelism());
      books.instructions().begun(started.parallelism());
    } else if (event instanceof StudyEvent.StudyResumed resumed) {
      spending.begin(resumed.at(), resumed.parallelism());
      books.instructions().begun(resumed.parallelism());
      budget = resumed.budget();
      end = null;
    } else if (event instanceof StudyEvent.StrategyAsked asked) {
      onAsked(asked, place);
    } else if (event instanceof StudyEvent.TrialSuggested trial) {
      onSuggested(trial);
    } else if (event instanceof StudyEvent.AttemptStarted started) {
      onGpu.add(started.attempt()); // others are not recorded
    } else if (event instanceof StudyEvent.Measured measured) {
      onMeasured(measured);
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      onAttemptFailed(failed);
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      onTrialEnded(ended);
    } else if (event instanceof StudyEvent.StudyEnded ended) {
      spending.until(ended.at());
      end = ended;
      books.instructions().ended(ended.state());
    } else if (event instanceof StudyEvent.StudyInstructed instructed) {
      onInstructed(instructed);
    }
  }

  private void onAsked(StudyEvent.StrategyAsked asked, int place) {
    int last = place + asked.made();
    for (int i = place + 1; i <= last; i++) {
      if (i >= facts.size() || !(facts.get(i) instanceof StudyEvent.TrialSuggested)) {
        throw new IllegalArgumentException(
            "%d suggestions should follow, but there are %d"
                .formatted(asked.made(), i - place - 1));
      }
    }
    told += asked.told().size();
    owed = asked.made();
    books.askedBefore(asked.told(), asked.made(), told == suggested);
  }

  private void onSuggested(StudyEvent.TrialSuggested event) {
    suggested++;
    if (owed > 0) {
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
    } else if (event.instruction() instanceof Instruction.Resume) {
      spending.skip(event.at());
    } else if (event.instruction() instanceof Instruction.Parallelism parallelism) {
      spending.places(parallelism.trials());
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
    if (event.lost()) {
      trial.lose();
    }
    stopped.remove(trial.id());
    spending.spend(event.deviceSeconds(), isOnGpu(event.attempt()));
    trial.retry(event.deviceSeconds());
  }

  private void onTrialEnded(StudyEvent.TrialEnded event) {
    spending.until(event.at());
    EndedTrial ended = event.trial();
    RunningTrial trial = active(ended.id());
    if (ended.outcome() instanceof Outcome.Stopped) {
      stopped.put(ended.id(), ended);
      return;
    }
    spending.spend(lastSeconds(trial, ended), isOnGpu(trial.attempt()));
    books.ended(ended);
  }

  private static double lastSeconds(RunningTrial trial, EndedTrial ended) {
    return Math.max(0, ended.deviceSeconds() - trial.lostSeconds());
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
  List<StudyEvent> facts() {
    return facts;
  }

  /** Returns how the study began. */
  StudyEvent.StudyStarted begin() {
    return (StudyEvent.StudyStarted) facts.get(0);
  }

  Spending spending() {
    return spending;
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
      RunningTrial open = active(trial.id());
      spending.spend(lastSeconds(open, trial), isOnGpu(open.attempt()));
      books.ended(trial);
    }
    books.stop(last.state(), last.reason(), false);
  }

  boolean isOnGpu(Attempt attempt) {
    return onGpu.contains(attempt);
  }

  /** Returns whether an end of the study, and not of its process, interrupted a trial. */
  boolean wasStopped(RunningTrial trial) {
    return stopped.containsKey(trial.id());
  }

  /** Returns how long the interrupted attempt of a trial held its device, as far as is known. */
  double interruptedSeconds(RunningTrial trial) {
    EndedTrial end = stopped.get(trial.id());
    if (end != null) {
      return lastSeconds(trial, end);
    }
    int count = trial.measurements().size();
    return count == 0 ? 0 : trial.measurements().get(count - 1).seconds();
  }

  /** Hands over the trials that have ended for good, in the order of their ends. */
  void forEachEnded(Consumer<EndedTrial> consumer) {
    for (StudyEvent event : facts) {
      if (event instanceof StudyEvent.TrialEnded ended
          && books.active(ended.trial().id()) == null
          && (!(ended.trial().outcome() instanceof Outcome.Stopped)
              || stopped.get(ended.trial().id()) == ended.trial())) {
        consumer.accept(ended.trial());
      }
    }
  }
}
