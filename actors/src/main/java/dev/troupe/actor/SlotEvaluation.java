package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/**
 * The bridge between an evaluating thread and the study. Measurements that nobody judges travel in
 * bundles; those that a pruner judges go one by one, and the thread waits for the verdict.
 */
final class SlotEvaluation implements Evaluation {

  private static final long BUNDLE_NANOS = Duration.ofMillis(200).toNanos();

  private final Job job;
  private final DeviceLease lease;
  private final Timers timers;
  private final ActorRef<EstimatorActor.Command> slot;
  private final long start;
  private final LinkedBlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private final List<Measurement> bundle = new ArrayList<>(0);
  private long lastSent;
  private long lastStep = -1;
  private volatile boolean stopped;

  SlotEvaluation(Job job, DeviceLease lease, Timers timers, ActorRef<EstimatorActor.Command> slot) {
    this.job = job;
    this.lease = lease;
    this.timers = timers;
    this.slot = slot;
    this.start = timers.nanos();
    this.lastSent = start;
  }

  /** Asks the evaluation to end; wakes it if it waits for a verdict. */
  void stop() {
    stopped = true;
    verdicts.add(Verdict.STOP);
  }

  void answer(Verdict verdict) {
    verdicts.add(verdict);
  }

  private double seconds() {
    return timers.secondsSince(start);
  }

  /** Returns the measurements that have not been sent; called once, when the evaluation is over. */
  synchronized List<Measurement> unsent() {
    return List.copyOf(bundle);
  }

  @Override
  public Attempt attempt() {
    return job.attempt();
  }

  @Override
  public Device device() {
    return lease.device();
  }

  @Override
  public RandomStreams streams() {
    return job.streams();
  }

  @Override
  public @Nullable Duration timeLimit() {
    return job.timeLimit();
  }

  @Override
  public boolean stopRequested() {
    return stopped;
  }

  @Override
  public synchronized Verdict report(long step, Metrics metrics) {
    if (stopped) {
      return Verdict.STOP;
    }
    if (step <= lastStep) {
      throw new IllegalArgumentException(
          "Trial %s: steps must ascend, but %d came after %d. Maybe report each epoch once."
              .formatted(job.attempt().trial(), step, lastStep));
    }
    lastStep = step;
    bundle.add(new Measurement(step, metrics, seconds()));
    if (job.judged()) {
      send();
      return await();
    }
    if (timers.nanos() - lastSent >= BUNDLE_NANOS) {
      send();
    }
    return Verdict.CONTINUE;
  }

  private void send() {
    job.study().tell(new StudyActor.Measured(lease, List.copyOf(bundle), slot));
    bundle.clear();
    lastSent = timers.nanos();
  }

  private Verdict await() {
    try {
      return verdicts.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      stopped = true;
      return Verdict.STOP;
    }
  }
}
