package dev.troupe.actor;

import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceClock;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityReport;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.TrialState;
import dev.troupe.study.Trick;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Books, clock, ledger and events of a study, kept in step: what enters the books is recorded, and
 * published once it is kept.
 */
final class StudyRecords {

  private static final double SECONDS_PER_HOUR = 3600;
  private static final double NANOS_PER_SECOND = 1e9;
  private static final String PROCESS_ENDED = "its process ended";
  private static final String STUDY_STOPPED = "its study was stopped";

  private static final Logger log = LoggerFactory.getLogger(StudyRecords.class);

  private final StudySetup setup;
  private final StudyBooks books;
  private final Recorder recorder;
  private final StudyCheckpoints checkpoints;
  private final EventBus events;
  private final Timers timers;
  private final DeviceClock clock;
  private final PlaceTime time;
  private final long startOnMachine;
  private OpenFacts open = new OpenFacts();
  private Spending earlier = new Spending();
  private double utilisation;
  private final FidelityBook fidelity;

  /** Leads from the clock to the time that is recorded; zero unless time was left virtually. */
  private Duration shift = Duration.ZERO;

  StudyRecords(
      StudySetup setup,
      StudyBooks books,
      Recorder recorder,
      StudyCheckpoints checkpoints,
      EventBus events,
      Timers timers) {
    this.setup = setup;
    this.books = books;
    this.recorder = recorder;
    this.checkpoints = checkpoints;
    this.events = events;
    this.timers = timers;
    this.clock = new DeviceClock(timers.now());
    this.time = new PlaceTime(timers, setup.parallelism());
    this.fidelity = new FidelityBook(setup);
    this.startOnMachine = timers.machineNanos();
  }

  /** Returns the time to be recorded: virtual time goes on from where an earlier run left it. */
  Instant now() {
    return timers.now().plus(shift);
  }

  /** Goes on with a record, and counts what earlier runs have spent. */
  void addEarlier(OpenFacts record) {
    open = record;
    earlier = record.spending().copy();
    if (timers.isVirtual()) {
      shift = Duration.between(timers.now(), earlier.last());
    }
  }

  /** Learns from all trials on record what their fidelities are worth. */
  void learnEarlier(StudyRecovery recovery) {
    if (fidelity.isOpen()) {
      recovery.ended().forEach(fidelity::take);
      books.open().forEach(trial -> fidelity.suggested(trial.suggestion()));
    }
  }

  /**
   * Warns, once, of a low fidelity that is not to be relied on.
   *
   * @param over whether no more will be known of it
   */
  void judgeFidelity(boolean over) {
    String warning = fidelity.warning(over);
    if (warning != null) {
      log.warn(warning);
    }
  }

  /** Returns how many facts are on record, or about to be. */
  long count() {
    return open.count();
  }

  /** Returns a snapshot without the strategy's state; nothing is outstanding. */
  StudySnapshot snapshot() {
    return new StudySnapshot(
        open.count(),
        open.open(),
        books.sums(),
        open.spending().spent(),
        open.savings().saved(),
        new byte[0]);
  }

  /** Returns for how long the study has run, in all its runs, in seconds. */
  double seconds() {
    return earlier.seconds() + time.seconds();
  }

  /** The study is paused, and nothing of it runs: its time does not pass. */
  void rest() {
    time.rest();
  }

  /** The time of the study passes again. */
  void goOn() {
    time.goOn();
  }

  /** The study keeps another number of trials in flight from now on. */
  void takePlaces() {
    time.places(books.instructions().parallelism());
  }

