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
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** One device, its slot, and the studies that the test plays. */
@Timeout(60)
class DeviceActorTest {

  private static final ActorTestKit KIT = ActorTestKit.create();
  private static final ObjectiveFunction NOTHING =
      (suggestion, evaluation) -> Metrics.of("loss", 1);

  private final ManualTimers timers = new ManualTimers();
  private final TestProbe<StudyActor.SlotMessage> study = KIT.createTestProbe();
  private final TestProbe<StudyActor.SlotMessage> other = KIT.createTestProbe();
  private final ActorRef<DeviceActor.Command> devices =
      KIT.spawn(DeviceActor.create(List.of(Device.cpu(0)), timers, null));
  private final CountDownLatch never = new CountDownLatch(1);

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  private void offer(
      ActorRef<DeviceActor.Command> to,
      TestProbe<StudyActor.SlotMessage> from,
      long trial,
      @Nullable Duration limit,
      ObjectiveFunction function) {
    to.tell(
        new DeviceActor.Offer(
            Job.of(
                from.getRef(),
                "test",
                Attempt.first(TrialId.of(trial)),
                new Job.Evaluate(Setups.suggestion(0.5)),
                FunctionEstimator.of(function),
                RandomStreams.of(1),
                limit,
                false,
                null)));
  }

  private Metrics hang() throws InterruptedException {
    never.await();
    return Metrics.none();
  }

  @Test
  void offer_twoStudies_takeTurns() {
    var gate = new CountDownLatch(1);
    List<String> order = Collections.synchronizedList(new ArrayList<>());
    offer(
        devices,
        study,
        1,
        null,
        (suggestion, evaluation) -> {
          gate.await();
          return Metrics.of("loss", 1);
        });
    for (long trial = 2; trial <= 4; trial++) {
      offer(devices, study, trial, null, noting(order, "a" + trial));
    }
    offer(devices, other, 1, null, noting(order, "b1"));
    offer(devices, other, 2, null, noting(order, "b2"));
    gate.countDown();
    study.receiveSeveralMessages(8);
    other.receiveSeveralMessages(4);

    assertThat(order).containsExactly("b1", "a2", "b2", "a3", "a4");
  }

  private static ObjectiveFunction noting(List<String> order, String label) {
    return (suggestion, evaluation) -> {
      order.add(label);
      return Metrics.of("loss", 1);
    };
  }

  @Test
  void withdraw_softAndHard_takesBackAndInterrupts() {
    offer(devices, study, 1, null, (suggestion, evaluation) -> hang());
    offer(devices, study, 2, null, NOTHING);
    offer(devices, other, 1, null, NOTHING);
    study.expectMessageClass(StudyActor.Started.class);

    devices.tell(new DeviceActor.Withdraw(study.getRef(), false));
    assertThat(study.expectMessageClass(StudyActor.Withdrawn.class).attempts())
        .containsExactly(Attempt.first(TrialId.of(2)));
    study.expectNoMessage(Duration.ofMillis(50));
    devices.tell(new DeviceActor.Withdraw(study.getRef(), true));

    assertThat(study.expectMessageClass(StudyActor.Withdrawn.class).attempts()).isEmpty();
    assertThat(study.expectMessageClass(StudyActor.Finished.class).result())
        .isInstanceOf(SlotResult.Failure.class);
    other.expectMessageClass(StudyActor.Started.class);
  }

  @Test
  void study_dies_itsJobsEndAndTheSlotIsFree() throws Exception {
    var begun = new CountDownLatch(1);
    var interrupted = new CountDownLatch(1);
    offer(
        devices,
        study,
        1,
        null,
        (suggestion, evaluation) -> {
          begun.countDown();
          try {
            return hang();
          } finally {
            interrupted.countDown();
          }
        });
    offer(devices, study, 2, null, (suggestion, evaluation) -> hang());
    offer(devices, other, 1, null, NOTHING);
    study.expectMessageClass(StudyActor.Started.class);
    assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();

    study.stop();

    assertThat(interrupted.await(10, TimeUnit.SECONDS)).isTrue();
    other.expectMessageClass(StudyActor.Started.class);
    assertThat(other.expectMessageClass(StudyActor.Finished.class).result())
        .isInstanceOf(SlotResult.Value.class);
  }

