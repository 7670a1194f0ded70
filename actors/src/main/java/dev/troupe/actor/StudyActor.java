package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.device.DeviceClock;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs one study: asks its strategy, records, sends trials to the slots, judges measurements, books
 * outcomes and ends. All decisions are those of {@link StudyBooks}; this class turns messages into
 * calls and answers into messages, and lets nothing happen before the ledger has it.
 */
public final class StudyActor extends AbstractBehavior<StudyActor.Command> {

  /** What a study is told. */
  public sealed interface Command {}

  /** What slots and devices tell a study. */
  sealed interface SlotMessage extends Command {}

  /**
   * An attempt has its device.
   *
   * @param lease which run, on which device
   * @param slot runs it
   */
  record Started(DeviceLease lease, ActorRef<EstimatorActor.Command> slot) implements SlotMessage {}

  /**
   * An attempt was measured.
   *
   * @param attempt which run
   * @param measurements in order; one, if a pruner judges it
   * @param slot waits for the verdict, if a pruner judges it
   */
  record Measured(
      Attempt attempt, List<Measurement> measurements, ActorRef<EstimatorActor.Command> slot)
      implements SlotMessage {}

  /**
   * An attempt is over.
   *
   * @param lease which run, on which device
   * @param result what came of it
   * @param rest measurements that have not been sent yet
   */
  record Finished(DeviceLease lease, SlotResult result, List<Measurement> rest)
      implements SlotMessage {}

  /**
   * Attempts will not begin.
   *
   * @param attempts taken back from the queue
   */
  record Withdrawn(List<Attempt> attempts) implements SlotMessage {}

  /**
   * End the study before its budget does.
   *
   * @param reason why, in half a sentence
   * @param hard whether to interrupt running trials, too
   */
  public record Stop(String reason, boolean hard) implements Command {}

  /**
   * A caller who evaluates wants a trial.
   *
   * @param answer gets it, or null once there will be no more
   */
  public record Ask(CompletableFuture<@Nullable AskedTrial> answer) implements Command {}

  /**
   * A caller measured a trial.
   *
   * @param attempt which run
   * @param measurement the values
   * @param answer gets the verdict
   */
  public record Report(Attempt attempt, Measurement measurement, CompletableFuture<Verdict> answer)
      implements Command {}

  /**
   * A caller is done with a trial.
   *
   * @param attempt which run
   * @param metrics its result, if there is one
   * @param failure why there is none, otherwise
   * @param answer completes when it is recorded
   */
  public record Tell(
      Attempt attempt,
      @Nullable Metrics metrics,
      @Nullable String failure,
      CompletableFuture<@Nullable Void> answer)
      implements Command {}

  private record StrategyReplied(StrategyActor.Reply reply) implements Command {}

  private record LedgerReplied(LedgerActor.Reply reply) implements Command {}

  private record TimeOver() implements Command {}

  private static final Logger log = LoggerFactory.getLogger(StudyActor.class);

  private static final double SECONDS_PER_HOUR = 3600;

  private final StudySetup setup;
  private final StudyBooks books;
  private final Timers timers;
  private final EventBus events;
  private final Recorder recorder;
  private final Callers callers;
  private final DeviceClock clock;
  private final ActorRef<StrategyActor.Command> strategy;
  private final ActorRef<DeviceActor.Command> devices;
  private final ActorRef<LedgerActor.Command> ledger;
  private final ActorRef<StrategyActor.Reply> strategyReplies;
  private final CompletableFuture<StudyResult> result;
  private final Map<Attempt, ActorRef<EstimatorActor.Command>> slots = new HashMap<>();
  private final long start;
  private @Nullable Runnable timer;
  private StudyState state = StudyState.RUNNING;
  private boolean closing;
  private boolean completed;

  private StudyActor(
      ActorContext<Command> context,
      StudySetup setup,
      Behavior<LedgerActor.Command> ledgerBehavior,
      ActorRef<DeviceActor.Command> devices,
      Timers timers,
      EventBus events,
      CompletableFuture<StudyResult> result) {
    super(context);
    this.setup = setup;
    this.timers = timers;
    this.devices = devices;
    this.events = events;
    this.result = result;
    this.books = new StudyBooks(setup);
    this.callers = new Callers(setup.name(), timers);
    this.clock = new DeviceClock(timers.now());
    this.start = timers.nanos();
    strategy =
        context.spawn(StrategyActor.create(setup.name(), setup.strategy(), timers), "strategy");
    ledger = context.spawn(ledgerBehavior, "ledger");
    context.watch(strategy);
    context.watch(ledger);
    strategyReplies = context.messageAdapter(StrategyActor.Reply.class, StrategyReplied::new);
    recorder =
        new Recorder(ledger, context.messageAdapter(LedgerActor.Reply.class, LedgerReplied::new));
    begin();
  }

