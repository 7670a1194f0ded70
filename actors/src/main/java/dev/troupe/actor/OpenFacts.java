package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Follows the record of a study and keeps of it what a snapshot has to hold: the facts that still
 * matter one by one, and what has been spent.
 *
 * <p>Facts of a trial matter until the strategy has been told its end; of a paused one, until it
 * has gone on and ended.
 */
final class OpenFacts {

  /** What is on record of a trial of whose end the strategy does not know. */
  private static final class Open {
    final List<Long> places = new ArrayList<>(4);
    double earlierSeconds;
    boolean gpu;
    boolean paused;
  }

  private final Map<TrialId, Open> open = new HashMap<>();
  private final TreeMap<Long, StudyEvent> facts = new TreeMap<>();
  private final Spending spending = new Spending();
  private final Savings savings = new Savings();
  private final ArrayDeque<Long> enqueued = new ArrayDeque<>();

  /** How many suggestions of the strategy's last turn are still to come. */
  private int owed;

  private long count;

  /** The record goes on with this fact. */
  void take(StudyEvent event) {
    count++;
    if (event instanceof StudyEvent.StrategyAsked asked) {
      asked.told().forEach(this::forget);
      owed = asked.made();
      return;
    }
    facts.put(count, event);
    candidates(event);
    TrialId trial = trial(event);
    if (trial == null) {
      takeOfStudy(event);
    } else {
      Open entry = open.computeIfAbsent(trial, id -> new Open());
      entry.places.add(count);
      takeOfTrial(event, entry);
    }
  }

  /** Goes on from where a snapshot was taken; nothing has been taken yet. */
  void take(StudySnapshot snapshot) {
    owed = snapshot.open().size(); // no trial in it has its candidate in it, too
    snapshot.open().forEach(this::take);
    owed = 0;
    spending.set(snapshot.spent()); // what the open facts have added is part of it
    savings.set(snapshot.saved());
    count = snapshot.facts();
  }

  /** A paused trial may go on: it is not forgotten when the strategy is told of it. */
  private void forget(TrialId trial) {
    Open gone = open.get(trial);
    if (gone != null && !gone.paused) {
      open.remove(trial);
      gone.places.forEach(facts::remove);
    }
  }

  /** A candidate that somebody wants evaluated matters until it has become a trial. */
  private void candidates(StudyEvent event) {
    if (event instanceof StudyEvent.StudyInstructed instructed
        && instructed.instruction() instanceof Instruction.Enqueue) {
      enqueued.add(count);
    } else if (event instanceof StudyEvent.TrialSuggested suggested) {
      if (owed > 0) {
        owed--;
      } else if (!enqueued.isEmpty() && isOf(suggested, enqueued.element())) {
        facts.remove(enqueued.remove());
      }
    }
  }

  /** In a record that was repaired, suggestions of the strategy come without its turns. */
  private boolean isOf(StudyEvent.TrialSuggested suggested, long place) {
    return facts.get(place) instanceof StudyEvent.StudyInstructed instructed
        && instructed.instruction() instanceof Instruction.Enqueue enqueue
        && suggested.suggestion().unexplained().equals(Suggestion.evaluate(enqueue.candidate()));
  }

  private static @Nullable TrialId trial(StudyEvent event) {
    if (event instanceof StudyEvent.TrialSuggested suggested) {
      return suggested.trial();
    } else if (event instanceof StudyEvent.Measured measured) {
      return measured.attempt().trial();
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      return ended.trial().id();
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      return failed.attempt().trial();
    } else if (event instanceof StudyEvent.TrialPaused paused) {
      return paused.attempt().trial();
    } else if (event instanceof StudyEvent.AttemptStarted started) {
      return started.attempt().trial();
    } else if (event instanceof StudyEvent.AttemptResumed resumed) {
      return resumed.attempt().trial();
    } else if (event instanceof StudyEvent.CheckpointSaved saved) {
      return saved.attempt().trial();
    }
    return null;
  }

  private void takeOfStudy(StudyEvent event) {
    if (event instanceof StudyEvent.StudyStarted started) {
      spending.begin(started.at(), started.parallelism());
    } else if (event instanceof StudyEvent.StudyResumed resumed) {
      spending.begin(resumed.at(), resumed.parallelism());
    } else if (event instanceof StudyEvent.StudyEnded ended) {
      spending.until(ended.at());
    } else if (event instanceof StudyEvent.StudyInstructed instructed) {
      follow(instructed);
    }
  }

  private void follow(StudyEvent.StudyInstructed event) {
    if (event.instruction() instanceof Instruction.Resume) {
      spending.skip(event.at());
    } else if (event.instruction() instanceof Instruction.Parallelism parallelism) {
      spending.places(parallelism.trials());
    }
  }

  private void takeOfTrial(StudyEvent event, Open trial) {
    if (event instanceof StudyEvent.AttemptStarted) {
      trial.gpu = true; // others are not recorded
    } else if (event instanceof StudyEvent.TrialSuggested) {
      trial.paused = false;
    } else if (event instanceof StudyEvent.TrialPaused paused) {
      spending.until(paused.at());
      spending.spend(paused.deviceSeconds(), trial.gpu);
      trial.earlierSeconds += paused.deviceSeconds();
      trial.gpu = false;
      trial.paused = true;
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      spending.spend(failed.deviceSeconds(), trial.gpu);
      trial.earlierSeconds += failed.deviceSeconds();
      trial.gpu = false;
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      trial.paused = false;
      spending.until(ended.at());
      savings.take(ended.trial());
      if (!(ended.trial().outcome() instanceof Outcome.Stopped)) {
        spending.spend(lastSeconds(trial, ended.trial()), trial.gpu);
      }
    }
  }

  /** A trial that an end of the study stopped stays so. */
  void leaveStopped(EndedTrial trial) {
    Open entry = requireNonNull(open.get(trial.id()));
    spending.spend(lastSeconds(entry, trial), entry.gpu);
  }

  // Readings

  /** Returns how long the last attempt of an ended trial held its device. */
  double lastSeconds(EndedTrial trial) {
    return lastSeconds(requireNonNull(open.get(trial.id())), trial);
  }

  private static double lastSeconds(Open entry, EndedTrial trial) {
    return Math.max(0, trial.deviceSeconds() - entry.earlierSeconds);
  }

  /** Returns whether the attempt of an open trial that runs, or ran last, has a GPU. */
  boolean isOnGpu(TrialId trial) {
    Open entry = open.get(trial);
    return entry != null && entry.gpu;
  }

  /** Returns how many facts there are. */
  long count() {
    return count;
  }

  /** Returns the facts that still matter one by one, in their order. */
  List<StudyEvent> open() {
    return List.copyOf(facts.values());
  }

  Spending spending() {
    return spending;
  }

  /** Returns what tricks have saved. */
  Savings savings() {
    return savings;
  }
}
