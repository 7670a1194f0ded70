package dev.troupe.actor;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the books say about a trial that has not ended. */
final class RunningTrial {

  private final TrialId id;
  private final Suggestion suggestion;
  private Attempt attempt;
  private TrialState state = TrialState.WAITING;
  private List<Measurement> measurements = new ArrayList<>(1);
  private @Nullable ActiveTrial view;
  private boolean pruned;
  private boolean cut;
  private boolean closed;
  private double lostSeconds;
  private int losses;

  /** Measurements of this attempt that are on record, or about to be. */
  private int recorded;

  /** Measurements of earlier attempts that are on record. */
  private int recordedBefore;

  RunningTrial(TrialId id, Suggestion suggestion) {
    this.id = id;
    this.suggestion = suggestion;
    this.attempt = Attempt.first(id);
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
    measurements.add(measurement);
    view = null;
  }

  /** Its next measurement is on record, or about to be, before anything else that happens. */
  void record() {
    recorded++;
  }

  /** Returns how many of its measurements are on record if a strategy sees any, else 0. */
  int seen() {
    return recorded == 0 ? 0 : recordedBefore + recorded;
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

  /** Its worker is gone. */
  void lose() {
    losses++;
  }

  /** Returns how many attempts were lost with their workers. */
  int losses() {
    return losses;
  }

  /** Returns how long lost attempts held devices, in seconds. */
  double lostSeconds() {
    return lostSeconds;
  }

  /** Begins anew; what was measured before belongs to the lost attempt. */
  void retry(double seconds) {
    lostSeconds += seconds;
    attempt = attempt.next();
    recordedBefore += recorded;
    recorded = 0;
    measurements = new ArrayList<>(1);
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
    return new EndedTrial(id, suggestion, measurements, outcome, lostSeconds + seconds);
  }
}
