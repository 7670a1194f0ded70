package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.Address;
import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import dev.troupe.actor.DeviceActor;
import dev.troupe.actor.ManualTimers;
import dev.troupe.estimator.device.Device;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Who is let in, and under which name. */
@Timeout(60)
class HubActorTest {

  private static final ActorTestKit KIT = Samples.kit();

  private final TestProbe<Address> downed = KIT.createTestProbe(Address.class);
  private final TestProbe<DeviceActor.Command> devices = KIT.createTestProbe();
  private final TestProbe<ToWorker> worker = KIT.createTestProbe(ToWorker.class);
  private final ActorRef<HubActor.Command> hub =
      KIT.spawn(
          HubActor.create(
              Samples.TIMES, new ManualTimers(), address -> downed.getRef().tell(address)));

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  private void hello(int version, String incarnation, String process, String name) {
    hub.tell(
        new ToDaemon.Hello(
            version, incarnation, worker.getRef(), process, name, List.of(Device.cpu(0))));
  }

  private void serve() {
    hub.tell(new HubActor.Serve(devices.getRef()));
  }

  private String addedDevice() {
    return devices.expectMessageClass(DeviceActor.AddSlots.class).devices().get(0).name();
  }

  @Test
  void hello_beforeTheDevicesAreThere_isAnsweredWhenItComesAgain() {
    hello(WireCodec.VERSION, "a", "p", "w");
    worker.expectNoMessage(Duration.ofMillis(50));
    serve();
    hello(WireCodec.VERSION, "a", "p", "w");
    worker.expectMessageClass(ToWorker.Welcome.class);
    assertThat(addedDevice()).isEqualTo("w/cpu-0");

    hello(WireCodec.VERSION, "a", "p", "w");

    worker.expectMessageClass(ToWorker.Welcome.class);
    devices.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void hello_anotherVersion_isRefused() {
    serve();
    hello(WireCodec.VERSION + 1, "a", "", "");

    assertThat(worker.expectMessageClass(ToWorker.Refused.class).reason())
        .contains("version 2", "Maybe install the same version");
  }

  @Test
  void hello_sameProcessAgain_replacesItsEarlierIncarnation() {
    serve();
    hello(WireCodec.VERSION, "a", "p", "w");
    assertThat(addedDevice()).isEqualTo("w/cpu-0");
    hello(WireCodec.VERSION, "b", "p", "w");
    assertThat(devices.expectMessageClass(DeviceActor.RemoveSlots.class).reason())
        .isEqualTo("its worker w has joined anew");

    DeviceActor.AddSlots added =
        devices.awaitAssert(
            () -> {
              hello(WireCodec.VERSION, "b", "p", "w"); // as it does with every beat
              return devices.expectMessageClass(DeviceActor.AddSlots.class, Duration.ofMillis(100));
            });
    assertThat(added.devices()).extracting(Device::name).containsExactly("w/cpu-0");
    downed.expectNoMessage(Duration.ofMillis(50)); // the address is that of the new one
  }

  @Test
  void report_ofNobodyKnown_isAnsweredSo() {
    serve();
    hub.tell(new ToDaemon.Report("x", worker.getRef(), 1, true, List.of(), List.of()));

    assertThat(worker.expectMessageClass(ToWorker.Stranger.class).incarnation()).isEqualTo("x");
  }

  @Test
  void goodbye_worker_isTakenOutOfTheCluster() {
    serve();
    hello(WireCodec.VERSION, "a", "p", "");
    assertThat(addedDevice()).endsWith("/cpu-0");
    hub.tell(new ToDaemon.Goodbye("unknown"));
    hub.tell(new ToDaemon.Goodbye("a"));

    devices.expectMessageClass(DeviceActor.RemoveSlots.class);
    downed.receiveMessage();
  }

  @Test
  void stop_hub_letsItsWorkersGo() {
    serve();
    hello(WireCodec.VERSION, "a", "p", "w");
    worker.expectMessageClass(ToWorker.Welcome.class);
    KIT.stop(hub);

    assertThat(worker.expectMessageClass(ToWorker.Stranger.class).incarnation()).isEqualTo("a");
  }
}
