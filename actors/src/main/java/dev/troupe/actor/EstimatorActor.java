package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Simulation;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * One slot: a device, and a thread bound to it on which estimators block, compute and fail; on the
 * virtual clock, answers that are known beforehand are played without it. It pulls work from the
 * {@link DeviceActor}, one job at a time. A job that neither ends at its time limit nor obeys
 * within the grace period is given up together with its thread, and the slot goes on with a new
 * one.
 */
public final class EstimatorActor extends AbstractBehavior<EstimatorActor.Command> {

  /** How long a job may take to obey before its thread is given up. */
  public static final Duration GRACE = Duration.ofSeconds(10);

  /** What a slot is told. */
  public sealed interface Command {}

  /**
   * Do a job.
   *
   * @param job what to do
   * @param lease the device, held for it
   */
  public record Evaluate(Job job, DeviceLease lease) implements Command {}

  /**
   * The verdict on the newest measurement of a job.
   *
   * @param lease of the job; a verdict on another one comes too late
   * @param verdict what it is to do
   */
  public record Answer(DeviceLease lease, Verdict verdict) implements Command {}

  /**
   * End a job now.
   *
   * @param lease of the job
   */
  public record Stop(DeviceLease lease) implements Command {}

  /**
   * Forget a job: the worker is dead, and nobody waits for it.
   *
   * @param lease of the job
   */
  public record Abandon(DeviceLease lease) implements Command {}

  /**
   * A job is through.
   *
   * @param run the job
   * @param result what came of it
   */
  record Returned(SlotRun run, SlotResult result) implements Command {}

  /**
   * A job that is played has come to where it was waiting for.
   *
   * @param run the job
   */
  record Due(PlaybackRun run) implements Command {}

  private record TimeOver(SlotRun run) implements Command {}

  private record GraceOver(SlotRun run) implements Command {}

  private final Device device;
  private final ActorRef<DeviceActor.Command> devices;
  private final Timers timers;
  private final @Nullable Simulation plan;
  private ExecutorService thread;
  private @Nullable SlotRun current;

  private EstimatorActor(
      ActorContext<Command> context,
      Device device,
      ActorRef<DeviceActor.Command> devices,
      Timers timers,
      @Nullable Simulation plan) {
    super(context);
    this.device = device;
    this.devices = devices;
    this.timers = timers;
    this.plan = plan;
    this.thread = newThread();
  }

  /**
   * Returns the behaviour of a slot.
   *
   * @param device where it runs
   * @param devices from whom it pulls its work
   * @param timers tell the time
   * @param plan what goes wrong in a simulation; null if this is none
   */
  public static Behavior<Command> create(
      Device device,
      ActorRef<DeviceActor.Command> devices,
      Timers timers,
      @Nullable Simulation plan) {
    return Behaviors.setup(context -> new EstimatorActor(context, device, devices, timers, plan));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Evaluate.class, this::onEvaluate)
        .onMessage(Answer.class, this::onAnswer)
        .onMessage(Stop.class, this::onStop)
        .onMessage(Returned.class, this::onReturned)
        .onMessage(Due.class, this::onDue)
        .onMessage(Abandon.class, this::onAbandon)
        .onMessage(TimeOver.class, this::onTimeOver)
        .onMessage(GraceOver.class, this::onGraceOver)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onEvaluate(Evaluate request) {
    Job job = request.job();
    SlotRun run = newRun(job, request.lease());
    current = run;
    if (job.timeLimit() != null) {
      ActorRef<Command> self = getContext().getSelf();
      run.timer = timers.after(job.timeLimit(), () -> self.tell(new TimeOver(run)));
    }
    try {
      run.begin();
    } catch (Throwable e) { // a machine that is out of threads throws an Error
      run.abandon();
      getContext().getSelf().tell(new Returned(run, SlotResult.of(e)));
    }
    return this;
  }

  private SlotRun newRun(Job job, DeviceLease lease) {
    ActorRef<Command> self = getContext().getSelf();
    if (!timers.isVirtual()) {
      return new ThreadRun(job, lease, new LiveEvaluation(job, lease, timers, self), self, thread);
    }
    Mishap mishap =
        job.task() instanceof Job.Test
            ? Mishap.NONE
            : Mishap.of(plan, job.streams(), job.attempt());
    if (PlaybackRun.canPlay(job)) {
      return new PlaybackRun(job, lease, timers, self, mishap);
    }
    var evaluation = new PacedEvaluation(job, lease, timers, self, mishap);
    return new ThreadRun(job, lease, evaluation, self, thread);
  }

