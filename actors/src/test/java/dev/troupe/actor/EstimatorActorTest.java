package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.estimator.ObjectiveFunction;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A slot, and the devices that the test plays. */
@Timeout(60)
class EstimatorActorTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final Device DEVICE = Device.cpu(0);

  private final ManualTimers timers = new ManualTimers();
  private final TestProbe<DeviceActor.Command> devices = KIT.createTestProbe();
  private final TestProbe<StudyActor.SlotMessage> study = KIT.createTestProbe();
  private final ActorRef<EstimatorActor.Command> slot =
      KIT.spawn(EstimatorActor.create(DEVICE, devices.getRef(), timers, null));
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  private DeviceLease evaluate(long trial, boolean judged, ObjectiveFunction function) {
    Attempt attempt = Attempt.first(TrialId.of(trial));
    var job =
        Job.of(
            study.getRef(),
            "test",
            attempt,
            new Job.Evaluate(Setups.suggestion(0.5)),
            FunctionEstimator.of(function),
            RandomStreams.of(1),
            Duration.ofMinutes(1),
            judged,
            null);
    var lease = new DeviceLease(DEVICE, attempt, "test", timers.now());
    slot.tell(new EstimatorActor.Evaluate(job, lease));
    return lease;
  }

  private StudyActor.Finished finished() {
    StudyActor.Finished finished = study.expectMessageClass(StudyActor.Finished.class);
    devices.expectMessage(new DeviceActor.Ready(finished.lease()));
    return finished;
  }

  private String failure() {
    return ((SlotResult.Failure) finished().result()).reason();
  }

  private void awaitBegin() throws InterruptedException {
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
  }

  private Metrics hang() throws InterruptedException {
    begun.countDown();
    never.await();
    return Metrics.none();
  }

  private Metrics hangStubbornly() {
    begun.countDown();
    boolean interrupted = false;
    while (never.getCount() > 0) {
      try {
        never.await();
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    return Metrics.of("interrupted", interrupted ? 1 : 0);
  }

  @Test
  void evaluate_value_isToldWithWhatWasNotSent() {
    evaluate(
        1,
        false,
        (suggestion, evaluation) -> {
          evaluation.report(1, Metrics.of("loss", 2));
          return Metrics.of("loss", 1);
        });

    StudyActor.Finished finished = finished();
    assertThat(finished.result()).isEqualTo(new SlotResult.Value(Metrics.of("loss", 1)));
    assertThat(finished.rest()).hasSize(1);
    assertThat(timers.pending()).isZero();
  }

  @Test
  void evaluate_throwsAnError_failsAndTheSlotGoesOn() {
    evaluate(
        1,
        false,
        (suggestion, evaluation) -> {
          throw new NoClassDefFoundError("org/nd4j/Nd4j");
        });
    assertThat(failure()).isEqualTo("Trial 1: NoClassDefFoundError: org/nd4j/Nd4j");

    evaluate(2, false, (suggestion, evaluation) -> Metrics.of("loss", 1));
    assertThat(finished().result()).isInstanceOf(SlotResult.Value.class);
  }

  @Test
  void timeLimit_passes_interrupts() throws Exception {
    evaluate(1, false, (suggestion, evaluation) -> hang());
    awaitBegin();

    timers.advance(Duration.ofMinutes(1));

    assertThat(failure())
        .startsWith("Trial 1: it took longer than its time limit of 60 s (maybe raise");
    assertThat(timers.pending()).isZero();
  }

  @Test
  void timeLimit_jobDoesNotObey_threadIsGivenUpAndTheSlotGoesOn() throws Exception {
    var old = new AtomicReference<Thread>();
    evaluate(
        1,
        false,
        (suggestion, evaluation) -> {
          old.set(Thread.currentThread());
          return hangStubbornly();
        });
    awaitBegin();
    timers.advance(Duration.ofMinutes(1));
    study.expectNoMessage(Duration.ofMillis(50));

    // The alarm of the grace period is set by the actor, which has answered nothing yet.
    study.awaitAssert(
        () -> {
          assertThat(timers.pending()).isEqualTo(1);
          return null;
        });
    timers.advance(EstimatorActor.GRACE);

    assertThat(failure()).contains("time limit").endsWith("it did not stop within 10 s");
    evaluate(
        2,
        false,
        (suggestion, evaluation) ->
            Metrics.of("other", Thread.currentThread() == old.get() ? 0 : 1));
    assertThat(finished().result()).isEqualTo(new SlotResult.Value(Metrics.of("other", 1)));
    never.countDown(); // what the old thread says now must not reach anybody
    study.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void stop_beforeOrWhileItRuns_endsItWithoutAGracePeriod() {
    for (int trial = 1; trial <= 200; trial++) {
      DeviceLease lease = evaluate(trial, false, (suggestion, evaluation) -> hang());
      slot.tell(new EstimatorActor.Stop(lease)); // often before the thread has begun
      assertThat(failure()).startsWith("Trial " + trial + ": the study stopped it");
    }
  }

  @Test
  void stop_thenNextJob_isNotInterrupted() {
    for (int trial = 1; trial <= 200; trial += 2) {
      DeviceLease lease = evaluate(trial, false, (suggestion, evaluation) -> Metrics.of("loss", 1));
      slot.tell(new EstimatorActor.Stop(lease));
      finished();
      evaluate(
          trial + 1,
          false,
          (suggestion, evaluation) ->
              Metrics.of("interrupted", Thread.currentThread().isInterrupted() ? 1 : 0));
      assertThat(finished().result()).isEqualTo(new SlotResult.Value(Metrics.of("interrupted", 0)));
    }
  }

  @Test
  void report_judged_waitsForItsOwnVerdict() {
    DeviceLease old = evaluate(1, true, (suggestion, evaluation) -> Metrics.of("loss", 1));
    finished();
    timers.advance(Duration.ofSeconds(1));
    DeviceLease lease =
        evaluate(
            1, // of another study, say
            true,
            (suggestion, evaluation) ->
                Metrics.of("verdict", evaluation.report(1, Metrics.none()).ordinal()));
    study.expectMessageClass(StudyActor.Measured.class);

    slot.tell(new EstimatorActor.Answer(old, Verdict.STOP)); // too late
    study.expectNoMessage(Duration.ofMillis(50));
    slot.tell(new EstimatorActor.Answer(lease, Verdict.CONTINUE));

    assertThat(finished().result())
        .isEqualTo(new SlotResult.Value(Metrics.of("verdict", Verdict.CONTINUE.ordinal())));
  }

  @Test
  void report_judgedAndStopped_doesNotWaitForAVerdict() {
    DeviceLease lease =
        evaluate(
            1,
            true,
            (suggestion, evaluation) -> {
              Verdict verdict = evaluation.report(1, Metrics.none());
              throw new IllegalStateException("verdict " + verdict);
            });
    study.expectMessageClass(StudyActor.Measured.class);

    slot.tell(new EstimatorActor.Stop(lease));

    assertThat(failure()).endsWith("verdict STOP");
  }
}