  /**
   * Goes on with a recorded study: trials that it had begun go on from their checkpoints or begin
   * anew, under a new attempt.
   *
   * @param recovery what was taken from the record into the books
   * @param dispatch is called for each of them when that is kept
   */
  void resume(StudyRecovery recovery, Consumer<RunningTrial> dispatch) {
    publish(recovery.begin());
    Instructions instructions = books.instructions();
    instructions.settle();
    takePlaces();
    add(
        new StudyEvent.StudyResumed(
            setup.name(), now(), instructions.parallelism(), instructions.budget()));
    EndedTrial best = books.incumbents().best();
    if (best != null) {
      publish(new StudyEvent.IncumbentChanged(setup.name(), best.id(), best.metrics()));
    }
    publishPaused();
    checkpoints.sweep(recovery.usableCheckpoints(), recovery.pastAttempts());
    books.takenUp();
    for (RunningTrial trial : List.copyOf(books.active())) {
      double seconds = recovery.interruptedSeconds(trial);
      earlier.spend(seconds, open.isOnGpu(trial.id()));
      if (trial.isPruned()) {
        close(trial, books.outcome(trial, Metrics.none()), seconds, () -> {});
      } else {
        String reason = recovery.wasStopped(trial) ? STUDY_STOPPED : PROCESS_ENDED;
        repeat(trial, lost(trial, reason, seconds), dispatch);
      }
    }
    checkHours();
  }

  /** Tells the listeners of a later run which trials wait to be resumed: their facts once more. */
  void publishPaused() {
    for (RunningTrial trial : books.paused()) {
      publish(new StudyEvent.TrialSuggested(setup.name(), trial.id(), trial.suggestion()));
      publish(
          new StudyEvent.TrialPaused(
              setup.name(), now(), trial.attempt(), trial.paused().metrics(), 0));
    }
  }

  /** Records a fact, and publishes it when it is kept. */
  void add(StudyEvent event) {
    add(event, () -> {});
  }

  /** Records a fact; when it is kept, publishes it and does what has to follow it. */
  void add(StudyEvent event, Runnable whenKept) {
    open.take(event);
    if (event instanceof StudyEvent.TrialSuggested suggested) {
      fidelity.suggested(suggested.suggestion());
    }
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
    utilisation = utilisation(places(), deviceSeconds());
  }

  /** A device is held from now on. */
  void held(DeviceLease lease) {
    clock.held(lease, setup.strategyName());
  }

  /** A trial runs on a device. */
  void started(RunningTrial trial, DeviceLease lease) {
    trial.start();
    boolean gpu = lease.device().kind() == Device.Kind.CUDA;
    if (gpu || events.isWanted()) {
      var event =
          new StudyEvent.AttemptStarted(setup.name(), lease.attempt(), lease.device().name());
      if (gpu) {
        add(event); // without it nobody would know later that these were GPU-hours
      } else {
        publish(event);
      }
    }
  }

  /** Records a booked measurement; CONTINUE is answered at once, STOP when it is recorded. */
  void measured(
      RunningTrial trial, Measurement measurement, Verdict verdict, Consumer<Verdict> answer) {
    trial.record();
    var event = new StudyEvent.Measured(setup.name(), trial.attempt(), measurement, verdict);
    if (verdict == Verdict.CONTINUE) {
      add(event);
      answer.accept(verdict);
    } else {
      add(event, () -> answer.accept(verdict));
    }
  }

  /** Records that an attempt has saved where it stands; what that makes useless is removed. */
  void saved(RunningTrial trial, CheckpointKey key) {
    if (trial.isClosed() || !trial.attempt().equals(key.attempt())) {
      checkpoints.remove(List.of(key));
      return;
    }
    trial.checkpoints().add(key);
    add(
        new StudyEvent.CheckpointSaved(
            setup.name(), key.attempt(), key.step(), key.id(), key.bytes()),
        removal(trial));
  }

  /** What a trial has no use for is removed when that is on record. */
  private Runnable removal(RunningTrial trial) {
    List<CheckpointKey> useless = trial.checkpoints().takeUseless();
    return () -> checkpoints.remove(useless);
  }

