package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Measurement;
import dev.troupe.study.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An evaluation on the virtual clock. While its thread computes, it holds the clock; while it
 * waits, for time to pass or for a verdict, it does not. It tells nobody anything but by a task in
 * its turn, so that threads side by side make no difference to the course of events.
 */
final class PacedEvaluation extends SlotEvaluation {

  private final ActorRef<EstimatorActor.Command> slot;
  private final Mishap mishap;
  private Runnable release; // guarded by this, as are the two below
  private boolean waits;
  private @Nullable Verdict verdict;

  /** Begins to hold the clock; called on the clock's thread. */
  PacedEvaluation(
      Job job,
      DeviceLease lease,
      Timers timers,
      ActorRef<EstimatorActor.Command> slot,
      Mishap mishap) {
    super(job, lease, timers);
    this.slot = slot;
    this.mishap = mishap;
    this.release = timers.hold();
  }

  @Override
  void stop() {
    markStopped();
    wake(Verdict.STOP);
  }

  @Override
  void answer(Verdict verdict) {
    wake(verdict);
  }

  @Override
  synchronized void end(Runnable tellSlot) {
    inTurn(0, Long.MAX_VALUE, tellSlot);
    release.run();
  }

  @Override
  Verdict judge() {
    List<Measurement> sent = takeBundle();
    inTurn(0, lastStep(), () -> job().study().tell(new StudyActor.Measured(lease(), sent, slot)));
    return await();
  }

  @Override
  void send(StudyActor.SlotMessage message) {
    List<Measurement> sent = takeBundle();
    inTurn(
        0,
        lastStep(),
        () -> {
          if (!sent.isEmpty()) {
            job().study().tell(new StudyActor.Measured(lease(), sent, slot));
          }
          job().study().tell(message);
        });
  }

  @Override
  Verdict pass() {
    return Verdict.CONTINUE;
  }

  @Override
  public synchronized void spend(double seconds) {
    if (!(seconds >= 0) || Double.isInfinite(seconds)) {
      throw new IllegalArgumentException(
          "Trial %s: it can spend a finite time of at least 0 s, but not %s."
              .formatted(attempt().trial(), seconds));
    }
    if (!stopRequested()) {
      Runnable cancel =
          inTurn(seconds * mishap.slowdown(), lastStep(), () -> wake(Verdict.CONTINUE));
      await();
      cancel.run();
      if (timers().isOver()) {
        throw new IllegalStateException(SlotRun.CLOCK_OVER);
      }
    }
  }

  private Runnable inTurn(double seconds, long step, Runnable task) {
    var turn = new Timers.Turn(attempt().trial().number(), step, job().studyName());
    return timers().after(Durations.ofSeconds(seconds), turn, task);
  }

  /** Called with the monitor held, which it lets go while it waits. */
  private Verdict await() {
    waits = true;
    release.run();
    while (waits) {
      try {
        wait();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        markStopped();
        goOn(Verdict.STOP);
      }
    }
    Verdict answer = verdict == null ? Verdict.STOP : verdict;
    verdict = null;
    return answer;
  }

  private synchronized void wake(Verdict answer) {
    if (waits) {
      goOn(answer);
      notifyAll();
    }
  }

  private void goOn(Verdict answer) {
    waits = false;
    verdict = answer;
    release = timers().hold();
  }
}
