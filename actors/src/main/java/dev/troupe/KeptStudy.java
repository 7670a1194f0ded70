package dev.troupe;

import dev.troupe.actor.LedgerReader;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is on record of a study. Immutable.
 *
 * @param name its name
 * @param state how it ended; {@code RUNNING} if its end is not on record: it runs, or its process
 *     ended
 * @param reason why it ended, in a sentence; null if it has not
 * @param start how it began; null if that is among the damages
 * @param last the last moment on record; null if there is none
 * @param paused whether somebody paused it: it does not go on until it is resumed
 * @param trials all its trials, in the order of their numbers
 * @param damages what could not be read, and where; empty if all is intact
 */
public record KeptStudy(
    String name,
    StudyState state,
    @Nullable String reason,
    StudyEvent.@Nullable StudyStarted start,
    @Nullable Instant last,
    boolean paused,
    List<KeptTrial> trials,
    List<String> damages) {

  /** What has been read of a trial so far. */
  private static final class Gathering {
    private final StudyEvent.TrialSuggested begin;
    private final List<String> failures = new ArrayList<>();
    private final List<Measurement> measurements = new ArrayList<>();
    private int attempts = 1;
    private double lostSeconds;
    private @Nullable EndedTrial end;

    Gathering(StudyEvent.TrialSuggested begin) {
      this.begin = begin;
    }

    Gathering add(Measurement measurement) {
      measurements.add(measurement);
      return this;
    }

    Gathering add(StudyEvent.AttemptFailed failed) {
      failures.add(failed.reason());
      measurements.clear();
      attempts = failed.attempt().number() + 1;
      lostSeconds += failed.deviceSeconds();
      end = null; // the study's end had interrupted it, and it goes on
      return this;
    }

    Gathering end(EndedTrial trial) {
      end = trial;
      return this;
    }

    KeptTrial trial() {
      return new KeptTrial(
          begin.trial(), begin.suggestion(), attempts, failures, measurements, lostSeconds, end);
    }
  }

  /** Copies the lists. */
  public KeptStudy {
    trials = List.copyOf(trials);
    damages = List.copyOf(damages);
  }

  /** Puts together what is on record. */
  static KeptStudy of(String name, LedgerReader.Recorded recorded) {
    StudyEvent.StudyStarted start = null;
    StudyEvent.StudyEnded end = null;
    Instant last = null;
    boolean paused = false;
    var trials = new TreeMap<TrialId, Gathering>();
    for (StudyEvent event : recorded.events()) {
      if (event instanceof StudyEvent.StudyStarted started) {
        start = started;
        last = started.at();
      } else if (event instanceof StudyEvent.StudyResumed resumed) {
        end = null;
        last = resumed.at();
      } else if (event instanceof StudyEvent.StudyEnded ended) {
        end = ended;
        last = ended.at();
        paused &= ended.state() != StudyState.DONE;
      } else if (event instanceof StudyEvent.StudyInstructed instructed) {
        paused = isPaused(paused, instructed.instruction());
        last = instructed.at();
      } else if (event instanceof StudyEvent.TrialSuggested suggested) {
        trials.put(suggested.trial(), new Gathering(suggested));
      } else if (event instanceof StudyEvent.Measured measured) {
        trials.computeIfPresent(
            measured.attempt().trial(), (id, trial) -> trial.add(measured.measurement()));
      } else if (event instanceof StudyEvent.AttemptFailed failed) {
        trials.computeIfPresent(failed.attempt().trial(), (id, trial) -> trial.add(failed));
      } else if (event instanceof StudyEvent.TrialEnded ended) {
        last = ended.at();
        trials.computeIfPresent(ended.trial().id(), (id, trial) -> trial.end(ended.trial()));
      }
    }
    return new KeptStudy(
        name,
        end == null ? StudyState.RUNNING : end.state(),
        end == null ? null : end.reason(),
        start,
        last,
        paused,
        trials.values().stream().map(Gathering::trial).toList(),
        recorded.damages());
  }

  private static boolean isPaused(boolean before, Instruction instruction) {
    return instruction instanceof Instruction.Pause
        || before && !(instruction instanceof Instruction.Resume);
  }

  /** Returns what it optimises; nothing if its beginning is among the damages. */
  public List<Objective> objectives() {
    return start == null ? List.of() : start.objectives();
  }

  /** Returns how many trials are in each state; states of none are left out. */
  public Map<TrialState, Long> counts() {
    var counts = new EnumMap<TrialState, Long>(TrialState.class);
    trials.forEach(trial -> counts.merge(trial.state(), 1L, Long::sum));
    return counts;
  }

  /**
   * Returns the completed trial with the best value of the first objective, the earliest among
   * equals.
   */
  public Optional<KeptTrial> best() {
    if (objectives().isEmpty()) {
      return Optional.empty();
    }
    Objective objective = objectives().get(0);
    return trials.stream()
        .filter(trial -> trial.candidate() != null)
        .filter(trial -> trial.end() != null && trial.end().outcome() instanceof Outcome.Completed)
        .min(Comparator.comparingDouble(trial -> objective.loss(trial.metrics())));
  }

  /** Returns for how long its trials held devices, as far as is on record, in seconds. */
  public double deviceSeconds() {
    return trials.stream().mapToDouble(KeptTrial::deviceSeconds).sum();
  }
}
