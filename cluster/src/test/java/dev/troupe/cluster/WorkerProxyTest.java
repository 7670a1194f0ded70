package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.troupe.actor.DeviceActor;
import dev.troupe.actor.EstimatorActor;
import dev.troupe.actor.ManualTimers;
import dev.troupe.actor.SlotResult;
import dev.troupe.actor.StudyActor;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A worker's slots at the daemon; the test plays devices, study and worker. */
@Timeout(60)
class WorkerProxyTest {

  private static final ActorTestKit KIT = Samples.kit();
  private static final SlotResult VALUE = new SlotResult.Value(Metrics.of("loss", 1));
  private static final Item FINISHED = new Item.Finished(VALUE, List.of(Samples.measurement(2)));

  private final ManualTimers timers = new ManualTimers();
  private final TestProbe<DeviceActor.Command> devices = KIT.createTestProbe();
  private final TestProbe<ToWorker> worker = KIT.createTestProbe();
  private final TestProbe<StudyActor.SlotMessage> study = KIT.createTestProbe();
  private final ActorRef<WorkerProxy.Command> proxy =
      KIT.spawn(
          WorkerProxy.create(
              new ToDaemon.Hello(
                  WireCodec.VERSION,
                  "i",
                  worker.getRef(),
                  "p",
                  "",
                  List.of(Device.cpu(0), Device.cpu(1))),
              "w",
              Samples.TIMES,
              devices.getRef(),
              timers));
  private final ActorRef<EstimatorActor.Command> slot;
  private final DeviceLease lease = Samples.lease("w/cpu-0", 1);
  private long reports;

  WorkerProxyTest() {
    DeviceActor.AddSlots added = devices.expectMessageClass(DeviceActor.AddSlots.class);
    assertThat(added.devices()).extracting(Device::name).containsExactly("w/cpu-0", "w/cpu-1");
    slot = added.slot();
    assertThat(worker.expectMessageClass(ToWorker.Welcome.class))
        .isEqualTo(new ToWorker.Welcome("i", "w", Duration.ofSeconds(1), Duration.ofSeconds(10)));
  }

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  private Order evaluate() {
    slot.tell(new EstimatorActor.Evaluate(Samples.job(study.getRef(), 1, null), lease));
    return onlyOrder();
  }

  private Order onlyOrder() {
    List<Order> orders = worker.expectMessageClass(ToWorker.Orders.class).orders();
    assertThat(orders).hasSize(1);
    return orders.get(0);
  }

  private ToWorker.Orders report(boolean full, List<Long> studies, LeaseReport... leases) {
    reports++;
    proxy.tell(
        new WorkerProxy.Heard(
            new ToDaemon.Report("i", worker.getRef(), reports, full, List.of(leases), studies)));
    return worker.expectMessageClass(ToWorker.Orders.class);
  }

  private static LeaseReport about(long first, Item... items) {
    return new LeaseReport(1, 0, first, List.of(items));
  }

  /** Lets time pass in steps that are not late, and waits until each tick has been handled. */
  private void pass(int seconds) {
    for (int i = 0; i < seconds; i++) {
      timers.advance(Duration.ofSeconds(1));
      awaitTick();
    }
  }

  private void awaitTick() {
    worker.awaitAssert(
        () -> {
          assertThat(timers.pending()).isEqualTo(1);
          return null;
        });
  }