  /**
   * Returns the behaviour that runs a study.
   *
   * @param setup all about it
   * @param ledger keeps its facts
   * @param devices evaluate its trials
   * @param timers tell the time
   * @param events are told what happens
   * @param result completes when the study has ended, exceptionally if this actor dies
   */
  static Behavior<Command> create(
      StudySetup setup,
      Behavior<LedgerActor.Command> ledger,
      ActorRef<DeviceActor.Command> devices,
      Timers timers,
      EventBus events,
      CompletableFuture<StudyResult> result) {
    return Behaviors.setup(
        context -> new StudyActor(context, setup, ledger, devices, timers, events, result));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Finished.class, this::onFinished)
        .onMessage(Measured.class, this::onMeasured)
        .onMessage(Started.class, this::onStarted)
        .onMessage(StrategyReplied.class, this::onStrategyReplied)
        .onMessage(LedgerReplied.class, this::onLedgerReplied)
        .onMessage(Withdrawn.class, this::onWithdrawn)
        .onMessage(Ask.class, this::onAsk)
        .onMessage(Report.class, this::onReport)
        .onMessage(Tell.class, this::onTell)
        .onMessage(Stop.class, this::onStop)
        .onMessage(TimeOver.class, message -> onTimeOver())
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private void begin() {
    ActorRef<Command> self = getContext().getSelf();
    if (setup.budget().wallClock() != null) {
      timer = timers.after(setup.budget().wallClock(), () -> self.tell(new TimeOver()));
    }
    record(
        new StudyEvent.StudyStarted(
            setup.name(),
            timers.now(),
            setup.objectives(),
            setup.strategyName(),
            setup.streams().seed(),
            setup.parallelism(),
            setup.budget()),
        this::proceed);
    recorder.flush();
  }

  /** Does whatever can be done now; called at the end of every message that changed anything. */
  private Behavior<Command> proceed() {
    if (closing) {
      return this;
    }
    StrategyCall call = books.nextCall(freePlaces());
    if (call != null) {
      strategy.tell(new StrategyActor.Suggest(call, strategyReplies));
    }
    if (books.isEnding()) {
      callers.dismiss();
    }
    if (books.isOver() && recorder.isIdle()) {
      closing = true;
      scoreBest();
    }
    recorder.flush();
    return this;
  }

  private int freePlaces() {
    return setup.estimator() == null
        ? callers.unserved() - books.waitingCount()
        : setup.parallelism() - books.activeCount();
  }

  // Suggestions

  private Behavior<Command> onStrategyReplied(StrategyReplied message) {
    if (message.reply() instanceof StrategyActor.StrategyFailed failed) {
      return fail("its strategy '%s' failed: %s".formatted(setup.strategyName(), failed.reason()));
    }
    var suggested = (StrategyActor.Suggested) message.reply();
    String problem = books.problem(suggested.call(), suggested.suggestions());
    if (problem != null) {
      return fail(problem);
    }
    List<RunningTrial> trials = books.suggested(suggested.call(), suggested.suggestions());
    record(asked(suggested), null);
    for (RunningTrial trial : trials) {
      record(
          new StudyEvent.TrialSuggested(setup.name(), trial.id(), trial.suggestion()),
          () -> dispatch(trial));
    }
    return proceed();
  }

  private StudyEvent asked(StrategyActor.Suggested suggested) {
    StrategyCall call = suggested.call();
    return new StudyEvent.StrategyAsked(
        setup.name(),
        call.told().stream().map(EndedTrial::id).toList(),
        call.active().stream().map(trial -> trial.id()).toList(),
        call.count(),
        suggested.suggestions().size(),
        suggested.seconds());
  }

  /** Sends a trial that is on record to a slot, or to the caller who evaluates. */
  private void dispatch(RunningTrial trial) {
    if (books.isStopping()) {
      end(trial, new Outcome.Stopped(), 0);
    } else if (setup.estimator() == null) {
      trial.start();
      for (DeviceLease lease : callers.offer(trial)) {
        clock.held(lease, setup.strategyName());
      }
    } else {
      devices.tell(new DeviceActor.Offer(job(trial, setup.estimator())));
    }
  }

