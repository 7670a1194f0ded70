package dev.troupe;

import dev.troupe.actor.Savings;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.MeasurementTrail;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.Trick;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Puts the facts of a study together, one after the other, and hands on its trials as soon as
 * nothing more can come of them, so that a long study needs no more room than a short one. They
 * come in the order of their numbers, but for those that outlast {@value #MOST_WAITING} later ones,
 * and those that have paused, which come at the end. Not thread safe.
 */
final class KeptReading implements Consumer<StudyEvent> {

  private static final int MOST_WAITING = 10_000;
  private static final Pattern CURVE_PRUNER = Pattern.compile("^curve$|name\"?[=:]\"?curve\\b");

  /** What has been read of a trial so far. */
  private static final class Gathering {
    private StudyEvent.TrialSuggested begin;
    private final List<KeptAttempt> earlier = new ArrayList<>(0);
    private final MeasurementTrail trail = new MeasurementTrail();
    private List<Measurement> measurements = List.of();
    private @Nullable String device;
    private @Nullable EndedTrial end;
    private @Nullable Instant ended;
    private @Nullable KeptPauses pauses;

    Gathering(StudyEvent.TrialSuggested begin) {
      this.begin = begin;
    }

    void add(StudyEvent.Measured measured) {
      trail.add(measured);
      measurements = trail.measurements();
    }

    void add(StudyEvent.AttemptResumed resumed) {
      trail.add(resumed);
      measurements = trail.measurements();
    }

    void add(StudyEvent.AttemptFailed failed) {
      earlier.add(
          new KeptAttempt(
              failed.attempt(),
              failed.reason(),
              failed.lost(),
              failed.deviceSeconds(),
              device,
              measurements));
      measurements = List.of(); // until the next attempt has some
      device = null;
      end = null; // the study's end had interrupted it, and it goes on
      ended = null;
    }

    void add(StudyEvent.TrialPaused paused) {
      var runs = new ArrayList<KeptRun>(pauses == null ? List.of() : pauses.runs());
      runs.add(new KeptRun(paused.at(), paused.deviceSeconds()));
      pauses = new KeptPauses(runs, paused.metrics());
    }

    /** It goes on; what it had measured is its own until its next attempt says otherwise. */
    void resume(StudyEvent.TrialSuggested again) {
      begin = again;
      device = null;
      if (pauses != null) {
        pauses = new KeptPauses(pauses.runs(), null);
      }
    }

    boolean isPaused() {
      return end == null && pauses != null && pauses.waiting() != null;
    }

    /** The end of a trial that has none may be what is missing. */
    void endAsDamaged() {
      if (end == null && !isPaused()) {
        end =
            new EndedTrial(
                begin.trial(),
                begin.suggestion(),
                measurements,
                new Outcome.Failed("damaged: its end may be among the facts that are lost"),
                earlier.stream().mapToDouble(KeptAttempt::deviceSeconds).sum());
      }
    }

    KeptTrial trial() {
      return new KeptTrial(
          begin.trial(), begin.suggestion(), earlier, device, measurements, end, ended, pauses);
    }
  }

  private final String name;
  private final long mostFacts;
  private final Consumer<KeptTrial> sink;
  private final NavigableMap<TrialId, Gathering> open = new TreeMap<>();
  private final NavigableMap<TrialId, Gathering> rested = new TreeMap<>();
  private final NavigableMap<TrialId, KeptTrial> waiting = new TreeMap<>();
  private final Map<TrialState, Long> counts = new EnumMap<>(TrialState.class);
  private StudyEvent.@Nullable StudyStarted start;
  private StudyEvent.@Nullable StudyEnded end;
  private @Nullable Budget budget;
  private @Nullable Instant last;
  private boolean paused;
  private @Nullable KeptTrial best;
  private double deviceSeconds;
  private final Savings savings = new Savings();
  private long facts;

  /**
   * @param mostFacts how many facts are taken; what comes later is left out
   * @param sink gets the trials
   */
  KeptReading(String name, long mostFacts, Consumer<KeptTrial> sink) {
    this.name = name;
    this.mostFacts = mostFacts;
    this.sink = sink;
  }

  @Override
  public void accept(StudyEvent event) {
    if (facts < mostFacts) {
      facts++;
      take(event);
    }
  }

  private void take(StudyEvent event) {
    if (event instanceof StudyEvent.StudyStarted started) {
      start = started;
      budget = started.budget();
      last = started.at();
    } else if (event instanceof StudyEvent.StudyResumed resumed) {
      end = null;
      budget = resumed.budget();
      last = resumed.at();
    } else if (event instanceof StudyEvent.StudyEnded ended) {
      end = ended;
      last = ended.at();
      paused &= ended.state() != StudyState.DONE;
    } else if (event instanceof StudyEvent.StudyInstructed instructed) {
      last = instructed.at();
      follow(instructed.instruction());
    } else if (event instanceof StudyEvent.TrialSuggested suggested) {
      begin(suggested);
    } else {
      takeOfTrial(event);
    }
  }

  private void begin(StudyEvent.TrialSuggested event) {
    Gathering paused = rested.get(event.trial());
    if (paused != null && event.resumes()) {
      paused.resume(event);
    } else {
      open.put(event.trial(), new Gathering(event));
    }
  }

  private @Nullable Gathering find(TrialId id) {
    Gathering trial = open.get(id);
    return trial == null ? rested.get(id) : trial;
  }

  /** Trials that have paused may be many, and are not waited for. */
  private void rest(StudyEvent.TrialPaused event) {
    last = event.at();
    TrialId id = event.attempt().trial();
    Gathering trial = find(id);
    if (trial != null) {
      trial.add(event);
      open.remove(id);
      rested.put(id, trial);
      handOn();
    }
  }

  private void follow(Instruction instruction) {
    if (instruction instanceof Instruction.Pause) {
      paused = true;
    } else if (instruction instanceof Instruction.Resume) {
      paused = false;
    }
  }

  /** What is said of a trial whose beginning is among the damages is left out. */
  private void takeOfTrial(StudyEvent event) {
    if (event instanceof StudyEvent.AttemptStarted started) {
      Gathering trial = find(started.attempt().trial());
      if (trial != null) {
        trial.device = started.device();
      }
    } else if (event instanceof StudyEvent.Measured measured) {
      Gathering trial = find(measured.attempt().trial());
      if (trial != null) {
        trial.add(measured);
      }
    } else if (event instanceof StudyEvent.AttemptResumed resumed) {
      Gathering trial = find(resumed.attempt().trial());
      if (trial != null) {
        trial.add(resumed);
      }
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      Gathering trial = find(failed.attempt().trial());
      if (trial != null) {
        trial.add(failed);
      }
    } else if (event instanceof StudyEvent.TrialPaused reached) {
      rest(reached);
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      last = ended.at();
      Gathering trial = find(ended.trial().id());
      if (trial != null) {
        trial.end = ended.trial();
        trial.ended = ended.at();
        closeUnlessStopped(trial);
      }
    }
  }

  /** A trial that the study's end interrupted may go on. */
  private void closeUnlessStopped(Gathering trial) {
    boolean isFinal = trial.end != null && !(trial.end.outcome() instanceof Outcome.Stopped);
    if (isFinal && open.containsKey(trial.begin.trial())) {
      open.remove(trial.begin.trial());
      waiting.put(trial.begin.trial(), trial.trial());
      handOn();
    }
  }

  private void handOn() {
    while (!waiting.isEmpty()
        && (open.isEmpty()
            || waiting.firstKey().compareTo(open.firstKey()) < 0
            || waiting.size() > MOST_WAITING)) {
      handOn(waiting.pollFirstEntry().getValue());
    }
  }

  private void handOn(KeptTrial trial) {
    counts.merge(trial.state(), 1L, Long::sum);
    deviceSeconds += trial.deviceSeconds();
    if (trial.end() != null) {
      savings.take(trial.end());
    } else if (trial.state() == TrialState.PAUSED) {
      savings.rest(trial.measurements());
    }
    if (isBetter(trial)) {
      best = trial;
    }
    sink.accept(trial);
  }

  private boolean isBetter(KeptTrial trial) {
    if (start == null
        || trial.candidate() == null
        || trial.end() == null
        || !(trial.end().outcome() instanceof Outcome.Completed)) {
      return false;
    }
    Objective objective = start.objectives().get(0);
    return best == null
        || Comparator.<KeptTrial, Boolean>comparing(each -> !isFull(each.suggestion()))
                .thenComparingDouble(each -> objective.loss(each.metrics()))
                .thenComparing(KeptTrial::id)
                .compare(trial, best)
            < 0;
  }

  private static boolean isFull(Suggestion suggestion) {
    return suggestion instanceof Suggestion.Evaluate evaluate && evaluate.fidelity().isFull();
  }

  /**
   * Hands on the trials that have not ended, and returns the rest. Of a damaged study they have
   * failed.
   *
   * @param damages what could not be read
   */
  KeptSummary finish(List<String> damages) {
    if (!damages.isEmpty()) {
      open.values().forEach(Gathering::endAsDamaged);
      rested.values().forEach(Gathering::endAsDamaged);
    }
    open.forEach((id, trial) -> waiting.put(id, trial.trial()));
    open.clear();
    handOn();
    rested.values().forEach(trial -> handOn(trial.trial()));
    return new KeptSummary(
        name,
        end == null ? StudyState.RUNNING : end.state(),
        end == null ? null : end.reason(),
        end == null ? Metrics.none() : end.test(),
        start,
        budget,
        last,
        paused,
        counts,
        best,
        deviceSeconds,
        savings.seconds(0, pruning()),
        facts,
        damages);
  }

  /** The record has the pruner's settings, but not what its stops are booked to. */
  private Trick pruning() {
    String pruner = start == null ? "" : start.definition().getOrDefault("pruner", "");
    return CURVE_PRUNER.matcher(pruner).find() ? Trick.EXTRAPOLATION : Trick.EARLY_STOPPING;
  }
}