  @Test
  void job_toldMeasuredAndFinishedTwice_isTakenOnce() {
    assertThat(evaluate().assignment()).isNotNull();
    var measured = new Item.Measured(List.of(Samples.measurement(1)));

    assertThat(report(false, List.of(), about(1, measured)).orders())
        .containsExactly(new Order(1, null, 1, null, false, false));
    report(true, List.of(), about(1, measured));
    assertThat(study.expectMessageClass(StudyActor.Measured.class))
        .isEqualTo(new StudyActor.Measured(lease, measured.measurements(), slot));
    slot.tell(new EstimatorActor.Answer(lease, Verdict.CONTINUE));
    assertThat(onlyOrder().ruling()).isEqualTo(new Order.Ruling(1, Verdict.CONTINUE));

    assertThat(report(false, List.of(), about(2, FINISHED)).orders())
        .containsExactly(Order.forget(1));
    assertThat(report(true, List.of(), about(2, FINISHED)).orders())
        .containsExactly(Order.forget(1));

    assertThat(devices.expectMessageClass(DeviceActor.Ready.class).lease()).isEqualTo(lease);
    assertThat(study.expectMessageClass(StudyActor.Finished.class))
        .isEqualTo(new StudyActor.Finished(lease, VALUE, List.of(Samples.measurement(2))));
    study.expectNoMessage(Duration.ofMillis(50));
    devices.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void orders_lostOnTheWay_areRepeatedWithTheNextReport() {
    Order first = evaluate();
    slot.tell(new EstimatorActor.Stop(lease));
    worker.expectMessageClass(ToWorker.Orders.class);

    Order repeated = report(true, List.of()).orders().get(0);

    assertThat(repeated.assignment()).isEqualTo(first.assignment());
    assertThat(repeated.stop()).isTrue();
    slot.tell(new EstimatorActor.Abandon(lease));
    assertThat(onlyOrder()).isEqualTo(Order.forget(1));
  }

  @Test
  void worker_silentForTheLease_losesItsTrialsAndIsUsedAgainWhenHeard() {
    evaluate();
    report(true, List.of(), about(1));
    pass(10);
    devices.expectNoMessage(Duration.ofMillis(50));
    pass(1);

    DeviceActor.RemoveSlots removed = devices.expectMessageClass(DeviceActor.RemoveSlots.class);
    assertThat(removed.devices()).hasSize(2);
    assertThat(removed.reason()).isEqualTo("its worker w was not heard for 10 s");

    assertThat(report(true, List.of(), about(1, FINISHED)).orders())
        .containsExactly(Order.forget(1));
    assertThat(devices.expectMessageClass(DeviceActor.AddSlots.class).devices())
        .extracting(Device::name)
        .containsExactly("w/cpu-1"); // the other one is not free yet
    report(true, List.of());
    assertThat(devices.expectMessageClass(DeviceActor.AddSlots.class).devices())
        .extracting(Device::name)
        .containsExactly("w/cpu-0");
    study.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void worker_silentForTwiceTheLease_isGone() {
    pass(20);
    timers.advance(Duration.ofSeconds(1));

    assertThat(devices.expectMessageClass(DeviceActor.RemoveSlots.class).devices()).hasSize(2);
    devices.expectTerminated(proxy);
  }

  @Test
  void process_frozen_losesNobody() {
    evaluate();
    report(true, List.of(), about(1));
    timers.advance(Duration.ofSeconds(60)); // one tick, 59 s late
    awaitTick();
    pass(9);
    devices.expectNoMessage(Duration.ofMillis(50));
    report(true, List.of(), about(1));
    devices.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void worker_thatDropsALease_losesItsTrialAtOnce() {
    evaluate();
    report(true, List.of(), about(1));
    report(true, List.of());

    DeviceActor.RemoveSlots removed = devices.expectMessageClass(DeviceActor.RemoveSlots.class);
    assertThat(removed.reason()).isEqualTo("its worker w dropped it");
    assertThat(removed.devices()).extracting(Device::name).containsExactly("w/cpu-0");
    assertThat(devices.expectMessageClass(DeviceActor.AddSlots.class).devices())
        .extracting(Device::name)
        .containsExactly("w/cpu-0");
  }

  @Test
  void worker_thatNeverTakesALease_losesIt() {
    evaluate();
    for (int second = 0; second < 11; second++) {
      pass(1);
      report(true, List.of());
    }

    assertThat(devices.expectMessageClass(DeviceActor.RemoveSlots.class).reason())
        .isEqualTo("its worker w did not take it");
  }

  @Test
  void worker_thatDeclines_isSaidSoToTheDevices() {
    evaluate();
    report(false, List.of(), about(1, new Item.Declined("no data")));

    DeviceActor.Decline declined = devices.expectMessageClass(DeviceActor.Decline.class);
    assertThat(declined.lease()).isEqualTo(lease);
    assertThat(declined.reason()).isEqualTo("worker w cannot do it: no data");
  }

  @Test
  void study_over_itsEstimatorIsNotNeededAnyMore() {
    evaluate();
    assertThat(report(true, List.of(1L), about(1)).endedStudies()).isEmpty();
    study.stop();

    worker.awaitAssert(
        () -> {
          assertThat(report(true, List.of(1L), about(1)).endedStudies()).containsExactly(1L);
          return null;
        });
  }

  @Test
  void dismiss_worker_givesItsSlotsBackAndStops() {
    proxy.tell(new WorkerProxy.Greeted());
    worker.expectMessageClass(ToWorker.Welcome.class);
    proxy.tell(new WorkerProxy.Dismiss("its worker w left"));

    assertThat(devices.expectMessageClass(DeviceActor.RemoveSlots.class).reason())
        .isEqualTo("its worker w left");
    devices.expectTerminated(proxy);
  }
}