  private Job job(RunningTrial trial, Estimator estimator) {
    return new Job(
        setup.name(),
        trial.attempt(),
        new Job.Evaluate(trial.suggestion()),
        estimator,
        setup.streams(),
        setup.timeLimit(),
        setup.pruner() != null,
        getContext().getSelf().narrow());
  }

  // Trials

  private Behavior<Command> onStarted(Started message) {
    Attempt attempt = message.lease().attempt();
    slots.put(attempt, message.slot());
    clock.held(message.lease(), setup.strategyName());
    RunningTrial trial = books.current(attempt);
    if (trial == null) {
      return this;
    }
    trial.start();
    if (books.isStopping()) {
      message.slot().tell(new EstimatorActor.Stop(setup.name(), attempt));
    }
    if (events.isWanted()) {
      events.publish(
          new StudyEvent.AttemptStarted(setup.name(), attempt, message.lease().device().name()));
    }
    return this;
  }

  private Behavior<Command> onMeasured(Measured message) {
    RunningTrial trial = books.current(message.attempt());
    if (trial == null) {
      return this;
    }
    for (Measurement measurement : message.measurements()) {
      boolean judged = setup.pruner() != null;
      measure(
          trial,
          measurement,
          verdict -> {
            if (judged) {
              message.slot().tell(new EstimatorActor.Answer(message.attempt(), verdict));
            }
          });
    }
    return proceed();
  }

  /** Books a measurement; CONTINUE is answered at once, STOP when it is recorded. */
  private void measure(RunningTrial trial, Measurement measurement, Consumer<Verdict> answer) {
    Verdict verdict;
    try {
      verdict = books.measured(trial, measurement);
    } catch (Throwable e) { // a pruner is the user's code; no error may reach the actor
      fail("its pruner failed on trial %s: %s".formatted(trial.id(), Failures.describe(e)));
      answer.accept(Verdict.STOP);
      return;
    }
    var event = new StudyEvent.Measured(setup.name(), trial.attempt(), measurement, verdict);
    if (verdict == Verdict.CONTINUE) {
      record(event, null);
      answer.accept(verdict);
    } else {
      record(event, () -> answer.accept(verdict));
    }
  }

  private Behavior<Command> onFinished(Finished message) {
    DeviceLease lease = message.lease();
    if (slots.remove(lease.attempt()) == null) {
      clock.held(lease, setup.strategyName()); // its slot died before it could say that it began
    }
    if (closing) {
      return onScored(message);
    }
    RunningTrial trial = books.current(lease.attempt());
    if (trial == null) {
      clock.lost(lease, timers.now());
      return proceed();
    }
    for (Measurement measurement : message.rest()) {
      measure(trial, measurement, verdict -> {});
    }
    conclude(trial, message.result(), lease);
    checkHours();
    return proceed();
  }

  private void conclude(RunningTrial trial, SlotResult result, DeviceLease lease) {
    String reason = result instanceof SlotResult.Failure failure ? failure.reason() : "";
    boolean failed = result instanceof SlotResult.Failure && !trial.isPruned();
    if (failed && books.mayRetry(trial)) {
      double seconds = clock.lost(lease, timers.now());
      var event = new StudyEvent.AttemptFailed(setup.name(), trial.attempt(), reason, seconds);
      trial.retry(seconds);
      record(event, () -> dispatch(trial));
      return;
    }
    Outcome outcome;
    if (!failed) {
      outcome = books.outcome(trial, metrics(result));
    } else {
      outcome = books.isStopping() ? new Outcome.Stopped() : new Outcome.Failed(reason);
    }
    end(trial, outcome, clock.released(lease, outcome.state(), timers.now()));
  }

  private static Metrics metrics(SlotResult result) {
    return result instanceof SlotResult.Value value ? value.metrics() : Metrics.none();
  }

  private void checkHours() {
    if (setup.budget().deviceHours() != null || setup.budget().gpuHours() != null) {
      Instant now = timers.now();
      books.checkHours(
          clock.deviceSeconds(setup.name(), now) / SECONDS_PER_HOUR,
          clock.gpuSeconds(setup.name(), now) / SECONDS_PER_HOUR);
    }
  }

  /** Closes a trial as soon as its outcome is recorded. */
  private void end(RunningTrial trial, Outcome outcome, double seconds) {
    end(trial, outcome, seconds, () -> {});
  }

