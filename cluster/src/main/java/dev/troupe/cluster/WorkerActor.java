package dev.troupe.cluster;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.actor.DeviceActor;
import dev.troupe.actor.EstimatorActor;
import dev.troupe.actor.Job;
import dev.troupe.actor.SlotResult;
import dev.troupe.actor.StudyActor;
import dev.troupe.actor.Timers;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One incarnation of a worker: its slots, and the jobs that a daemon gave to them. It says with
 * every beat what it has and what the daemon has not confirmed, and news at once. When it has not
 * heard the daemon for too long, or the daemon does not know it any more, it stops; whoever started
 * it starts another one.
 */
final class WorkerActor extends AbstractBehavior<WorkerActor.Command> {

  /** What it is told. */
  sealed interface Command permits Joined, Leave, FromSlot, SlotFree, Loaded, Tick, ToWorker {}

  /** It has become a member of the cluster. */
  record Joined() implements Command {}

  /** It is to end. */
  record Leave() implements Command {}

  private record FromSlot(StudyActor.SlotMessage message) implements Command {}

  private record SlotFree(DeviceLease lease) implements Command {}

  private record Loaded(long lease, @Nullable Estimator estimator, @Nullable Throwable failure)
      implements Command {}

  private record Tick(long due) implements Command {}

  /** Why it stopped. */
  sealed interface End {}

  /** It was told to. */
  record Left() implements End {}

  /**
   * It is to join again.
   *
   * @param reason why, in a sentence
   */
  record Lonely(String reason) implements End {}

  /**
   * It is not wanted.
   *
   * @param reason why, in a sentence
   */
  record Unwanted(String reason) implements End {}

  /**
   * Who it is.
   *
   * @param incarnation another one each time it joins
   * @param process the same for all incarnations of a process
   * @param name how it wants to be called; empty if it does not mind
   * @param slots its devices, one for each slot
   */
  record Self(String incarnation, String process, String name, List<Device> slots) {

    /** Copies the list. */
    Self {
      slots = List.copyOf(slots);
    }
  }

  private static final int LEASES_TO_REMEMBER = 10_000;

  private final Self self;
  private final ClusterTimes times;
  private final Consumer<ToDaemon> daemon;
  private final Consumer<End> ended;
  private final Timers timers;
  private final List<ActorRef<EstimatorActor.Command>> slots = new ArrayList<>();
  private final ActorRef<StudyActor.SlotMessage> fromSlots;
  private final StudyEstimators estimators;
  private final Map<Long, HeldLease> leases = new LinkedHashMap<>();
  private final Map<DeviceLease, HeldLease> byDevice = new HashMap<>();
  private final Set<Device> busy = new HashSet<>();

  /** Leases that are over, lest an order that comes late begins one again. */
  private final Set<Long> past = new LinkedHashSet<>();

  private Duration beat;
  private Duration lease;
  private boolean joined;
  private boolean welcome;
  private long heardAt;
  private long reports;
  private End end = new Lonely("its cluster took it out");
  private Runnable cancelTick = () -> {};

  private WorkerActor(
      ActorContext<Command> context,
      Self self,
      ClusterTimes times,
      Consumer<ToDaemon> daemon,
      Consumer<End> ended,
      Timers timers) {
    super(context);
    this.self = self;
    this.times = times;
    this.daemon = daemon;
    this.ended = ended;
    this.timers = timers;
    this.beat = times.beat();
    this.lease = times.lease();
    this.heardAt = timers.nanos();
    this.estimators = new StudyEstimators(timers::thread);
    this.fromSlots = context.messageAdapter(StudyActor.SlotMessage.class, FromSlot::new);
    ActorRef<DeviceActor.Command> free =
        context.messageAdapter(
            DeviceActor.Command.class,
            message -> new SlotFree(((DeviceActor.Ready) message).lease()));
    for (Device device : self.slots()) {
      slots.add(
          context.spawn(EstimatorActor.create(device, free, timers, null), "slot-" + slots.size()));
    }
    scheduleTick();
  }

