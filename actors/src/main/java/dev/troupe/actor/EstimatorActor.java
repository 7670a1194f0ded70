package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import org.jspecify.annotations.Nullable;

/**
 * One slot: a device, and a thread bound to it on which estimators block, compute and fail. It
 * pulls work from the {@link DeviceActor}, one job at a time. A job that neither ends at its time
 * limit nor obeys within the grace period is given up together with its thread, and the slot goes
 * on with a new one.
 */
public final class EstimatorActor extends AbstractBehavior<EstimatorActor.Command> {

  /** How long a job may take to obey before its thread is given up. */
  static final Duration GRACE = Duration.ofSeconds(10);

  /** What a slot is told. */
  public sealed interface Command {}

  /**
   * Do a job.
   *
   * @param job what to do
   * @param lease the device, held for it
   */
  record Evaluate(Job job, DeviceLease lease) implements Command {}

  /**
   * The verdict on the newest measurement of a job.
   *
   * @param lease of the job; a verdict on another one comes too late
   * @param verdict what it is to do
   */
  record Answer(DeviceLease lease, Verdict verdict) implements Command {}

  /**
   * End a job now.
   *
   * @param lease of the job
   */
  record Stop(DeviceLease lease) implements Command {}

  private record Returned(Run run, SlotResult result) implements Command {}

  private record TimeOver(Run run) implements Command {}

  private record GraceOver(Run run) implements Command {}

  /** The job at hand; its fields change on the actor's thread only. */
  private static final class Run {
    final Job job;
    final DeviceLease lease;
    final SlotEvaluation evaluation;
    final SlotTask task;
    @Nullable Runnable timer;
    @Nullable String cause;

    Run(Job job, DeviceLease lease, SlotEvaluation evaluation, ActorRef<Command> slot) {
      this.job = job;
      this.lease = lease;
      this.evaluation = evaluation;
      this.task = new SlotTask(() -> slot.tell(new Returned(this, perform())));
    }

    /** Runs on the slot's thread: whatever is thrown here becomes a result. */
    private SlotResult perform() {
      if (evaluation.stopRequested()) {
        return new SlotResult.Failure("it was stopped before it began");
      }
      try {
        Metrics metrics =
            job.task() instanceof Job.Test test
                ? job.estimator().test(test.best(), evaluation)
                : job.estimator().evaluate(((Job.Evaluate) job.task()).suggestion(), evaluation);
        return new SlotResult.Value(requireNonNull(metrics, "the estimator returned null"));
      } catch (Throwable e) { // native code and users' code may throw anything
        return new SlotResult.Failure(Failures.describe(e));
      }
    }
  }

  private final Device device;
  private final ActorRef<DeviceActor.Command> devices;
  private final Timers timers;
  private ExecutorService thread;
  private @Nullable Run current;

  private EstimatorActor(
      ActorContext<Command> context,
      Device device,
      ActorRef<DeviceActor.Command> devices,
      Timers timers) {
    super(context);
    this.device = device;
    this.devices = devices;
    this.timers = timers;
    this.thread = newThread();
  }

  /**
   * Returns the behaviour of a slot on {@code device}, which pulls its work from {@code devices}.
   */
  static Behavior<Command> create(
      Device device, ActorRef<DeviceActor.Command> devices, Timers timers) {
    return Behaviors.setup(context -> new EstimatorActor(context, device, devices, timers));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Evaluate.class, this::onEvaluate)
        .onMessage(Answer.class, this::onAnswer)
        .onMessage(Stop.class, this::onStop)
        .onMessage(Returned.class, this::onReturned)
        .onMessage(TimeOver.class, this::onTimeOver)
        .onMessage(GraceOver.class, this::onGraceOver)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onEvaluate(Evaluate request) {
    Job job = request.job();
    ActorRef<Command> self = getContext().getSelf();
    var evaluation = new SlotEvaluation(job, request.lease(), timers, self);
    var run = new Run(job, request.lease(), evaluation, self);
    current = run;
    if (job.timeLimit() != null) {
      run.timer = timers.after(job.timeLimit(), () -> self.tell(new TimeOver(run)));
    }
    try {
      thread.execute(run.task);
    } catch (Throwable e) { // a machine that is out of threads throws an Error
      self.tell(new Returned(run, new SlotResult.Failure(Failures.describe(e))));
    }
    return this;
  }

  private Behavior<Command> onAnswer(Answer answer) {
    if (current != null && current.lease.equals(answer.lease())) {
      current.evaluation.answer(answer.verdict());
    }
    return this;
  }

  private Behavior<Command> onStop(Stop request) {
    Run run = current;
    if (run != null && run.lease.equals(request.lease()) && run.cause == null) {
      end(run, "the study stopped it");
    }
    return this;
  }

  private Behavior<Command> onTimeOver(TimeOver message) {
    Run run = message.run();
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
  private void end(Run run, String cause) {
    run.cause = cause;
    cancelTimer(run);
    run.evaluation.stop();
    run.task.interrupt();
    ActorRef<Command> self = getContext().getSelf();
    run.timer = timers.after(GRACE, () -> self.tell(new GraceOver(run)));
  }

  private Behavior<Command> onGraceOver(GraceOver message) {
    Run run = message.run();
    if (run == current) {
      getContext()
          .getLog()
          .warn(
              "Trial {} of study '{}' did not stop within {}: its thread is given up, and may hold"
                  + " memory until it ends.",
              run.job.attempt().trial(),
              run.job.studyName(),
              Durations.format(GRACE));
      thread.shutdownNow();
      thread = newThread();
      finish(run, new SlotResult.Failure("it did not stop within " + Durations.format(GRACE)));
    }
    return this;
  }

  private Behavior<Command> onReturned(Returned message) {
    if (message.run() == current) {
      finish(message.run(), message.result());
    }
    return this;
  }

  private void finish(Run run, SlotResult result) {
    current = null;
    cancelTimer(run);
    // In this order: what the study sends next must find the slot free.
    devices.tell(new DeviceActor.Ready(run.lease));
    run.job
        .study()
        .tell(new StudyActor.Finished(run.lease, told(run, result), run.evaluation.unsent()));
  }

  /** What came of the job: what ended it, and what the estimator had to say about it. */
  private static SlotResult told(Run run, SlotResult result) {
    String words = result instanceof SlotResult.Failure failure ? failure.reason() : "";
    if (run.cause == null && words.isEmpty()) {
      return result;
    }
    String prefix = "Trial %s: ".formatted(run.job.attempt().trial());
    String detail = words.startsWith(prefix) ? words.substring(prefix.length()) : words;
    if (run.cause == null) {
      return new SlotResult.Failure(prefix + detail);
    }
    return new SlotResult.Failure(
        prefix + run.cause + (detail.isEmpty() ? "." : "; its estimator: " + detail));
  }

  private static void cancelTimer(Run run) {
    if (run.timer != null) {
      run.timer.run();
      run.timer = null;
    }
  }

  private ExecutorService newThread() {
    return Threads.single("troupe-" + device.name());
  }

  private Behavior<Command> onPostStop() {
    if (current != null) {
      cancelTimer(current);
      current.evaluation.stop();
    }
    thread.shutdownNow();
    return this;
  }
}
