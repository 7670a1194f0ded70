package dev.troupe.actor;

import dev.troupe.estimator.device.DeviceClock;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.time.Instant;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Books, clock, ledger and events of a study, kept in step: what enters the books is recorded, and
 * published once it is kept.
 */
final class StudyRecords {

  private static final double SECONDS_PER_HOUR = 3600;
  private static final double NANOS_PER_SECOND = 1e9;

  private final StudySetup setup;
  private final StudyBooks books;
  private final Recorder recorder;
  private final EventBus events;
  private final Timers timers;
  private final DeviceClock clock;
  private final long start;
  private final long startOnMachine;
  private double utilisation;

  StudyRecords(
      StudySetup setup, StudyBooks books, Recorder recorder, EventBus events, Timers timers) {
    this.setup = setup;
    this.books = books;
    this.recorder = recorder;
    this.events = events;
    this.timers = timers;
    this.clock = new DeviceClock(timers.now());
    this.start = timers.nanos();
    this.startOnMachine = timers.machineNanos();
  }

  /** Records a fact, and publishes it when it is kept. */
  void add(StudyEvent event) {
    add(event, () -> {});
  }

  /** Records a fact; when it is kept, publishes it and does what has to follow it. */
  void add(StudyEvent event, Runnable whenKept) {
    recorder.add(
        event,
        () -> {
          publish(event);
          whenKept.run();
        });
  }

  private void publish(StudyEvent event) {
    if (events.isWanted()) {
      events.publish(event);
    }
  }

  /**
   * A trial is handed out, perhaps the last one: devices are idle after that for want of trials.
   */
  void dispatched() {
    double places = timers.secondsSince(start) * setup.parallelism();
    double held = clock.deviceSeconds(setup.name(), timers.now());
    utilisation = places > 0 ? Math.min(1, held / places) : 0;
  }

  /** A device is held from now on. */
  void held(DeviceLease lease) {
    clock.held(lease, setup.strategyName());
  }

  /** A trial runs on a device. */
  void started(RunningTrial trial, DeviceLease lease) {
    trial.start();
    if (events.isWanted()) {
      publish(new StudyEvent.AttemptStarted(setup.name(), lease.attempt(), lease.device().name()));
    }
  }

  /** Records a booked measurement; CONTINUE is answered at once, STOP when it is recorded. */
  void measured(
      RunningTrial trial, Measurement measurement, Verdict verdict, Consumer<Verdict> answer) {
    var event = new StudyEvent.Measured(setup.name(), trial.attempt(), measurement, verdict);
    if (verdict == Verdict.CONTINUE) {
      add(event);
      answer.accept(verdict);
    } else {
      add(event, () -> answer.accept(verdict));
    }
  }

  /**
   * Books what came of an attempt.
   *
   * @param dispatch is called if the trial is tried again
   */
  void finished(
      RunningTrial trial, SlotResult result, DeviceLease lease, Consumer<RunningTrial> dispatch) {
    if (result instanceof SlotResult.Lost lost && !trial.isPruned()) {
      if (books.mayRepeat(trial)) {
        trial.lose();
        repeat(trial, lost.reason(), lease, dispatch);
      } else {
        fail(trial, lost.reason(), lease);
      }
    } else if (result instanceof SlotResult.Failure failure && !trial.isPruned()) {
      if (books.mayRetry(trial)) {
        repeat(trial, failure.reason(), lease, dispatch);
      } else {
        fail(trial, failure.reason(), lease);
      }
    } else {
      Metrics metrics = result instanceof SlotResult.Value value ? value.metrics() : Metrics.none();
      ended(trial, books.outcome(trial, metrics), lease, () -> {});
    }
    checkHours();
  }

  private void repeat(
      RunningTrial trial, String reason, DeviceLease lease, Consumer<RunningTrial> dispatch) {
    double seconds = lost(lease);
    var event = new StudyEvent.AttemptFailed(setup.name(), trial.attempt(), reason, seconds);
    trial.retry(seconds);
    add(event, () -> dispatch.accept(trial));
  }

  private void fail(RunningTrial trial, String reason, DeviceLease lease) {
    Outcome outcome = books.isInterrupting() ? new Outcome.Stopped() : new Outcome.Failed(reason);
    ended(trial, outcome, lease, () -> {});
  }

  /** A device was held in vain. */
  double lost(DeviceLease lease) {
    return clock.lost(lease, timers.now());
  }

  /** A device was held for something that is no trial's outcome. */
  void released(DeviceLease lease) {
    clock.released(lease, TrialState.COMPLETED, timers.now());
  }

  /**
   * Books a trial's end, once.
   *
   * @param lease what it held, if anything
   * @param whenKept what has to follow
   */
  void ended(RunningTrial trial, Outcome outcome, @Nullable DeviceLease lease, Runnable whenKept) {
    double seconds = lease == null ? 0 : clock.released(lease, outcome.state(), timers.now());
    if (!trial.close()) {
      return;
    }
    EndedTrial ended = trial.end(outcome, seconds);
    add(
        new StudyEvent.TrialEnded(setup.name(), timers.now(), ended),
        () -> {
          if (books.ended(ended)) {
            publish(new StudyEvent.IncumbentChanged(setup.name(), ended.id(), ended.metrics()));
          }
          whenKept.run();
        });
  }

  void checkHours() {
    if (setup.budget().deviceHours() != null || setup.budget().gpuHours() != null) {
      Instant now = timers.now();
      books.checkHours(
          clock.deviceSeconds(setup.name(), now) / SECONDS_PER_HOUR,
          clock.gpuSeconds(setup.name(), now) / SECONDS_PER_HOUR);
    }
  }

  /** Returns all that came out of the study. */
  StudyResult summary(Metrics test) {
    Instant now = timers.now();
    double seconds = timers.secondsSince(start);
    double places = seconds * setup.parallelism();
    double held = clock.deviceSeconds(setup.name(), now);
    double onMachine = (timers.machineNanos() - startOnMachine) / NANOS_PER_SECOND;
    return new StudyResult(
        setup.name(),
        books.state(),
        books.endReason(),
        books.count(TrialState.COMPLETED),
        books.count(TrialState.PRUNED),
        books.count(TrialState.FAILED),
        books.count(TrialState.STOPPED),
        books.incumbents().best(),
        test,
        books.incumbents().front(),
        held / SECONDS_PER_HOUR,
        clock.gpuSeconds(setup.name(), now) / SECONDS_PER_HOUR,
        onMachine,
        timers.isVirtual() ? (Double) seconds : null,
        places > 0 ? Math.min(1, held / places) : 0,
        utilisation,
        setup.streams().seed());
  }
}
