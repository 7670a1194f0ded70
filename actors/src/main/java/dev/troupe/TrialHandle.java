package dev.troupe;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** A running trial, from within a {@link TrialFunction}. Used by the thread that evaluates. */
public final class TrialHandle {

  private final Evaluation evaluation;
  private final Suggestion.Evaluate suggestion;
  private final String metric;
  private Metrics recorded = Metrics.none();

  TrialHandle(Evaluation evaluation, Suggestion.Evaluate suggestion, String metric) {
    this.evaluation = evaluation;
    this.suggestion = suggestion;
    this.metric = metric;
  }

  /** Returns the trial's number. */
  public TrialId id() {
    return evaluation.attempt().trial();
  }

  /** Returns how much of the real thing to spend. */
  public Fidelity fidelity() {
    return suggestion.fidelity();
  }

  /** Returns what the candidate was chosen for; nothing if the strategy does not say. */
  public Optional<Explanation> explanation() {
    return Optional.ofNullable(suggestion.explanation());
  }

  /** Returns the device that is held for it. */
  public Device device() {
    return evaluation.device();
  }

  /**
   * Reports a value of the first objective.
   *
   * @param step how far it has come (epochs, most often), above the step before
   * @param value the value there
   * @return whether to go on; after anything but {@code CONTINUE} return at once, with any value
   */
  public Verdict report(long step, double value) {
    return evaluation.report(step, Metrics.of(metric, value));
  }

  /**
   * Reports several values.
   *
   * @param step how far it has come, above the step before
   * @param metrics the values there
   * @return whether to go on; after anything but {@code CONTINUE} return at once, with any value
   */
  public Verdict report(long step, Metrics metrics) {
    return evaluation.report(step, metrics);
  }

  /** Adds a metric to the result: a further objective, or something worth knowing. */
  public void record(String name, double value) {
    recorded = recorded.with(name, value);
  }

  /**
   * Pretends to compute for a while: time passes on the virtual clock, and none on the machine's.
   *
   * @param seconds finite and at least 0
   */
  public void spend(double seconds) {
    evaluation.spend(seconds);
  }

  /**
   * Saves what the trial needs to go on, and waits until it is kept: if the process ends, or the
   * worker is lost, the next run of the trial goes on from here.
   *
   * @param step how far it has come, at least 0; report that step before
   * @param content what {@link #restored} is to give back
   * @return whether it was kept; the trial goes on without, otherwise
   */
  public boolean save(long step, byte[] content) {
    return evaluation.save(step, out -> out.write(content));
  }

  /**
   * Returns the newest of what an earlier run of the trial has saved; nothing if it has to begin
   * anew. A function that goes on from there calls this first, and reports the steps after {@link
   * Checkpoint#step}: what was reported up to there counts already.
   */
  public Optional<Checkpoint> restored() {
    return evaluation.restored();
  }

  /** Returns whether the evaluation should end: the study was stopped, or the time is over. */
  public boolean stopRequested() {
    return evaluation.stopRequested();
  }

  /** Returns a generator of this trial's own, the same in every run of the study. */
  public RandomGenerator random() {
    return evaluation.random("function");
  }

  Metrics result(double value) {
    return recorded.with(metric, value);
  }
}