  private Behavior<Command> onAnswer(Answer answer) {
    if (current != null && current.lease.equals(answer.lease())) {
      current.answer(answer.verdict());
    }
    return this;
  }

  private Behavior<Command> onStop(Stop request) {
    SlotRun run = current;
    if (run != null && run.lease.equals(request.lease()) && run.cause == null) {
      end(run, "the study stopped it");
    }
    return this;
  }

  private Behavior<Command> onTimeOver(TimeOver message) {
    SlotRun run = message.run();
    if (run == current && run.cause == null) {
      Duration limit = run.job.timeLimit();
      end(
          run,
          "it took longer than its time limit of %s (maybe raise estimator.time-limit)"
              .formatted(Durations.format(limit)));
    }
    return this;
  }

  /** Asks, interrupts, and waits no longer than the grace period. */
  private void end(SlotRun run, String cause) {
    run.cause = cause;
    cancelTimer(run);
    ActorRef<Command> self = getContext().getSelf();
    run.timer = timers.afterOnMachine(GRACE, () -> self.tell(new GraceOver(run)));
    run.stop();
  }

  private Behavior<Command> onGraceOver(GraceOver message) {
    SlotRun run = message.run();
    if (run == current) {
      getContext()
          .getLog()
          .warn(
              "Trial {} of study '{}' did not stop within {}: its thread is given up, and may hold"
                  + " memory until it ends.",
              run.job.attempt().trial(),
              run.job.studyName(),
              Durations.format(GRACE));
      giveUp(run);
      finish(run, new SlotResult.Failure("it did not stop within " + Durations.format(GRACE)));
    }
    return this;
  }

  private void giveUp(SlotRun run) {
    run.abandon();
    renewThread();
  }

  private void renewThread() {
    thread.shutdownNow();
    thread = newThread();
  }

  private Behavior<Command> onDue(Due message) {
    if (message.run() == current) {
      message.run().goOn();
    }
    return this;
  }

  private Behavior<Command> onAbandon(Abandon request) {
    SlotRun run = current;
    if (run != null && run.lease.equals(request.lease())) {
      current = null;
      cancelTimer(run);
      giveUp(run);
    }
    return this;
  }

  private Behavior<Command> onReturned(Returned message) {
    if (message.run() == current) {
      finish(message.run(), message.result());
    }
    return this;
  }

  private void finish(SlotRun run, SlotResult result) {
    current = null;
    cancelTimer(run);
    if (result instanceof SlotResult.OutOfMemory) {
      renewThread(); // whatever the old one still refers to is free
    }
    // In this order: what the study sends next must find the slot free.
    devices.tell(new DeviceActor.Ready(run.lease));
    run.job.study().tell(new StudyActor.Finished(run.lease, told(run, result), run.unsent()));
  }

  /** What came of the job: what ended it, and what the estimator had to say about it. */
  private static SlotResult told(SlotRun run, SlotResult result) {
    String words = result instanceof SlotResult.Unsuccessful failure ? failure.reason() : "";
    if (run.cause == null && words.isEmpty()) {
      return result;
    }
    String prefix = "Trial %s: ".formatted(run.job.attempt().trial());
    String detail = words.startsWith(prefix) ? words.substring(prefix.length()) : words;
    if (run.cause == null) {
      return result instanceof SlotResult.OutOfMemory
          ? new SlotResult.OutOfMemory(prefix + detail)
          : new SlotResult.Failure(prefix + detail);
    }
    return new SlotResult.Failure(
        prefix + run.cause + (detail.isEmpty() ? "." : "; its estimator: " + detail));
  }

  private static void cancelTimer(SlotRun run) {
    if (run.timer != null) {
      run.timer.run();
      run.timer = null;
    }
  }

  private ExecutorService newThread() {
    return Threads.single("troupe-" + device.name()); // estimators block, whatever the clock
  }

  private Behavior<Command> onPostStop() {
    if (current != null) {
      cancelTimer(current);
      current.abandon();
    }
    thread.shutdownNow();
    return this;
  }
}
