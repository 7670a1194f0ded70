package dev.troupe.actor;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.MeasurementTrail;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the books say about a trial that has not ended. */
final class RunningTrial {

  private final TrialId id;
  private Suggestion suggestion;
  private Attempt attempt;
  private TrialState state = TrialState.WAITING;
  private List<Measurement> measurements = new ArrayList<>(1);
  private @Nullable ActiveTrial view;
  private boolean pruned;
  private boolean cut;
  private boolean closed;
  private double earlierSeconds;
  private int losses;
  private int shortages;
  private int pauses;
  private Metrics reached = Metrics.none();
  private long turn;

  /** How many of the measurements are on record, or about to be. */
  private int recorded;

  /** Measurements and resumptions of all attempts that are on record, or about to be. */
  private int facts;

  /**
   * How many of the measurements are those of earlier attempts, from whose checkpoint it goes on.
   */
  private int taken;

  /** What earlier attempts had measured when the last one was over that had measured anything. */
  private List<Measurement> before = List.of();

  private final TrialCheckpoints checkpoints = new TrialCheckpoints();

  RunningTrial(TrialId id, Suggestion suggestion) {
    this.id = id;
    this.suggestion = suggestion;
    this.attempt = Attempt.first(id);
    this.turn = id.number();
  }

  TrialId id() {
    return id;
  }

  Suggestion suggestion() {
    return suggestion;
  }

  Attempt attempt() {
    return attempt;
  }

  TrialState state() {
    return state;
  }

  List<Measurement> measurements() {
    return measurements;
  }

  /** Returns the step of the newest measurement, or -1 if there is none. */
  long lastStep() {
    return measurements.isEmpty() ? -1 : measurements.get(measurements.size() - 1).step();
  }

  boolean isPruned() {
    return pruned;
  }

  void start() {
    state = TrialState.RUNNING;
  }

  /** Marks it as ending; returns false if it was before: a trial ends once. */
  boolean close() {
    boolean first = !closed;
    closed = true;
    return first;
  }

  boolean isClosed() {
    return closed;
  }

  void measure(Measurement measurement) {
    checkpoints.begin();
    measurements.add(measurement);
    view = null;
  }

  /** The attempt goes on from a checkpoint: what was measured up to there is its own. */
  void resume(long step, String checkpoint) {
    checkpoints.resume(step, checkpoint);
    measurements = new ArrayList<>(MeasurementTrail.upTo(step, before));
    taken = measurements.size();
    recorded = taken;
    facts++;
    view = null;
  }

  /** Returns what its attempts have saved. */
  TrialCheckpoints checkpoints() {
    return checkpoints;
  }

  /** Returns from where the current attempt may go on, the farthest first. */
  List<Resumption> resumptions() {
    return checkpoints.usable().stream()
        .map(key -> new Resumption(key, seconds(MeasurementTrail.upTo(key.step(), before))))
        .toList();
  }

  private static double seconds(List<Measurement> measured) {
    return measured.isEmpty() ? 0 : measured.get(measured.size() - 1).seconds();
  }

  /** Returns how long the current attempt is known to have run, in seconds. */
  double measuredSeconds() {
    return seconds(measurements) - seconds(measurements.subList(0, taken));
  }

  /** Its next measurement is on record, or about to be, before anything else that happens. */
  void record() {
    recorded++;
    facts++;
  }

  /**
   * Returns how many measurements and resumptions are on record if a strategy sees any measurement,
   * else 0.
   */
  int seen() {
    return recorded == 0 ? 0 : facts;
  }

  void prune() {
    pruned = true;
  }

  /** It was told to end because the study is interrupted: what it returns now is no result. */
  void cut() {
    cut = true;
  }

  boolean isCut() {
    return cut;
  }

  /** Returns which of the study's suggestions it is at, counted from 1 with those that resume. */
  long turn() {
    return turn;
  }

  void takeTurn(long number) {
    turn = number;
  }

  /** The attempt has reached its fidelity, and the trial waits to be resumed. */
  void pause(StudyEvent.TrialPaused event) {
    state = TrialState.PAUSED;
    pauses++;
    earlierSeconds += event.deviceSeconds();
    reached = event.metrics();
  }

  /** Returns where it waits to be resumed. */
  PausedTrial paused() {
    return new PausedTrial(id, suggestion, measurements, reached);
  }

  /** The trial goes on after a pause, under the next attempt and to what is suggested now. */
  void goOn(Suggestion next) {
    suggestion = next;
    closed = false;
    renew(true);
  }

  /** Returns how many attempts there were if all but those that paused, or were lost, failed. */
  int failures() {
    return attempt.number() - losses - shortages - pauses;
  }

  /** Returns how many attempts were lost with their workers. */
  int losses() {
    return losses;
  }

  /** Returns how long attempts before the current one held devices, in seconds. */
  double earlierSeconds() {
    return earlierSeconds;
  }

  /** Returns how many attempts ran out of memory. */
  int shortages() {
    return shortages;
  }

  /**
   * An attempt is over, and the next one is due: it goes on from a checkpoint, or begins anew. What
   * was measured belongs to the attempt that is over.
   */
  void retry(StudyEvent.AttemptFailed failure) {
    losses += failure.lost() ? 1 : 0;
    shortages += failure.outOfMemory() ? 1 : 0;
    earlierSeconds += failure.deviceSeconds();
    renew(failure.leavesCheckpoints());
  }

  private void renew(boolean lasting) {
    attempt = attempt.next();
    if (!measurements.isEmpty()) {
      before = List.copyOf(measurements.subList(0, recorded));
    }
    checkpoints.end(lasting);
    measurements = new ArrayList<>(1);
    recorded = 0;
    taken = 0;
    view = null;
    state = TrialState.WAITING;
  }

  /** Returns the trial as strategies and pruners may see it. */
  ActiveTrial view(boolean withMeasurements) {
    if (!withMeasurements && !measurements.isEmpty()) {
      return new ActiveTrial(id, suggestion, List.of());
    }
    if (view == null) {
      view = new ActiveTrial(id, suggestion, measurements);
    }
    return view;
  }

  /**
   * Returns the trial as a strategy may see it: what is on record, so that it can be told the same
   * again.
   */
  ActiveTrial recordedView() {
    return recorded == measurements.size()
        ? view(true)
        : new ActiveTrial(id, suggestion, measurements.subList(0, recorded));
  }

  EndedTrial end(Outcome outcome, double seconds) {
    return new EndedTrial(id, suggestion, measurements, outcome, earlierSeconds + seconds);
  }
}