  /** Records from where the current attempt of a trial goes on. */
  void resumed(RunningTrial trial, CheckpointKey key) {
    if (!trial.isClosed()) {
      trial.resume(key.step(), key.id());
      add(
          new StudyEvent.AttemptResumed(setup.name(), trial.attempt(), key.step(), key.id()),
          removal(trial));
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
        repeat(trial, lost(trial, lost.reason(), lost(lease)), dispatch);
      } else {
        fail(trial, lost.reason(), lease);
      }
    } else if (result instanceof SlotResult.OutOfMemory full && !trial.isPruned()) {
      if (books.mayRunAlone(trial)) {
        repeat(
            trial,
            new StudyEvent.AttemptFailed(
                setup.name(), trial.attempt(), full.reason(), lost(lease), false, true),
            dispatch);
      } else {
        fail(trial, trial.shortages() == 0 ? full.reason() : evenAlone(full, lease), lease);
      }
    } else if (result instanceof SlotResult.Failure failure && !trial.isPruned()) {
      if (books.mayRetry(trial)) {
        repeat(
            trial,
            new StudyEvent.AttemptFailed(
                setup.name(), trial.attempt(), failure.reason(), lost(lease)),
            dispatch);
      } else {
        fail(trial, failure.reason(), lease);
      }
    } else {
      Metrics metrics = result instanceof SlotResult.Value value ? value.metrics() : Metrics.none();
      concluded(trial, books.outcome(trial, metrics), lease, () -> {});
    }
    checkHours();
  }

  /**
   * Books how an attempt ended that nothing went wrong with: its trial has ended, or pauses.
   *
   * @param lease what it held, if anything
   * @param whenKept what has to follow
   */
  void concluded(
      RunningTrial trial, Outcome outcome, @Nullable DeviceLease lease, Runnable whenKept) {
    if (outcome instanceof Outcome.Completed reached && books.pauses(trial)) {
      pause(trial, reached.metrics(), lease, whenKept);
    } else {
      ended(trial, outcome, lease, whenKept);
    }
  }

  private void pause(
      RunningTrial trial, Metrics metrics, @Nullable DeviceLease lease, Runnable whenKept) {
    double seconds = lease == null ? 0 : clock.released(lease, TrialState.PAUSED, timers.now());
    if (trial.close()) {
      var event =
          new StudyEvent.TrialPaused(setup.name(), now(), trial.attempt(), metrics, seconds);
      add(
          event,
          () -> {
            books.paused(trial, event);
            whenKept.run();
          });
    }
  }

  private static String evenAlone(SlotResult.OutOfMemory full, DeviceLease lease) {
    return OutOfMemory.evenAlone(
        full.reason(), lease.device().name(), Runtime.getRuntime().maxMemory());
  }

  private StudyEvent.AttemptFailed lost(RunningTrial trial, String reason, double seconds) {
    return new StudyEvent.AttemptFailed(setup.name(), trial.attempt(), reason, seconds, true);
  }

  private void repeat(
      RunningTrial trial, StudyEvent.AttemptFailed failure, Consumer<RunningTrial> dispatch) {
    trial.retry(failure);
    add(failure, () -> dispatch.accept(trial));
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
    close(trial, outcome, seconds, whenKept);
  }

  private void close(RunningTrial trial, Outcome outcome, double seconds, Runnable whenKept) {
    if (!trial.close()) {
      return;
    }
    EndedTrial ended = trial.end(outcome, seconds);
    if (!(outcome instanceof Outcome.Stopped)) { // a larger budget resumes such a trial
      trial.checkpoints().discard();
    }
    Runnable removal = removal(trial);
    add(
        new StudyEvent.TrialEnded(setup.name(), now(), ended),
        () -> {
          if (books.ended(ended)) {
            publish(new StudyEvent.IncumbentChanged(setup.name(), ended.id(), ended.metrics()));
          }
          check(ended);
          publishSavings(ended);
          removal.run();
          whenKept.run();
        });
  }

  private void check(EndedTrial ended) {
    List<Fidelity> checked = fidelity.take(ended);
    for (Fidelity each : checked) {
      FidelityReport.Level level = fidelity.level(each);
      Double kendall = level == null ? null : level.correlation().kendall();
      Double spearman = level == null ? null : level.correlation().spearman();
      if (level != null && spearman != null && kendall != null) {
        publish(
            new StudyEvent.FidelityChecked(
                setup.name(), each, level.correlation().pairs(), spearman, kendall));
      }
    }
    if (!checked.isEmpty()) {
      judgeFidelity(false);
    }
  }

  private void publishSavings(EndedTrial ended) {
    if (events.isWanted() && !ended.measurements().isEmpty()) {
      seconds(open.savings())
          .forEach(
              (trick, seconds) ->
                  publish(new StudyEvent.DeviceTimeSaved(setup.name(), trick, seconds)));
    }
  }

  private Map<Trick, Double> seconds(Savings savings) {
    Trick pruning = setup.pruner() == null ? Trick.EARLY_STOPPING : setup.pruner().trick();
    Map<Trick, Double> seconds = savings.seconds(setup.fullStep(), pruning);
    double low = fidelity.savedSeconds();
    if (!Double.isNaN(low)) {
      seconds.remove(Trick.LOW_FIDELITY); // steps do not tell it
      if (low > 0) {
        seconds.put(Trick.LOW_FIDELITY, low);
      }
    }
    return seconds;
  }

  /** Trials that wait to be resumed have saved what they have not been given yet. */
  private Map<Trick, Double> savedHours() {
    var savings = new Savings();
    savings.set(open.savings().saved());
    books.paused().forEach(trial -> savings.rest(trial.measurements()));
    var hours = new EnumMap<Trick, Double>(Trick.class);
    seconds(savings).forEach((trick, seconds) -> hours.put(trick, seconds / SECONDS_PER_HOUR));
    return hours;
  }

  void checkHours() {
    Budget budget = books.instructions().budget();
    if (budget.deviceHours() != null || budget.gpuHours() != null) {
      books.checkHours(deviceSeconds() / SECONDS_PER_HOUR, gpuSeconds() / SECONDS_PER_HOUR);
    }
  }

  private double deviceSeconds() {
    return earlier.deviceSeconds() + clock.deviceSeconds(setup.name(), timers.now());
  }

  private double gpuSeconds() {
    return earlier.gpuSeconds() + clock.gpuSeconds(setup.name(), timers.now());
  }

  /** Returns the seconds for which trials could be in flight, times their number. */
  private double places() {
    return earlier.placeSeconds() + time.placeSeconds();
  }

  private static double utilisation(double places, double held) {
    return places > 0 ? Math.min(1, held / places) : 0;
  }

  /** Returns all that came out of the study, in all its runs. */
  StudyResult summary(Metrics test) {
    double seconds = seconds();
    double onMachine = (timers.machineNanos() - startOnMachine) / NANOS_PER_SECOND;
    return summary(
        test,
        timers.isVirtual() ? onMachine : seconds,
        seconds,
        utilisation(places(), deviceSeconds()),
        utilisation);
  }

  /** Returns the same of a study that stays ended: this run adds nothing. */
  StudyResult earlierSummary(Metrics test) {
    double busy = utilisation(earlier.placeSeconds(), earlier.deviceSeconds());
    return summary(test, timers.isVirtual() ? 0 : earlier.seconds(), earlier.seconds(), busy, busy);
  }

  private StudyResult summary(
      Metrics test, double onMachine, double seconds, double busy, double busyWhileSuggesting) {
    return new StudyResult(
        setup.name(),
        books.state(),
        books.endReason(),
        books.count(TrialState.COMPLETED),
        books.count(TrialState.PRUNED),
        books.count(TrialState.FAILED),
        books.count(TrialState.STOPPED),
        books.paused().size(),
        books.incumbents().best(),
        test,
        books.incumbents().front(),
        deviceSeconds() / SECONDS_PER_HOUR,
        gpuSeconds() / SECONDS_PER_HOUR,
        savedHours(),
        onMachine,
        timers.isVirtual() ? (Double) seconds : null,
        busy,
        busyWhileSuggesting,
        setup.streams().seed(),
        fidelity.report());
  }
}