  @Test
  void slotsElsewhere_portableJobs_goThereAndOthersWaitForThisMachine() {
    ActorRef<DeviceActor.Command> empty = KIT.spawn(DeviceActor.create(List.of(), timers, null));
    TestProbe<EstimatorActor.Command> elsewhere = KIT.createTestProbe();
    offer(empty, other, 1, null, NOTHING);
    offerPortable(empty, 1);
    offerPortable(empty, 2);
    study.expectNoMessage(Duration.ofMillis(50));

    Device far = new Device("far/cpu-0", Device.Kind.CPU);
    empty.tell(new DeviceActor.AddSlots(List.of(far), elsewhere.getRef()));
    empty.tell(new DeviceActor.AddSlots(List.of(far), elsewhere.getRef())); // once more

    EstimatorActor.Evaluate first = elsewhere.expectMessageClass(EstimatorActor.Evaluate.class);
    assertThat(first.lease().device()).isEqualTo(far);
    assertThat(study.expectMessageClass(StudyActor.Started.class).lease()).isEqualTo(first.lease());
    empty.tell(new DeviceActor.Ready(first.lease()));
    assertThat(elsewhere.expectMessageClass(EstimatorActor.Evaluate.class).job().attempt())
        .isEqualTo(Attempt.first(TrialId.of(2)));
    other.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void removeSlots_jobOnOne_isLostAndGoesElsewhere() {
    ActorRef<DeviceActor.Command> empty = KIT.spawn(DeviceActor.create(List.of(), timers, null));
    TestProbe<EstimatorActor.Command> a = KIT.createTestProbe();
    TestProbe<EstimatorActor.Command> b = KIT.createTestProbe();
    Device onA = new Device("a/cpu-0", Device.Kind.CPU);
    empty.tell(new DeviceActor.AddSlots(List.of(onA), a.getRef()));
    offerPortable(empty, 1);
    DeviceLease lease = a.expectMessageClass(EstimatorActor.Evaluate.class).lease();
    study.expectMessageClass(StudyActor.Started.class);

    empty.tell(new DeviceActor.RemoveSlots(List.of(onA), "its worker a is gone"));
    empty.tell(new DeviceActor.RemoveSlots(List.of(onA), "once more"));

    assertThat(study.expectMessageClass(StudyActor.Finished.class))
        .isEqualTo(
            new StudyActor.Finished(
                lease, new SlotResult.Lost("Trial 1: its worker a is gone."), List.of()));
    empty.tell(new DeviceActor.Ready(lease)); // too late
    offerPortable(empty, 1);
    Device onB = new Device("b/cpu-0", Device.Kind.CPU);
    empty.tell(new DeviceActor.AddSlots(List.of(onB), b.getRef()));
    b.expectMessageClass(EstimatorActor.Evaluate.class);
    study.expectMessageClass(StudyActor.Started.class);
    b.stop();
    assertThat(study.expectMessageClass(StudyActor.Finished.class).result())
        .isEqualTo(new SlotResult.Lost("Trial 1: its slot on b/cpu-0 died."));
  }

  @Test
  void decline_slotElsewhere_getsNoOtherJobOfThatStudy() {
    ActorRef<DeviceActor.Command> empty = KIT.spawn(DeviceActor.create(List.of(), timers, null));
    TestProbe<EstimatorActor.Command> elsewhere = KIT.createTestProbe();
    Device far = new Device("far/cpu-0", Device.Kind.CPU);
    empty.tell(new DeviceActor.AddSlots(List.of(far), elsewhere.getRef()));
    offerPortable(empty, 1);
    DeviceLease lease = elsewhere.expectMessageClass(EstimatorActor.Evaluate.class).lease();

    empty.tell(new DeviceActor.Decline(lease, "worker far cannot do it"));
    offerPortable(empty, 2);

    study.expectMessageClass(StudyActor.Started.class);
    assertThat(study.expectMessageClass(StudyActor.Finished.class).result())
        .isEqualTo(new SlotResult.Lost("Trial 1: worker far cannot do it."));
    elsewhere.expectNoMessage(Duration.ofMillis(50));
    study.expectNoMessage(Duration.ofMillis(50));
  }

  private void offerPortable(ActorRef<DeviceActor.Command> to, long trial) {
    to.tell(
        new DeviceActor.Offer(
            new Job(
                study.getRef(),
                "test",
                Attempt.first(TrialId.of(trial)),
                new Job.Evaluate(Setups.suggestion(0.5)),
                FunctionEstimator.of(NOTHING),
                RandomStreams.of(1),
                null,
                false,
                new PortableStudy(Path.of("test.conf"), "", List.of()))));
  }

  @Test
  void slot_dies_itsJobFailsAndANewSlotGoesOn() {
    Timers broken =
        new Timers() {
          @Override
          public Instant now() {
            return timers.now();
          }

          @Override
          public long nanos() {
            return timers.nanos();
          }

          @Override
          public Runnable after(Duration delay, Turn turn, Runnable task) {
            throw new IllegalStateException("a defect of the slot");
          }
        };
    ActorRef<DeviceActor.Command> fragile =
        KIT.spawn(DeviceActor.create(List.of(Device.cpu(0)), broken, null));
    offer(fragile, study, 1, Duration.ofSeconds(1), NOTHING);
    offer(fragile, study, 2, null, NOTHING);

    study.expectMessageClass(StudyActor.Started.class);
    assertThat(study.expectMessageClass(StudyActor.Finished.class).result())
        .isEqualTo(new SlotResult.Lost("Trial 1: its slot on cpu-0 died."));
    study.expectMessageClass(StudyActor.Started.class);
    assertThat(study.expectMessageClass(StudyActor.Finished.class).result())
        .isInstanceOf(SlotResult.Value.class);
  }
}
