package dev.troupe.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.actor.DeviceActor;
import dev.troupe.actor.Timers;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where workers find their daemon: the guardian of its actor system. Makes a {@link WorkerProxy}
 * for each incarnation of a worker that joins, and passes on what it reports.
 */
final class HubActor extends AbstractBehavior<HubActor.Command> {

  /** What it is told. */
  sealed interface Command permits Serve, ProxyGone, ToDaemon {}

  /**
   * Workers are welcome from now on.
   *
   * @param devices lend slots to jobs
   */
  record Serve(ActorRef<DeviceActor.Command> devices) implements Command {}

  private record ProxyGone(String incarnation) implements Command {}

  /** A worker; the address is null if another member has it now. */
  private record Known(
      ActorRef<WorkerProxy.Command> proxy,
      ActorRef<ToWorker> worker,
      String process,
      String name,
      @Nullable Address address) {

    Known replaced() {
      return new Known(proxy, worker, process, name, null);
    }
  }

  private static final Logger log = LoggerFactory.getLogger(HubActor.class);

  private final ClusterTimes times;
  private final Timers timers;
  private final Consumer<Address> downing;
  private final Map<String, Known> workers = new HashMap<>();
  private @Nullable ActorRef<DeviceActor.Command> devices;
  private long joined;

  private HubActor(
      ActorContext<Command> context, ClusterTimes times, Timers timers, Consumer<Address> downing) {
    super(context);
    this.times = times;
    this.timers = timers;
    this.downing = downing;
  }

  /**
   * Returns the behaviour.
   *
   * @param times how long things take
   * @param timers tell the time
   * @param downing takes a member out of the cluster that is gone
   */
  static Behavior<Command> create(ClusterTimes times, Timers timers, Consumer<Address> downing) {
    return Behaviors.setup(context -> new HubActor(context, times, timers, downing));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(ToDaemon.Report.class, this::onReport)
        .onMessage(ToDaemon.Hello.class, this::onHello)
        .onMessage(ToDaemon.Goodbye.class, this::onGoodbye)
        .onMessage(Serve.class, this::onServe)
        .onMessage(ProxyGone.class, this::onProxyGone)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onServe(Serve message) {
    devices = message.devices();
    return this;
  }

  private Behavior<Command> onHello(ToDaemon.Hello hello) {
    if (hello.version() != WireCodec.VERSION) {
      hello
          .worker()
          .tell(
              new ToWorker.Refused(
                  "It speaks version %d of the workers' language, but the daemon speaks %d. Maybe install the same version of Troupe on both."
                      .formatted(hello.version(), WireCodec.VERSION)));
      return this;
    }
    Known known = workers.get(hello.incarnation());
    if (known != null) {
      known.proxy().tell(new WorkerProxy.Greeted());
    } else if (devices != null) {
      welcome(hello, devices);
    }
    return this; // a worker that comes too early greets again
  }

  private void welcome(ToDaemon.Hello hello, ActorRef<DeviceActor.Command> to) {
    Address address = hello.worker().path().address();
    if (dismissEarlier(hello.process(), address)) {
      return; // it greets again, and by then they are gone, and their names are free
    }
    joined++;
    String name = freeName(hello, address);
    ActorRef<WorkerProxy.Command> proxy =
        getContext().spawn(WorkerProxy.create(hello, name, times, to, timers), "worker-" + joined);
    getContext().watchWith(proxy, new ProxyGone(hello.incarnation()));
    workers.put(
        hello.incarnation(), new Known(proxy, hello.worker(), hello.process(), name, address));
    log.info(
        "Worker '{}' has joined with {}.",
        name,
        hello.slots().size() == 1 ? "1 slot" : hello.slots().size() + " slots");
  }

  private boolean dismissEarlier(String process, Address address) {
    boolean found = false;
    for (Map.Entry<String, Known> entry : workers.entrySet()) {
      Known earlier = entry.getValue();
      boolean sameAddress = address.equals(earlier.address());
      if (sameAddress || earlier.process().equals(process)) {
        found = true;
        earlier
            .proxy()
            .tell(
                new WorkerProxy.Dismiss("its worker %s has joined anew".formatted(earlier.name())));
        if (sameAddress) {
          entry.setValue(earlier.replaced());
        }
      }
    }
    return found;
  }

  private String freeName(ToDaemon.Hello hello, Address address) {
    String wanted =
        hello.name().isEmpty()
            ? "%s:%s"
                .formatted(
                    address.host().getOrElse(() -> "local"), address.port().getOrElse(() -> 0))
            : hello.name();
    String name = wanted;
    for (int number = 2; isTaken(name); number++) {
      name = wanted + "-" + number;
    }
    return name;
  }

  private boolean isTaken(String name) {
    return workers.values().stream().anyMatch(known -> known.name().equals(name));
  }

  private Behavior<Command> onReport(ToDaemon.Report report) {
    Known known = workers.get(report.incarnation());
    if (known == null) {
      report.worker().tell(new ToWorker.Stranger(report.incarnation()));
    } else {
      known.proxy().tell(new WorkerProxy.Heard(report));
    }
    return this;
  }

  private Behavior<Command> onGoodbye(ToDaemon.Goodbye message) {
    Known known = workers.get(message.incarnation());
    if (known != null) {
      known.proxy().tell(new WorkerProxy.Dismiss("its worker %s left".formatted(known.name())));
    }
    return this;
  }

  /** Workers need not wait until they have not heard us for long. */
  private Behavior<Command> onPostStop() {
    workers.forEach(
        (incarnation, known) -> known.worker().tell(new ToWorker.Stranger(incarnation)));
    return this;
  }

  private Behavior<Command> onProxyGone(ProxyGone message) {
    Known known = workers.remove(message.incarnation());
    if (known != null) {
      log.info("Worker '{}' is gone.", known.name());
      if (known.address() != null) {
        downing.accept(known.address());
      }
    }
    return this;
  }
}
