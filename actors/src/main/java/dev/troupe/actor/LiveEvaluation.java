package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Measurement;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * An evaluation on the machine's clock. Measurements that nobody judges travel in bundles; those
 * that a pruner judges go one by one, and the thread waits for the verdict.
 */
final class LiveEvaluation extends SlotEvaluation {

  private static final long BUNDLE_NANOS = Duration.ofMillis(200).toNanos();

  private final ActorRef<EstimatorActor.Command> slot;
  private final LinkedBlockingQueue<Verdict> verdicts = new LinkedBlockingQueue<>();
  private long lastSent;

  LiveEvaluation(Job job, DeviceLease lease, Timers timers, ActorRef<EstimatorActor.Command> slot) {
    super(job, lease, timers);
    this.slot = slot;
    this.lastSent = timers.nanos();
  }

  @Override
  void stop() {
    markStopped();
    verdicts.add(Verdict.STOP);
  }

  @Override
  void answer(Verdict verdict) {
    verdicts.add(verdict);
  }

  @Override
  void end(Runnable tellSlot) {
    tellSlot.run();
  }

  @Override
  Verdict judge() {
    send();
    try {
      return verdicts.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      markStopped();
      return Verdict.STOP;
    }
  }

  @Override
  Verdict pass() {
    if (timers().nanos() - lastSent >= BUNDLE_NANOS) {
      send();
    }
    return Verdict.CONTINUE;
  }

  @Override
  void send(StudyActor.SlotMessage message) {
    send();
    job().study().tell(message);
  }

  private void send() {
    List<Measurement> bundle = takeBundle();
    if (!bundle.isEmpty()) {
      job().study().tell(new StudyActor.Measured(lease(), bundle, slot));
    }
    lastSent = timers().nanos();
  }
}
