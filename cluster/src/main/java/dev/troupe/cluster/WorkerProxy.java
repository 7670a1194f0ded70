package dev.troupe.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.actor.DeviceActor;
import dev.troupe.actor.EstimatorActor;
import dev.troupe.actor.Job;
import dev.troupe.actor.StudyActor;
import dev.troupe.actor.Timers;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The slots of one incarnation of a worker, as the devices of the daemon see them: it speaks with
 * {@link DeviceActor} and studies like a slot of this machine, and with the worker in messages that
 * may be lost. Each side repeats what the other has not confirmed, so nothing else is needed when a
 * connection breaks and heals. All decisions about leases are those of {@link LeaseBook}.
 *
 * <p>A worker that was not heard for the lease time loses its leases, and its slots are out of use
 * until it is heard again; after twice that time this actor stops, and the worker has to join anew.
 * When this actor itself is late, since its process was frozen, all leases are prolonged by that.
 */
final class WorkerProxy extends AbstractBehavior<WorkerProxy.Command> {

  /** Lateness below this is an ordinary hiccup. */
  static final Duration TOLERANCE = Duration.ofSeconds(1);

  /** After how many lease times without a word a worker is gone. */
  static final int PATIENCE = 2;

  private static final Logger log = LoggerFactory.getLogger(WorkerProxy.class);

  /** What it is told. */
  sealed interface Command {}

  /**
   * The worker has reported.
   *
   * @param report how things stand
   */
  record Heard(ToDaemon.Report report) implements Command {}

  /** The worker has not heard that it is welcome. */
  record Greeted() implements Command {}

  /**
   * The worker is gone.
   *
   * @param reason what happened, as in "its worker left"
   */
  record Dismiss(String reason) implements Command {}

  private record FromDevices(EstimatorActor.Command command) implements Command {}

  private record StudyOver(ActorRef<?> study) implements Command {}

  private record Tick(long due) implements Command {}

  private final ToDaemon.Hello hello;
  private final String name;
  private final ClusterTimes times;
  private final ActorRef<DeviceActor.Command> devices;
  private final Timers timers;
  private final ActorRef<EstimatorActor.Command> slot;
  private final List<Device> slots;
  private final Map<Device, Integer> slotNumbers = new HashMap<>();
  private final LeaseBook book;

  /** Slots that the devices may use. */
  private final Set<Device> lent = new HashSet<>();

  private final Map<ActorRef<?>, Long> studies = new HashMap<>();
  private long studiesSoFar;
  private Runnable cancelTick = () -> {};

  private WorkerProxy(
      ActorContext<Command> context,
      ToDaemon.Hello hello,
      String name,
      ClusterTimes times,
      ActorRef<DeviceActor.Command> devices,
      Timers timers) {
    super(context);
    this.hello = hello;
    this.name = name;
    this.times = times;
    this.devices = devices;
    this.timers = timers;
    this.slot = context.messageAdapter(EstimatorActor.Command.class, FromDevices::new);
    this.slots =
        hello.slots().stream()
            .map(device -> new Device(name + "/" + device.name(), device.kind()))
            .toList();
    slots.forEach(device -> slotNumbers.put(device, slotNumbers.size()));
    this.book = new LeaseBook(times.lease(), timers.nanos());
    lend(slots);
    greet();
    scheduleTick();
  }

  /**
   * Returns the behaviour.
   *
   * @param hello the worker's greeting
   * @param name by which it is known from now on
   * @param times how long things take
   * @param devices lend its slots to jobs
   * @param timers tell the time
   */
  static Behavior<Command> create(
      ToDaemon.Hello hello,
      String name,
      ClusterTimes times,
      ActorRef<DeviceActor.Command> devices,
      Timers timers) {
    return Behaviors.setup(
        context -> new WorkerProxy(context, hello, name, times, devices, timers));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(FromDevices.class, message -> onCommand(message.command()))
        .onMessage(Heard.class, message -> onReport(message.report()))
        .onMessage(Greeted.class, message -> onGreeted())
        .onMessage(StudyOver.class, this::onStudyOver)
        .onMessage(Tick.class, this::onTick)
        .onMessage(Dismiss.class, message -> dismiss(message.reason()))
        .build();
  }

  private Behavior<Command> onGreeted() {
    greet();
    return this;
  }

  private void greet() {
    hello
        .worker()
        .tell(new ToWorker.Welcome(hello.incarnation(), name, times.beat(), times.lease()));
  }

  // What the devices and the studies say

  private Behavior<Command> onCommand(EstimatorActor.Command command) {
    if (command instanceof EstimatorActor.Evaluate request) {
      send(List.of(grant(request.job(), request.lease()).order()));
    } else if (command instanceof EstimatorActor.Answer answer) {
      change(answer.lease(), lease -> lease.rule(answer.verdict()));
    } else if (command instanceof EstimatorActor.Stop stop) {
      change(stop.lease(), GrantedLease::stop);
    } else if (command instanceof EstimatorActor.Abandon abandon) {
      GrantedLease lease = book.find(abandon.lease());
      if (lease != null) {
        book.remove(lease);
        send(List.of(Order.forget(lease.number())));
      }
    }
    return this;
  }

