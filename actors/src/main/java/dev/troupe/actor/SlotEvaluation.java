package dev.troupe.actor;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.estimator.weights.CheckpointContent;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The bridge between a thread that evaluates and its slot. Thread safe. */
abstract class SlotEvaluation implements Evaluation {

  private final Job job;
  private final DeviceLease lease;
  private final Timers timers;
  private final long start;
  private final List<Measurement> bundle = new ArrayList<>(0); // guarded by this
  private long lastStep = -1; // guarded by this
  private boolean begun; // guarded by this
  private double secondsBefore; // guarded by this
  private @Nullable Resumption resumption; // guarded by this
  private volatile boolean stopped;

  SlotEvaluation(Job job, DeviceLease lease, Timers timers) {
    this.job = job;
    this.lease = lease;
    this.timers = timers;
    this.start = timers.nanos();
  }

  // For the slot

  /** Asks the evaluation to end; wakes it if it waits. */
  abstract void stop();

  /** Hands over the verdict on the newest measurement. */
  abstract void answer(Verdict verdict);

  /**
   * The thread is through.
   *
   * @param tellSlot tells the slot, when its turn comes
   */
  abstract void end(Runnable tellSlot);

  /** Returns the measurements that have not been sent; called once, when the evaluation is over. */
  final synchronized List<Measurement> unsent() {
    return List.copyOf(bundle);
  }

  // For the thread

  @Override
  public final Attempt attempt() {
    return job.attempt();
  }

  @Override
  public final Device device() {
    return lease.device();
  }

  @Override
  public final RandomStreams streams() {
    return job.streams();
  }

  @Override
  public final @Nullable Duration timeLimit() {
    return job.timeLimit();
  }

  @Override
  public final boolean stopRequested() {
    return stopped;
  }

  @Override
  public final synchronized Verdict report(long step, Metrics metrics) {
    if (stopped) {
      return Verdict.STOP;
    }
    if (step <= lastStep) {
      throw new IllegalArgumentException(
          "Trial %s: steps must ascend, but %d came after %d. Maybe report each epoch once."
              .formatted(job.attempt().trial(), step, lastStep));
    }
    begun = true;
    lastStep = step;
    bundle.add(new Measurement(step, metrics, secondsBefore + timers.secondsSince(start)));
    return job.judged() ? judge() : pass();
  }

  @Override
  public final boolean keepsCheckpoints() {
    return job.checkpoints().areKept();
  }

  @Override
  public final boolean save(long step, CheckpointContent content) {
    CheckpointKey key = job.checkpoints().save(job.attempt(), step, content);
    if (key != null) {
      sendSaved(new StudyActor.Saved(lease, key));
    }
    return key != null;
  }

  private synchronized void sendSaved(StudyActor.Saved message) {
    begun = true;
    send(message);
  }

  @Override
  public final Optional<Checkpoint> restored() {
    Resumption taken = resumption();
    return taken == null ? Optional.empty() : Optional.of(job.checkpoints().open(taken.key()));
  }

  @Override
  public final boolean leave(CheckpointContent content) {
    return job.checkpoints().leave(job.heir(), content);
  }

  @Override
  public final Optional<byte[]> left(TrialId trial) {
    return job.checkpoints().left(trial);
  }

  private synchronized @Nullable Resumption resumption() {
    if (!begun && !stopped) {
      begun = true;
      resumption = job.checkpoints().firstIntact(job.resumptions());
      if (resumption != null) {
        lastStep = resumption.key().step();
        secondsBefore = resumption.seconds();
        send(new StudyActor.Resumed(lease, resumption.key()));
      }
    }
    return resumption;
  }

  /** Tells the study, after what has gathered; called with the monitor held. */
  abstract void send(StudyActor.SlotMessage message);

  /** Sends the newest measurement and waits for the verdict; called with the monitor held. */
  abstract Verdict judge();

  /** Goes on with a measurement that nobody judges; called with the monitor held. */
  abstract Verdict pass();

  // For the two kinds

  final void markStopped() {
    stopped = true;
  }

  /** Returns what has gathered and begins anew; called with the monitor held. */
  final List<Measurement> takeBundle() {
    List<Measurement> taken = List.copyOf(bundle);
    bundle.clear();
    return taken;
  }

  /** Called with the monitor held. */
  final long lastStep() {
    return lastStep;
  }

  final Job job() {
    return job;
  }

  final DeviceLease lease() {
    return lease;
  }

  final Timers timers() {
    return timers;
  }
}
