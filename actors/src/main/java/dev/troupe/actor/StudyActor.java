package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import akka.japi.function.Function;
import dev.troupe.estimator.Failures;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
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
  public sealed interface SlotMessage extends Command {}

  /**
   * An attempt has its device.
   *
   * @param lease which run, on which device
   */
  public record Started(DeviceLease lease) implements SlotMessage {}

  /**
   * An attempt was measured.
   *
   * @param lease which run, on which device
   * @param measurements in order; one, if a pruner judges it
   * @param slot waits for the verdict, if a pruner judges it
   */
  public record Measured(
      DeviceLease lease, List<Measurement> measurements, ActorRef<EstimatorActor.Command> slot)
      implements SlotMessage {}

  /**
   * An attempt has saved where it stands.
   *
   * @param lease which run, on which device
   * @param key by what it is found
   */
  public record Saved(DeviceLease lease, CheckpointKey key) implements SlotMessage {}

  /**
   * An attempt goes on from where an earlier one was.
   *
   * @param lease which run, on which device
   * @param key what that one had saved
   */
  public record Resumed(DeviceLease lease, CheckpointKey key) implements SlotMessage {}

  /**
   * An attempt is over.
   *
   * @param lease which run, on which device
   * @param result what came of it
   * @param rest measurements that have not been sent yet
   */
  public record Finished(DeviceLease lease, SlotResult result, List<Measurement> rest)
      implements SlotMessage {}

  /**
   * Attempts will not begin.
   *
   * @param attempts taken back from the queue
   */
  record Withdrawn(List<Attempt> attempts) implements SlotMessage {}

  /**
   * Do what somebody asks. Whoever sends it has seen to it that a candidate is in the space, which
   * may run code of the user's.
   *
   * @param instruction what is asked
   * @param by who asks, in words
   * @param request the number of the request if it came by way of the ledger, else null
   * @param answer completes when it is recorded, or need not be; with an {@link
   *     IllegalArgumentException} if it is refused, with an {@link IllegalStateException} if the
   *     study has come too near its end for it
   */
  public record Instruct(
      Instruction instruction,
      String by,
      @Nullable Long request,
      CompletableFuture<@Nullable Void> answer)
      implements Command {}

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

  private record PrunerReplied(PrunerActor.Reply reply) implements Command {}

  private record LedgerReplied(LedgerActor.Reply reply) implements Command {}

  private record TimeOver(Duration limit) implements Command {}

  private static final String TIMELESS =
      "its budget is virtual time, but trial after trial takes none."
          + " Maybe give the estimator a cost, or set budget.trials";

  private enum Phase {
    /** What is on record is read, and the strategy is brought to where it was. */
    OPENING,
    /** Trials are suggested, run and end. */
    SEARCHING,
    /** The best one is scored on what the search never saw. */
    SCORING,
    /** The end is being recorded. */
    CLOSING,
    /** The ledger is lost: what runs is waited for, and that is all. */
    ABANDONED
  }

  private static final Logger log = LoggerFactory.getLogger(StudyActor.class);

  private final StudySetup setup;
  private final Timers timers;
  private final StudyBooks books;
  private final Recorder recorder;
  private final StudyRecords records;
  private final StudyCheckpoints checkpoints;
  private final Callers callers;
  private final Verdicts verdicts = new Verdicts();
  private final Snapshots snapshots = new Snapshots();
  private final ActorRef<StrategyActor.Command> strategy;
  private final @Nullable ActorRef<PrunerActor.Command> pruner;
  private final ActorRef<DeviceActor.Command> devices;
  private final ActorRef<LedgerActor.Command> ledger;
  private final ActorRef<StrategyActor.Reply> strategyReplies;
  private final ActorRef<PrunerActor.Reply> prunerReplies;
  private final EventBus events;
  private final CompletableFuture<@Nullable Void> opened;
  private final CompletableFuture<StudyResult> result;
  private final List<Command> early = new ArrayList<>();
  private Phase phase = Phase.OPENING;
  private @Nullable StudyRecovery recovery;
  private final Limits limits;
  private final Pause pause;
  private Runnable release = () -> {};

  /** Instructions that are not yet on record: until they are, nothing is suggested. */
  private int instructing;

  /** What the strategy said when the study was ending, which an extension may change. */
  private @Nullable StrategyReplied deferred;

  /** Jobs that the devices have not answered. */
  private int away;

  private StudyActor(
      ActorContext<Command> context,
      StudySetup setup,
      Behavior<LedgerActor.Command> ledgerBehavior,
      ActorRef<DeviceActor.Command> devices,
      Timers timers,
      EventBus events,
      CompletableFuture<@Nullable Void> opened,
      CompletableFuture<StudyResult> result) {
    super(context);
    this.setup = setup;
    this.timers = timers;
    this.devices = devices;
    this.events = events;
    this.opened = opened;
    this.result = result;
    books = new StudyBooks(setup);
    callers = new Callers(setup.name(), timers);
    strategy = context.spawn(StrategyActor.create(setup, timers), "strategy");
    pruner = spawnPruner(context, setup, timers);
    ledger = context.spawn(ledgerBehavior, "ledger");
    context.watch(strategy);
    context.watch(ledger);
    context.watch(devices);
    strategyReplies = context.messageAdapter(StrategyActor.Reply.class, StrategyReplied::new);
    prunerReplies = context.messageAdapter(PrunerActor.Reply.class, PrunerReplied::new);
    ActorRef<LedgerActor.Reply> ledgerReplies =
        context.messageAdapter(LedgerActor.Reply.class, LedgerReplied::new);
    recorder = new Recorder(ledger, ledgerReplies, timers);
    checkpoints = new StudyCheckpoints(setup.name(), setup.checkpoints(), setup.weightBudget());
    records = new StudyRecords(setup, books, recorder, checkpoints, events, timers);
    ActorRef<Command> self = context.getSelf();
    limits = new Limits(timers, limit -> self.tell(new TimeOver(limit)));
    pause = new Pause(timers, records, limits, books.instructions());
    if (!setup.share().equals(Share.DEFAULT)) {
      devices.tell(new DeviceActor.Join(self.narrow(), setup.share()));
    }
    release = timers.hold(); // no time passes until it is known what is on record
    ledger.tell(new LedgerActor.Read(pruner != null || setup.lowFidelity() != null, ledgerReplies));
  }

  private static @Nullable ActorRef<PrunerActor.Command> spawnPruner(
      ActorContext<Command> context, StudySetup setup, Timers timers) {
    if (setup.pruner() == null) {
      return null;
    }
    ActorRef<PrunerActor.Command> pruner =
        context.spawn(PrunerActor.create(setup.name(), setup.pruner(), timers), "pruner");
    context.watch(pruner);
    return pruner;
  }

  /**
   * Returns the behaviour that runs a study.
   *
   * @param setup all about it
   * @param ledger keeps its facts
   * @param devices evaluate its trials
   * @param timers tell the time
   * @param events are told what happens
   * @param opened completes when the study has begun or goes on, or is found to have ended; with
   *     the reason if it is refused, in which case nothing is recorded and this actor stops
   * @param result completes when the study has ended, just before this actor stops; never, if this
   *     actor is stopped or dies
   */
  static Behavior<Command> create(
      StudySetup setup,
      Behavior<LedgerActor.Command> ledger,
      ActorRef<DeviceActor.Command> devices,
      Timers timers,
      EventBus events,
      CompletableFuture<@Nullable Void> opened,
      CompletableFuture<StudyResult> result) {
    return Behaviors.setup(
        context -> new StudyActor(context, setup, ledger, devices, timers, events, opened, result));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Finished.class, inTurn(this::onFinished))
        .onMessage(Measured.class, inTurn(this::onMeasured))
        .onMessage(Saved.class, inTurn(this::onSaved))
        .onMessage(Resumed.class, inTurn(this::onResumed))
        .onMessage(Started.class, inTurn(this::onStarted))
        .onMessage(StrategyReplied.class, inTurn(this::onStrategyReplied))
        .onMessage(PrunerReplied.class, inTurn(this::onPrunerReplied))
        .onMessage(LedgerReplied.class, this::onLedgerReplied)
        .onMessage(Withdrawn.class, inTurn(this::onWithdrawn))
        .onMessage(Ask.class, inTurn(this::onAsk))
        .onMessage(Report.class, inTurn(this::onReport))
        .onMessage(Tell.class, inTurn(this::onTell))
        .onMessage(Instruct.class, inTurn(this::onInstruct))
        .onMessage(TimeOver.class, inTurn(this::onTimeOver))
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  /** Keeps a message back while the study has to be still. */
  private <M extends Command> Function<M, Behavior<Command>> inTurn(
      java.util.function.Function<M, Behavior<Command>> handler) {
    return message -> {
      if (!snapshots.isSettling()) {
        return handler.apply(message);
      }
      snapshots.hold(() -> handler.apply(message));
      return this;
    };
  }

  // The beginning

  private Behavior<Command> onFacts(LedgerActor.Facts facts) {
    release.run();
    snapshots.read(facts);
    if (facts.isEmpty()) {
      begin();
      return goOn();
    }
    try {
      recovery = StudyRecovery.of(setup, books, facts);
    } catch (IllegalArgumentException e) {
      return refuse(e);
    }
    StudyEvent.StudyEnded end = recovery.finalEnd();
    if (end == null) {
      records.addEarlier(recovery.open());
      strategy.tell(new StrategyActor.Replay(facts, strategyReplies));
      return this;
    }
    log.info(
        "Study '{}' ended before; this is its result. A larger budget extends it.", setup.name());
    recovery.leaveEnded(end);
    records.addEarlier(recovery.open());
    records.learnEarlier(recovery);
    events.publishEarlier(recovery.ended());
    records.publishPaused();
    result.complete(records.earlierSummary(end.test()));
    return Behaviors.stopped();
  }

  private Behavior<Command> onReplayed(StudyRecovery recovered, @Nullable String problem) {
    if (problem != null) {
      return refuse(
          new IllegalArgumentException(
              "Study '%s': its strategy '%s' is not the one on record: %s. Maybe it or its version has changed: begin anew beside it (--fresh), or give this study another name."
                  .formatted(setup.name(), setup.strategyName(), problem)));
    }
    recovery = null; // the record may be large
    records.learnEarlier(recovered);
    events.publishEarlier(recovered.ended());
    records.resume(recovered, this::dispatch);
    limits.set(books.instructions().budget(), records.seconds());
    if (books.instructions().isPaused()) {
      log.warn(
          "Study '{}' is paused, and waits to be resumed: ./troupe resume {}",
          setup.name(),
          setup.name());
    }
    return goOn();
  }

  private Behavior<Command> goOn() {
    phase = Phase.SEARCHING;
    opened.complete(null);
    List<Command> waiting = List.copyOf(early);
    early.clear();
    for (Command command : waiting) {
      if (command instanceof Instruct request) {
        onInstruct(request); // before anything is suggested
      } else {
        getContext().getSelf().tell(command);
      }
    }
    return proceed();
  }

  private Behavior<Command> refuse(RuntimeException reason) {
    release.run();
    opened.completeExceptionally(reason);
    return Behaviors.stopped();
  }

  private Behavior<Command> refuseWithout(String what) {
    return refuse(
        new IllegalStateException(
            "Study '%s': it cannot begin, since %s. Maybe look at its ledger."
                .formatted(setup.name(), what)));
  }

  private void begin() {
    checkpoints.clear();
    limits.set(setup.budget(), 0);
    records.add(
        new StudyEvent.StudyStarted(
            setup.name(),
            timers.now(),
            setup.objectives(),
            setup.strategyName(),
            setup.streams().seed(),
            setup.parallelism(),
            setup.budget(),
            setup.definition()),
        this::proceed);
  }

  /** Does whatever can be done now; called at the end of every message that changed anything. */
  private Behavior<Command> proceed() {
    if (phase == Phase.SEARCHING) {
      if (mayAsk() && instructing == 0 && !books.instructions().isPaused()) {
        fillPlaces();
      }
      if (books.isEnding() && setup.estimator() == null) {
        callers.dismiss(books.waitingCount());
      }
      if (books.isOver() && recorder.isIdle()) {
        scoreBest();
      }
    }
    recorder.flush();
    pause.restIf(away == 0 && recorder.isIdle() && callers.isIdle() && phase == Phase.SEARCHING);
    return snapshots.isSettling() || isSnapshotDue() ? settle() : this;
  }

  /** A strategy that is about to save its state is asked for nothing else. */
  private boolean mayAsk() {
    return !snapshots.isUnderway() && !snapshots.isSettling() && !isSnapshotDue();
  }

  private boolean isSnapshotDue() {
    return phase == Phase.SEARCHING && !books.isEnding() && snapshots.isDue(records.count());
  }

  /** Takes a snapshot if the study is still, and keeps it still for that if need be. */
  private Behavior<Command> settle() {
    if (phase == Phase.SEARCHING && !books.isEnding()) {
      if (books.isStrategyBusy()) {
        return this; // it has to be told of its answer first
      }
      if (!recorder.isIdle()) {
        snapshots.settle();
        return this;
      }
      snapshots.take(records.snapshot());
      strategy.tell(new StrategyActor.Save(strategyReplies));
    }
    return snapshots.goOn(this);
  }

  /** Candidates that somebody wants evaluated come first. */
  private void fillPlaces() {
    RunningTrial queued = books.nextQueued(freePlaces());
    while (queued != null) {
      suggest(queued);
      queued = books.nextQueued(freePlaces());
    }
    StrategyCall call = books.nextCall(freePlaces());
    if (call != null) {
      strategy.tell(new StrategyActor.Suggest(call, strategyReplies));
    }
  }

  private void suggest(RunningTrial trial) {
    records.add(
        new StudyEvent.TrialSuggested(setup.name(), trial.id(), trial.suggestion()),
        () -> dispatch(trial));
  }

  private int freePlaces() {
    return setup.estimator() == null
        ? callers.unserved() - books.waitingCount()
        : books.instructions().parallelism() - books.activeCount();
  }

  // Suggestions

  private Behavior<Command> onStrategyReplied(StrategyReplied message) {
    if (message.reply() instanceof StrategyActor.Replayed replayed && recovery != null) {
      return onReplayed(recovery, replayed.problem());
    }
    if (message.reply() instanceof StrategyActor.Saved saved) {
      snapshots.saved(saved.state(), ledger);
      return proceed();
    }
    if (books.isEnding() || phase != Phase.SEARCHING) {
      deferred = message; // the study can do without, unless it is extended
      return this;
    }
    deferred = null;
    if (message.reply() instanceof StrategyActor.StrategyFailed failed) {
      return fail("its strategy '%s' failed: %s".formatted(setup.strategyName(), failed.reason()));
    }
    var suggested = (StrategyActor.Suggested) message.reply();
    String problem = books.problem(suggested.call(), suggested.suggestions());
    if (problem != null) {
      return fail("its strategy '%s' failed: %s".formatted(setup.strategyName(), problem));
    }
    records.add(asked(suggested));
    List<RunningTrial> trials = books.suggested(suggested.call(), suggested.suggestions());
    checkpoints.trim(() -> books.needs(suggested.call(), suggested.heritable()));
    trials.forEach(this::suggest);
    return proceed();
  }

  private StudyEvent asked(StrategyActor.Suggested suggested) {
    StrategyCall call = suggested.call();
    return new StudyEvent.StrategyAsked(
        setup.name(),
        call.news(),
        call.seen(),
        call.count(),
        call.fresh(),
        suggested.suggestions().size(),
        suggested.seconds());
  }

  /** Sends a trial that is on record to a slot, or to the caller who evaluates. */
  private void dispatch(RunningTrial trial) {
    if (books.isStopping()) {
      records.ended(trial, new Outcome.Stopped(), null, () -> {});
      return;
    }
    if (books.instructions().isPaused()) {
      pause.keep(trial);
      return;
    }
    records.dispatched();
    if (setup.estimator() == null) {
      callers.offer(trial).forEach(records::held);
    } else {
      offer(
          new Job(
              getContext().getSelf().narrow(),
              setup.name(),
              trial.attempt(),
              new Job.Evaluate(trial.suggestion()),
              requireNonNull(setup.estimator()),
              setup.streams(),
              setup.timeLimit(),
              setup.pruner() != null,
              checkpoints,
              trial.shortages() > 0,
              trial.resumptions(),
              setup.portable()));
    }
  }

  private void offer(Job job) {
    away++;
    devices.tell(new DeviceActor.Offer(job));
  }

  // Trials

  private Behavior<Command> onStarted(Started message) {
    records.held(message.lease());
    RunningTrial trial = books.current(message.lease().attempt());
    if (trial != null) {
      records.started(trial, message.lease());
    }
    return this;
  }

  private Behavior<Command> onMeasured(Measured message) {
    RunningTrial trial = books.current(message.lease().attempt());
    if (trial == null || phase == Phase.ABANDONED) {
      message.slot().tell(new EstimatorActor.Answer(message.lease(), Verdict.STOP));
      return this;
    }
    Consumer<Verdict> answer =
        pruner == null
            ? verdict -> {}
            : verdict -> message.slot().tell(new EstimatorActor.Answer(message.lease(), verdict));
    measureInTurn(trial, message.measurements(), answer);
    return proceed();
  }

  private void measureInTurn(
      RunningTrial trial, List<Measurement> measurements, Consumer<Verdict> answer) {
    Attempt attempt = trial.attempt();
    for (Measurement measurement : measurements) {
      verdicts.inTurn(trial, () -> measure(trial, attempt, measurement, answer));
    }
  }

  private void measure(
      RunningTrial trial, Attempt attempt, Measurement measurement, Consumer<Verdict> answer) {
    if (trial.isClosed() || !trial.attempt().equals(attempt)) {
      answer.accept(Verdict.STOP); // it ended before its turn came
      return;
    }
    PrunerCall call = books.measured(trial, measurement);
    if (call != null) {
      verdicts.await(trial, verdict -> judged(trial, measurement, verdict, answer));
      requireNonNull(pruner).tell(new PrunerActor.Judge(call, prunerReplies));
    } else if (pruner == null || trial.isPruned()) {
      Verdict verdict = trial.isPruned() ? Verdict.STOP : Verdict.CONTINUE;
      records.measured(trial, measurement, verdict, answer);
    } else {
      judged(trial, measurement, null, answer);
    }
  }

  /** Takes a verdict, or null if nobody judges any more: the study is interrupted. */
  private void judged(
      RunningTrial trial,
      Measurement measurement,
      @Nullable Verdict verdict,
      Consumer<Verdict> answer) {
    if (verdict != null) {
      books.judged(trial, verdict);
      records.measured(trial, measurement, verdict, answer);
      return;
    }
    if (!verdicts.hasWaiting(trial)) { // otherwise it has gone on, or ended, without a verdict
      trial.cut();
    }
    records.measured(trial, measurement, Verdict.CONTINUE, unused -> answer.accept(Verdict.STOP));
  }

  private Behavior<Command> onPrunerReplied(PrunerReplied message) {
    TrialId trial = message.reply().call().trial().id();
    if (!verdicts.isAwaited(trial)) {
      return this; // the study could not wait
    }
    if (message.reply() instanceof PrunerActor.PrunerFailed failed) {
      return fail("its pruner failed on trial %s: %s".formatted(trial, failed.reason()));
    }
    verdicts.known(trial, ((PrunerActor.Judged) message.reply()).verdict());
    return proceed();
  }

  private Behavior<Command> onSaved(Saved message) {
    RunningTrial trial = books.current(message.key().attempt());
    if (trial == null) {
      checkpoints.remove(List.of(message.key())); // too late to be of use
    } else if (phase != Phase.ABANDONED) {
      verdicts.inTurn(trial, () -> records.saved(trial, message.key()));
    }
    return proceed();
  }

  private Behavior<Command> onResumed(Resumed message) {
    RunningTrial trial = books.current(message.lease().attempt());
    if (trial != null && phase != Phase.ABANDONED) {
      verdicts.inTurn(trial, () -> records.resumed(trial, message.key()));
    }
    return proceed();
  }

  private Behavior<Command> onFinished(Finished message) {
    away--;
    DeviceLease lease = message.lease();
    if (phase == Phase.SCORING) {
      records.released(lease);
      return conclude(score(message.result()));
    }
    if (phase == Phase.ABANDONED) {
      records.lost(lease);
      return stopIfAlone();
    }
    RunningTrial trial = books.current(lease.attempt());
    if (trial == null) {
      records.lost(lease);
    } else {
      measureInTurn(trial, message.rest(), verdict -> {});
      verdicts.inTurn(
          trial, () -> records.finished(trial, message.result(), lease, this::dispatch));
    }
    return timers.isVirtual() && books.isTimeless(timers.nanos()) ? fail(TIMELESS) : proceed();
  }

  private Behavior<Command> onWithdrawn(Withdrawn message) {
    away -= message.attempts().size();
    if (phase == Phase.ABANDONED) {
      return stopIfAlone();
    }
    if (phase == Phase.SCORING) {
      return message.attempts().isEmpty() ? this : conclude(Metrics.none());
    }
    for (Attempt attempt : message.attempts()) {
      RunningTrial trial = books.current(attempt);
      if (trial != null) {
        dispatch(trial); // as far as that is possible now
      }
    }
    return proceed();
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
    if (phase == Phase.OPENING) {
      early.add(request);
      return this;
    }
    callers.ask(request.answer()).forEach(records::held);
    if (phase != Phase.SEARCHING) {
      callers.dismiss(0);
    }
    return proceed();
  }

  private Behavior<Command> onReport(Report request) {
    RunningTrial trial = requireCurrent(request.attempt(), request.answer());
    if (trial != null) {
      verdicts.inTurn(trial, () -> report(trial, request));
    }
    return proceed();
  }

  private void report(RunningTrial trial, Report request) {
    Measurement measurement = request.measurement();
    if (measurement.step() <= trial.lastStep()) {
      request
          .answer()
          .completeExceptionally(
              new IllegalArgumentException(
                  "Trial %s: steps must ascend, but %d came after %d. Maybe report each epoch once."
                      .formatted(trial.id(), measurement.step(), trial.lastStep())));
      return;
    }
    measure(trial, request.attempt(), measurement, request.answer()::complete);
  }

  private Behavior<Command> onTell(Tell request) {
    RunningTrial trial = requireCurrent(request.attempt(), request.answer());
    if (trial != null) {
      DeviceLease lease = callers.release(request.attempt());
      verdicts.inTurn(trial, () -> told(trial, request, lease));
    }
    return proceed();
  }

  private void told(RunningTrial trial, Tell request, @Nullable DeviceLease lease) {
    Outcome outcome =
        request.metrics() == null
            ? new Outcome.Failed(String.valueOf(request.failure()))
            : books.outcome(trial, request.metrics());
    records.concluded(trial, outcome, lease, () -> request.answer().complete(null));
    records.checkHours();
  }

  private @Nullable RunningTrial requireCurrent(Attempt attempt, CompletableFuture<?> answer) {
    RunningTrial trial = books.current(attempt);
    if (trial != null && !trial.isClosed() && callers.lease(attempt) != null) {
      return trial;
    }
    answer.completeExceptionally(
        new IllegalStateException(
            "Study '%s': trial %s is not running for a caller. Maybe it was told already."
                .formatted(setup.name(), attempt.trial())));
    return null;
  }

  // Instructions

  private Behavior<Command> onInstruct(Instruct request) {
    if (phase == Phase.OPENING) {
      early.add(request);
      return this;
    }
    Instruction instruction = request.instruction();
    if (!isInTimeFor(instruction)) {
      request
          .answer()
          .completeExceptionally(
              new IllegalStateException(
                  "Study '%s': it is ending. Maybe ask again when it has ended."
                      .formatted(setup.name())));
      return this;
    }
    try {
      if (books.instructions().isNews(instruction, request.request())) {
        record(request);
      } else {
        request.answer().complete(null);
      }
    } catch (IllegalArgumentException e) {
      request.answer().completeExceptionally(e);
    }
    return proceed();
  }

  private boolean isInTimeFor(Instruction instruction) {
    return instruction instanceof Instruction.Stop
        ? phase == Phase.SEARCHING || phase == Phase.SCORING
        : phase == Phase.SEARCHING && !books.isStopping();
  }

  private void record(Instruct request) {
    var event =
        new StudyEvent.StudyInstructed(
            setup.name(), records.now(), request.instruction(), request.by(), request.request());
    instructing++;
    records.add(
        event,
        () -> {
          instructing--;
          follow(event);
          request.answer().complete(null);
        });
  }

  private void follow(StudyEvent.StudyInstructed event) {
    books.instructed(event);
    Instruction instruction = event.instruction();
    if (instruction instanceof Instruction.Pause) {
      withdraw(false);
      callers.withdraw().forEach(pause::keep);
    } else if (instruction instanceof Instruction.Resume) {
      pause.end().forEach(this::dispatch);
    } else if (instruction instanceof Instruction.Stop stop) {
      stop(stop.now());
    } else if (instruction instanceof Instruction.Extend) {
      extend();
    } else if (instruction instanceof Instruction.Parallelism) {
      records.takePlaces();
    }
  }

  private void extend() {
    pause.setLimits();
    records.checkHours();
    if (deferred != null && !books.isEnding()) {
      onStrategyReplied(deferred);
    }
  }

  // Ledger

  private Behavior<Command> onLedgerReplied(LedgerReplied message) {
    if (phase == Phase.ABANDONED) {
      return this;
    }
    if (message.reply() instanceof LedgerActor.Facts facts) {
      return onFacts(facts);
    }
    if (phase == Phase.OPENING && message.reply() instanceof LedgerActor.AppendFailed failed) {
      return failed.reason().startsWith("Study '")
          ? refuse(new IllegalStateException(failed.reason()))
          : refuseWithout("its ledger cannot be read: " + failed.reason());
    }
    if (message.reply() instanceof LedgerActor.AppendFailed failed) {
      return abandon("its ledger failed: " + failed.reason());
    }
    if (message.reply() instanceof LedgerActor.Appended) {
      recorder.kept();
    }
    return result.isDone() ? Behaviors.stopped() : proceed();
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    if (phase == Phase.OPENING && !signal.getRef().equals(devices.unsafeUpcast())) {
      String why =
          signal instanceof ChildFailed failed ? ": " + Failures.describe(failed.getCause()) : "";
      return refuseWithout("its %s stopped%s".formatted(signal.getRef().path().name(), why));
    }
    if (signal.getRef().equals(ledger.unsafeUpcast())) {
      return abandon("its ledger stopped");
    }
    if (signal.getRef().equals(devices.unsafeUpcast())) {
      away = 0; // nobody will answer
      return abandon("its devices stopped");
    }
    boolean prunerGone = pruner != null && signal.getRef().equals(pruner.unsafeUpcast());
    String whose = prunerGone ? "pruner" : "strategy";
    return phase == Phase.SEARCHING ? fail("its %s's actor stopped".formatted(whose)) : this;
  }

  // The end

  private void stop(boolean now) {
    if (phase == Phase.SEARCHING) {
      halt(StudyState.STOPPED, "it was stopped by request", now);
    } else if (phase == Phase.SCORING && now) {
      withdraw(true); // the trials are complete, only the score is missing
    }
  }

  private Behavior<Command> onTimeOver(TimeOver message) {
    if (phase == Phase.SEARCHING && Limits.has(books.instructions().budget(), message.limit())) {
      String limit = Durations.format(message.limit());
      halt(StudyState.DONE, "the budget of %s is spent".formatted(limit), true);
    }
    return proceed();
  }

  /** The study cannot go on; what is known is kept. */
  private Behavior<Command> fail(String reason) {
    halt(StudyState.FAILED, reason, true);
    return proceed();
  }

  /** Takes back what waits and, if so wanted, interrupts what runs. */
  private void halt(StudyState because, String reason, boolean interrupt) {
    if (!books.stop(because, reason, interrupt)) {
      return;
    }
    withdraw(interrupt);
    if (interrupt) {
      verdicts.giveUp();
    }
    List<RunningTrial> lost = new ArrayList<>(callers.withdraw());
    lost.addAll(pause.end());
    if (interrupt && setup.estimator() == null) {
      lost = List.copyOf(books.active());
    }
    for (RunningTrial trial : lost) {
      DeviceLease lease = callers.release(trial.attempt());
      records.ended(trial, new Outcome.Stopped(), lease, () -> {});
    }
  }

  private void withdraw(boolean interrupt) {
    devices.tell(new DeviceActor.Withdraw(getContext().getSelf().narrow(), interrupt));
  }

  /** Not even the ledger is there: nothing more can be recorded. */
  private Behavior<Command> abandon(String reason) {
    if (phase != Phase.ABANDONED) {
      phase = Phase.ABANDONED;
      books.stop(StudyState.FAILED, reason, true);
      recorder.abandon();
      callers.dismiss(0);
      withdraw(true);
      verdicts.giveUp();
    }
    Behavior<Command> next = snapshots.goOn(this);
    return next == this ? stopIfAlone() : next;
  }

  private Behavior<Command> stopIfAlone() {
    if (away > 0) {
      return this;
    }
    result.complete(records.summary(Metrics.none()));
    return Behaviors.stopped();
  }

  /** Has the best trial scored on what the search never saw, unless somebody is in a hurry. */
  private void scoreBest() {
    phase = Phase.SCORING;
    limits.cancel();
    callers.dismiss(0);
    EndedTrial best = books.incumbents().best();
    if (best == null || setup.estimator() == null || books.state() != StudyState.DONE) {
      conclude(Metrics.none());
    } else {
      offer(
          new Job(
              getContext().getSelf().narrow(),
              setup.name(),
              Attempt.first(best.id()),
              new Job.Test(best),
              setup.estimator(),
              setup.streams(),
              setup.timeLimit(),
              false,
              checkpoints,
              false,
              List.of(),
              setup.portable()));
    }
  }

  private Metrics score(SlotResult scored) {
    if (scored instanceof SlotResult.Value value) {
      return value.metrics();
    }
    log.warn(
        "Study '{}': the best trial could not be scored on the test part: {}",
        setup.name(),
        ((SlotResult.Unsuccessful) scored).reason());
    return Metrics.none();
  }

  private Behavior<Command> conclude(Metrics test) {
    phase = Phase.CLOSING;
    records.judgeFidelity(true);
    records.add(
        new StudyEvent.StudyEnded(
            setup.name(), records.now(), books.state(), books.endReason(), test),
        () -> result.complete(records.summary(test)));
    recorder.flush();
    return this;
  }

  private Behavior<Command> onPostStop() {
    release.run();
    pause.end();
    limits.cancel();
    callers.dismiss(0);
    return this;
  }
}
