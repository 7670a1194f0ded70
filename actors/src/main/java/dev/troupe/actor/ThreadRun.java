package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.InterruptibleTask;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.util.List;
import java.util.concurrent.Executor;

/** A job on the slot's thread, where estimators block, compute and fail. */
final class ThreadRun extends SlotRun {

  private final SlotEvaluation evaluation;
  private final InterruptibleTask task;
  private final Executor thread;

  ThreadRun(
      Job job,
      DeviceLease lease,
      SlotEvaluation evaluation,
      ActorRef<EstimatorActor.Command> slot,
      Executor thread) {
    super(job, lease);
    this.evaluation = evaluation;
    this.thread = thread;
    this.task =
        new InterruptibleTask(
            () -> {
              SlotResult result = perform();
              evaluation.end(() -> slot.tell(new EstimatorActor.Returned(this, result)));
            });
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
      return SlotResult.of(e);
    }
  }

  @Override
  void begin() {
    thread.execute(task);
  }

  @Override
  void answer(Verdict verdict) {
    evaluation.answer(verdict);
  }

  @Override
  void stop() {
    evaluation.stop();
    task.interrupt();
  }

  @Override
  void abandon() {
    evaluation.stop();
    evaluation.end(() -> {});
  }

  @Override
  List<Measurement> unsent() {
    return evaluation.unsent();
  }
}