  private void end(RunningTrial trial, Outcome outcome, double seconds, Runnable afterwards) {
    if (!trial.close()) {
      return;
    }
    EndedTrial ended = trial.end(outcome, seconds);
    record(
        new StudyEvent.TrialEnded(setup.name(), timers.now(), ended),
        () -> {
          if (books.ended(ended)) {
            publishIncumbent(ended);
          }
          afterwards.run();
        });
  }

  private void publishIncumbent(EndedTrial best) {
    if (events.isWanted()) {
      events.publish(new StudyEvent.IncumbentChanged(setup.name(), best.id(), best.metrics()));
    }
  }

  // Callers who evaluate

  private Behavior<Command> onAsk(Ask request) {
    if (setup.estimator() != null) {
      request
          .answer()
          .completeExceptionally(
              new IllegalStateException(
                  "Study '%s': it has an estimator, so nobody can ask for its trials. Maybe open() it."
                      .formatted(setup.name())));
      return this;
    }
    for (DeviceLease lease : callers.ask(request.answer())) {
      clock.held(lease, setup.strategyName());
    }
    return proceed();
  }

  private Behavior<Command> onReport(Report request) {
    RunningTrial trial = requireCurrent(request.attempt(), request.answer());
    if (trial != null) {
      measure(trial, request.measurement(), request.answer()::complete);
    }
    return proceed();
  }

  private Behavior<Command> onTell(Tell request) {
    RunningTrial trial = requireCurrent(request.attempt(), request.answer());
    DeviceLease lease = callers.release(request.attempt());
    if (trial == null || lease == null) {
      return this;
    }
    Outcome outcome =
        request.metrics() == null
            ? new Outcome.Failed(String.valueOf(request.failure()))
            : books.outcome(trial, request.metrics());
    double seconds = clock.released(lease, outcome.state(), timers.now());
    end(trial, outcome, seconds, () -> request.answer().complete(null));
    checkHours();
    return proceed();
  }

  private @Nullable RunningTrial requireCurrent(Attempt attempt, CompletableFuture<?> answer) {
    RunningTrial trial = books.current(attempt);
    if (trial == null || setup.estimator() != null) {
      answer.completeExceptionally(
          new IllegalStateException(
              "Study '%s': trial %s is not running for a caller. Maybe it was told already."
                  .formatted(setup.name(), attempt.trial())));
      return null;
    }
    return trial;
  }

  // Ledger

  private void record(StudyEvent event, @Nullable Runnable whenKept) {
    recorder.add(
        event,
        () -> {
          if (events.isWanted()) {
            events.publish(event);
          }
          if (whenKept != null) {
            whenKept.run();
          }
        });
  }

  private Behavior<Command> onLedgerReplied(LedgerReplied message) {
    if (message.reply() instanceof LedgerActor.AppendFailed failed) {
      return abandon("its ledger failed: " + failed.reason());
    }
    if (message.reply() instanceof LedgerActor.Appended) {
      recorder.kept();
      if (state != StudyState.RUNNING && closing && recorder.isIdle()) {
        return Behaviors.stopped();
      }
    }
    return proceed();
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    boolean ledgerDied = signal.getRef().equals(ledger.unsafeUpcast());
    return ledgerDied ? abandon("its ledger stopped") : fail("its strategy's actor stopped");
  }

  // The end

  private Behavior<Command> onStop(Stop request) {
    if (closing) {
      return request.hard() ? skipScoring() : this;
    }
    if (request.hard()) {
      stopRunning(StudyState.STOPPED, request.reason());
    } else if (!books.isEnding()) {
      books.end(request.reason());
      state = StudyState.STOPPED;
      devices.tell(new DeviceActor.Withdraw(setup.name(), getContext().getSelf().narrow()));
    }
    return proceed();
  }

  private Behavior<Command> onTimeOver() {
    stopRunning(
        StudyState.RUNNING,
        "the budget of %s is spent".formatted(Durations.format(setup.budget().wallClock())));
    return proceed();
  }

  /** Interrupts what runs and takes back what waits. */
  private void stopRunning(StudyState because, String reason) {
    if (books.isStopping()) {
      return;
    }
    if (because != StudyState.RUNNING) {
      state = because;
    }
    books.stop(reason);
    devices.tell(new DeviceActor.Withdraw(setup.name(), getContext().getSelf().narrow()));
    stopSlots();
    if (setup.estimator() == null) {
      for (RunningTrial trial : List.copyOf(books.active())) {
        DeviceLease lease = callers.release(trial.attempt());
        double seconds =
            lease == null ? 0 : clock.released(lease, TrialState.STOPPED, timers.now());
        end(trial, new Outcome.Stopped(), seconds);
      }
    }
  }