  private GrantedLease grant(Job job, DeviceLease lease) {
    Long study = studies.get(job.study());
    if (study == null) {
      studiesSoFar++;
      study = studiesSoFar;
      studies.put(job.study(), study);
      getContext().watchWith(job.study(), new StudyOver(job.study()));
    }
    Integer number = slotNumbers.get(lease.device());
    if (number == null) {
      throw new IllegalStateException(
          "Device '%s' is none of worker '%s'.".formatted(lease.device().name(), name));
    }
    return book.grant(job, lease, number, study, timers.nanos());
  }

  private void change(DeviceLease which, Consumer<GrantedLease> change) {
    GrantedLease lease = book.find(which);
    if (lease != null) {
      change.accept(lease);
      send(List.of(lease.order()));
    }
  }

  private Behavior<Command> onStudyOver(StudyOver message) {
    studies.remove(message.study());
    return this;
  }

  // What the worker says

  private Behavior<Command> onReport(ToDaemon.Report report) {
    if (!book.hear(report, timers.nanos())) {
      return this;
    }
    book.news(report).forEach(this::tell);
    if (report.full()) {
      book.missing(report).forEach(lease -> lose(lease, "its worker %s dropped it"));
      lendFree(LeaseBook.heldSlots(report));
    }
    send(book.orders(report), endedStudies(report));
    return this;
  }

  private void tell(LeaseBook.News news) {
    GrantedLease lease = news.lease();
    ActorRef<? super StudyActor.SlotMessage> study = lease.job().study();
    if (news.item() instanceof Item.Measured measured) {
      study.tell(new StudyActor.Measured(lease.lease(), measured.measurements(), slot));
      return;
    }
    book.remove(lease);
    if (news.item() instanceof Item.Finished finished) {
      // In this order: what the study sends next must find the slot free.
      devices.tell(new DeviceActor.Ready(lease.lease()));
      study.tell(new StudyActor.Finished(lease.lease(), finished.result(), finished.rest()));
    } else if (news.item() instanceof Item.Declined declined) {
      log.warn(
          "Worker '{}' cannot do trials of study '{}': {}",
          name,
          lease.job().studyName(),
          declined.reason());
      devices.tell(
          new DeviceActor.Decline(
              lease.lease(), "worker %s cannot do it: %s".formatted(name, declined.reason())));
    }
  }

  private List<Long> endedStudies(ToDaemon.Report report) {
    return report.studies().stream().filter(number -> !studies.containsValue(number)).toList();
  }

  private void send(List<Order> orders) {
    send(orders, List.of());
  }

  private void send(List<Order> orders, List<Long> endedStudies) {
    hello.worker().tell(new ToWorker.Orders(hello.incarnation(), orders, endedStudies));
  }

  // Slots that come and go

  private void lend(List<Device> those) {
    lent.addAll(those);
    devices.tell(new DeviceActor.AddSlots(those, slot));
  }

  private void lendFree(Set<Integer> held) {
    List<Device> free =
        slots.stream()
            .filter(device -> !lent.contains(device))
            .filter(device -> !held.contains(slotNumbers.get(device)))
            .toList();
    if (!free.isEmpty()) {
      log.info("Worker '{}': {} of its slots are in use again.", name, free.size());
      lend(free);
    }
  }

  private void lose(GrantedLease lease, String reason) {
    book.remove(lease);
    takeBack(List.of(lease.lease().device()), reason.formatted(name));
  }

  private void takeBack(List<Device> those, String reason) {
    lent.removeAll(those);
    devices.tell(new DeviceActor.RemoveSlots(those, reason));
  }

  // Time

  private void scheduleTick() {
    ActorRef<Command> self = getContext().getSelf();
    long due = timers.nanos() + times.beat().toNanos();
    cancelTick = timers.after(times.beat(), () -> self.tell(new Tick(due)));
  }

  private Behavior<Command> onTick(Tick tick) {
    long now = timers.nanos();
    Duration lateness = Duration.ofNanos(now - tick.due());
    if (lateness.compareTo(TOLERANCE) > 0) {
      log.warn(
          "This process was late by {} s: the leases of worker '{}' are prolonged by that.",
          lateness.toSeconds(),
          name);
      book.prolong(lateness);
    }
    if (book.isSilent(PATIENCE, now)) {
      return dismiss("its worker %s is gone".formatted(name));
    }
    if (book.isSilent(1, now)) {
      silence();
    } else {
      for (GrantedLease lease : book.unconfirmed(now)) {
        lose(lease, "its worker %s did not take it");
      }
    }
    scheduleTick();
    return this;
  }

  private void silence() {
    if (!lent.isEmpty()) {
      List<GrantedLease> lost = book.all();
      log.warn(
          "Worker '{}' was not heard for {} s: {} of its trials go elsewhere.",
          name,
          times.lease().toSeconds(),
          lost.size());
      lost.forEach(book::remove);
      takeBack(
          List.copyOf(lent),
          "its worker %s was not heard for %d s".formatted(name, times.lease().toSeconds()));
    }
  }

  private Behavior<Command> dismiss(String reason) {
    cancelTick.run();
    takeBack(List.copyOf(lent), reason);
    return Behaviors.stopped();
  }
}