  /**
   * Returns the behaviour.
   *
   * @param self who it is
   * @param times how long things take
   * @param daemon passes a message on to the daemon, or loses it
   * @param ended is told why it stopped
   * @param timers tell the time
   */
  static Behavior<Command> create(
      Self self,
      ClusterTimes times,
      Consumer<ToDaemon> daemon,
      Consumer<End> ended,
      Timers timers) {
    return Behaviors.setup(context -> new WorkerActor(context, self, times, daemon, ended, timers));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(ToWorker.Orders.class, this::onOrders)
        .onMessage(FromSlot.class, message -> onSlotMessage(message.message()))
        .onMessage(SlotFree.class, this::onSlotFree)
        .onMessage(Loaded.class, this::onLoaded)
        .onMessage(Tick.class, this::onTick)
        .onMessage(Joined.class, message -> onJoined())
        .onMessage(ToWorker.Welcome.class, this::onWelcome)
        .onMessage(ToWorker.Refused.class, message -> stop(new Unwanted(message.reason())))
        .onMessage(ToWorker.Stranger.class, this::onStranger)
        .onMessage(Leave.class, message -> onLeave())
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  // Joining and leaving

  private Behavior<Command> onJoined() {
    joined = true;
    greet();
    return this;
  }

  private void greet() {
    daemon.accept(
        new ToDaemon.Hello(
            WireCodec.VERSION,
            self.incarnation(),
            getContext().getSelf().narrow(),
            self.process(),
            self.name(),
            self.slots()));
  }

  private Behavior<Command> onWelcome(ToWorker.Welcome message) {
    if (message.incarnation().equals(self.incarnation())) {
      heardAt = timers.nanos();
      beat = message.beat();
      lease = message.lease();
      if (!welcome) {
        welcome = true;
        getContext().getLog().info("Joined the daemon as worker '{}'.", message.name());
      }
    }
    return this;
  }

  private Behavior<Command> onStranger(ToWorker.Stranger message) {
    return message.incarnation().equals(self.incarnation())
        ? stop(new Lonely("the daemon does not know it any more"))
        : this;
  }

  private Behavior<Command> onLeave() {
    daemon.accept(new ToDaemon.Goodbye(self.incarnation()));
    return stop(new Left());
  }

  private Behavior<Command> stop(End why) {
    end = why;
    return Behaviors.stopped();
  }

  private Behavior<Command> onPostStop() {
    cancelTick.run();
    // What runs is interrupted now; an estimator is closed after its last evaluation.
    if (leases.values().stream().allMatch(HeldLease::isOver)) {
      estimators.closeAll();
    } else {
      timers.afterOnMachine(EstimatorActor.GRACE, estimators::closeAll);
    }
    ended.accept(end);
    return this;
  }

  // Time

  private void scheduleTick() {
    ActorRef<Command> me = getContext().getSelf();
    long due = timers.nanos() + beat.toNanos();
    cancelTick = timers.after(beat, () -> me.tell(new Tick(due)));
  }

  private Behavior<Command> onTick(Tick tick) {
    long now = timers.nanos();
    long lateness = now - tick.due();
    if (lateness > lease.multipliedBy(WorkerProxy.PATIENCE).toNanos()) {
      return stop(
          new Lonely(
              "its process was frozen for %d s".formatted(Duration.ofNanos(lateness).toSeconds())));
    }
    if (lateness > WorkerProxy.TOLERANCE.toNanos()) {
      heardAt += lateness; // we were frozen, and have not listened
    }
    if (now - heardAt > times.silence().toNanos()) {
      return stop(
          new Lonely("the daemon was not heard for %d s".formatted(times.silence().toSeconds())));
    }
    scheduleTick();
    if (welcome) {
      reportAll();
    } else if (joined) {
      greet();
    }
    return this;
  }

  // What the daemon orders

  private Behavior<Command> onOrders(ToWorker.Orders orders) {
    if (!orders.incarnation().equals(self.incarnation())) {
      return this;
    }
    heardAt = timers.nanos();
    orders.orders().forEach(this::obey);
    for (long study : orders.endedStudies()) {
      if (leases.values().stream().noneMatch(lease -> isOf(study, lease))) {
        estimators.close(study);
      }
    }
    return this;
  }

  private static boolean isOf(long study, HeldLease lease) {
    return lease.assignment().study() == study && !lease.isOver();
  }

  private void obey(Order order) {
    HeldLease lease = leases.get(order.lease());
    if (lease == null) {
      if (order.assignment() != null && !order.forget() && !past.contains(order.lease())) {
        begin(order.lease(), order.assignment());
      }
      return;
    }
    lease.confirm(order.seen());
    if (order.forget()) {
      lease.forget();
    }
    Verdict verdict = lease.accept(order.ruling());
    if (verdict != null) {
      slot(lease).tell(new EstimatorActor.Answer(lease.lease(), verdict));
    }
    if ((order.stop() || order.forget()) && lease.stop()) {
      stop(lease);
    }
    settle(lease);
  }

  private void stop(HeldLease lease) {
    if (lease.isBegun()) {
      slot(lease).tell(new EstimatorActor.Stop(lease.lease()));
    } else {
      String reason =
          "Trial %s: it was stopped before it began.".formatted(lease.lease().attempt().trial());
      giveUp(lease, new Item.Finished(new SlotResult.Failure(reason), List.of()));
    }
  }

  /** Its slot has not heard of it, and never will. */
  private void giveUp(HeldLease lease, Item why) {
    busy.remove(lease.lease().device());
    tell(lease, why);
  }

  private void begin(long number, Assignment assignment) {
    Device device = self.slots().get(assignment.slot());
    if (!busy.add(device)) {
      return; // it is ordered again, and the slot may be free by then
    }
    var lease =
        new HeldLease(
            number,
            assignment,
            new DeviceLease(device, assignment.attempt(), assignment.studyName(), timers.now()));
    leases.put(number, lease);
    byDevice.put(lease.lease(), lease);
    ActorRef<Command> me = getContext().getSelf();
    estimators.load(
        assignment.study(),
        assignment.portable(),
        (estimator, failure) -> me.tell(new Loaded(number, estimator, failure)));
    report(lease);
  }

  private Behavior<Command> onLoaded(Loaded message) {
    HeldLease lease = leases.get(message.lease());
    if (lease == null || lease.isOver()) {
      return this; // it was stopped meanwhile
    }
    if (message.estimator() == null) {
      giveUp(lease, new Item.Declined(describe(message.failure())));
    } else {
      lease.begin();
      slot(lease)
          .tell(
              new EstimatorActor.Evaluate(
                  job(lease.assignment(), message.estimator()), lease.lease()));
    }
    return this;
  }

  private static String describe(@Nullable Throwable failure) {
    Throwable cause =
        failure instanceof CompletionException && failure.getCause() != null
            ? failure.getCause()
            : failure;
    return cause instanceof IllegalArgumentException
        ? String.valueOf(cause.getMessage())
        : String.valueOf(cause);
  }

  private Job job(Assignment assignment, Estimator estimator) {
    return Job.of(
        fromSlots,
        assignment.studyName(),
        assignment.attempt(),
        assignment.task(),
        estimator,
        RandomStreams.of(assignment.seed()),
        assignment.timeLimit(),
        assignment.judged(),
        null);
  }

  private ActorRef<EstimatorActor.Command> slot(HeldLease lease) {
    return slots.get(lease.assignment().slot());
  }

  // What the slots say

  private Behavior<Command> onSlotFree(SlotFree message) {
    busy.remove(message.lease().device());
    return this;
  }

  private Behavior<Command> onSlotMessage(StudyActor.SlotMessage message) {
    if (message instanceof StudyActor.Measured measured) {
      tell(byDevice.get(measured.lease()), new Item.Measured(measured.measurements()));
    } else if (message instanceof StudyActor.Finished finished) {
      tell(byDevice.get(finished.lease()), new Item.Finished(finished.result(), finished.rest()));
    }
    return this;
  }

  private void tell(@Nullable HeldLease lease, Item item) {
    if (lease != null) {
      lease.add(item);
      settle(lease);
      if (!lease.isSettled()) {
        report(lease);
      }
    }
  }

  private void settle(HeldLease lease) {
    if (lease.isSettled() && leases.remove(lease.number()) != null) {
      byDevice.remove(lease.lease());
      past.add(lease.number());
      if (past.size() > LEASES_TO_REMEMBER) {
        past.remove(past.iterator().next());
      }
    }
  }

  private void report(HeldLease lease) {
    send(false, List.of(lease.report()), List.of());
  }

  private void reportAll() {
    send(true, HeldLease.reports(leases.values()), estimators.studies());
  }

  private void send(boolean full, List<LeaseReport> told, List<Long> studies) {
    reports++;
    daemon.accept(
        new ToDaemon.Report(
            self.incarnation(), getContext().getSelf().narrow(), reports, full, told, studies));
  }
}