  private void stopSlots() {
    slots.forEach((attempt, slot) -> slot.tell(new EstimatorActor.Stop(setup.name(), attempt)));
  }

  private Behavior<Command> onWithdrawn(Withdrawn message) {
    for (Attempt attempt : message.attempts()) {
      RunningTrial trial = books.current(attempt);
      if (trial != null) {
        end(trial, new Outcome.Stopped(), 0);
      }
    }
    return proceed();
  }

  /** The study cannot go on; what is known is kept. */
  private Behavior<Command> fail(String reason) {
    state = StudyState.FAILED;
    stopRunning(StudyState.FAILED, reason);
    return proceed();
  }

  /** Not even the ledger is there: nothing more can be recorded. */
  private Behavior<Command> abandon(String reason) {
    state = StudyState.FAILED;
    books.stop(reason);
    stopSlots();
    complete(Metrics.none(), reason);
    return Behaviors.stopped();
  }

  /** Has the best trial scored on what the search never saw, unless somebody is in a hurry. */
  private void scoreBest() {
    EndedTrial best = books.incumbents().best();
    Estimator estimator = setup.estimator();
    if (best == null || estimator == null || state != StudyState.RUNNING) {
      conclude(Metrics.none());
      return;
    }
    devices.tell(
        new DeviceActor.Offer(
            new Job(
                setup.name(),
                Attempt.first(best.id()),
                new Job.Test(best),
                estimator,
                setup.streams(),
                setup.timeLimit(),
                false,
                getContext().getSelf().narrow())));
  }

  /** Somebody is in a hurry after all: the trials are complete, only the score is missing. */
  private Behavior<Command> skipScoring() {
    if (state == StudyState.RUNNING) {
      stopSlots();
      conclude(Metrics.none());
      recorder.flush();
    }
    return this;
  }

  private Behavior<Command> onScored(Finished message) {
    if (state != StudyState.RUNNING) {
      return this; // the score comes too late
    }
    clock.released(message.lease(), TrialState.COMPLETED, timers.now());
    if (message.result() instanceof SlotResult.Failure failure) {
      log.warn(
          "Study '{}': the best trial could not be scored on the test part: {}",
          setup.name(),
          failure.reason());
      conclude(Metrics.none());
    } else {
      conclude(((SlotResult.Value) message.result()).metrics());
    }
    recorder.flush();
    return this;
  }

  /** Records the end, then tells everybody. */
  private void conclude(Metrics test) {
    StudyState ended = state == StudyState.RUNNING ? StudyState.DONE : state;
    state = ended;
    String reason = books.endReason();
    record(
        new StudyEvent.StudyEnded(setup.name(), timers.now(), ended, reason),
        () -> complete(test, reason));
  }

  private void complete(Metrics test, String reason) {
    if (completed) {
      return;
    }
    completed = true;
    StudyResult summary = summary(test, reason);
    events.close(
        () -> {
          closeEstimator();
          result.complete(summary);
        });
  }

  /** Runs on the thread of the events: the estimator is the user's code and may block or throw. */
  private void closeEstimator() {
    Estimator estimator = setup.estimator();
    if (estimator != null) {
      try {
        estimator.close();
      } catch (RuntimeException e) {
        log.warn("Study '{}': its estimator did not close: {}", setup.name(), e.toString());
      }
    }
  }

  private StudyResult summary(Metrics test, String reason) {
    Instant now = timers.now();
    double seconds = timers.secondsSince(start);
    double places = seconds * setup.parallelism();
    double held = clock.deviceSeconds(setup.name(), now);
    return new StudyResult(
        setup.name(),
        state,
        reason,
        books.count(TrialState.COMPLETED),
        books.count(TrialState.PRUNED),
        books.count(TrialState.FAILED),
        books.count(TrialState.STOPPED),
        books.incumbents().best(),
        test,
        books.incumbents().front(),
        held / SECONDS_PER_HOUR,
        clock.gpuSeconds(setup.name(), now) / SECONDS_PER_HOUR,
        seconds,
        places > 0 ? Math.min(1, held / places) : 0,
        setup.streams().seed());
  }

  private Behavior<Command> onPostStop() {
    if (timer != null) {
      timer.run();
    }
    callers.dismiss();
    if (!completed) {
      abandon("its actor stopped");
    }
    return this;
  }
}
