package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.device.DevicePool;
import dev.troupe.study.Attempt;
import dev.troupe.study.Simulation;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Brings jobs and free slots together under leases; studies get their shares. A slot that dies is
 * replaced, and its job is lost. Slots elsewhere may come and go; jobs that are not portable are
 * never theirs.
 */
public final class DeviceActor extends AbstractBehavior<DeviceActor.Command> {

  /** What the devices are told. */
  public sealed interface Command {}

  /**
   * A study will have jobs.
   *
   * @param study whose jobs they are
   * @param share what part of the devices it gets
   */
  record Join(ActorRef<? super StudyActor.SlotMessage> study, Share share) implements Command {}

  /**
   * A job wants a slot.
   *
   * @param job what is to be done
   */
  record Offer(Job job) implements Command {}

  /**
   * Takes back the jobs of a study that have not begun.
   *
   * @param study is told which ones
   * @param interrupt whether to interrupt those that have begun
   */
  record Withdraw(ActorRef<? super StudyActor.SlotMessage> study, boolean interrupt)
      implements Command {}

  /**
   * A slot is free again.
   *
   * @param lease under which it worked
   */
  public record Ready(DeviceLease lease) implements Command {}

  /**
   * Slots elsewhere can be used from now on. When the actor behind them stops, they are removed.
   *
   * @param devices one slot each; their names differ from all others
   * @param slot is told what is meant for any of them
   */
  public record AddSlots(List<Device> devices, ActorRef<EstimatorActor.Command> slot)
      implements Command {

    /** Requires the slot and copies the list. */
    public AddSlots {
      requireNonNull(slot, "slot");
      devices = List.copyOf(devices);
    }
  }

  /**
   * Slots elsewhere cannot be used any more; the jobs on them are lost.
   *
   * @param devices those among them that are known here
   * @param reason what happened, as in "its worker is gone"
   */
  public record RemoveSlots(List<Device> devices, String reason) implements Command {

    /** Copies the list. */
    public RemoveSlots {
      devices = List.copyOf(devices);
    }
  }

  /**
   * A slot elsewhere cannot do the job of a lease, nor can its siblings do any other of that study.
   *
   * @param lease of the job, which is lost
   * @param reason what happened, as in "its worker has no such estimator"
   */
  public record Decline(DeviceLease lease, String reason) implements Command {}

  private record WorkerDied(Device device) implements Command {}

  private record WorkerBack(Device device) implements Command {}

  private record StudyGone(ActorRef<? super StudyActor.SlotMessage> study) implements Command {}

  private final DevicePool pool = new DevicePool();
  private final Timers timers;
  private final long start;
  private final @Nullable Simulation plan;
  private final @Nullable Lifetimes lifetimes;
  private final JobQueue queue = new JobQueue();
  private final Exclusivity exclusivity = new Exclusivity(Exclusivity::memory);
  private final Map<Device, ActorRef<EstimatorActor.Command>> slots = new HashMap<>();
  private final Map<DeviceLease, Job> running = new HashMap<>();

  /** Those behind slots elsewhere, and the studies whose jobs they cannot do. */
  private final Map<ActorRef<EstimatorActor.Command>, Set<ActorRef<?>>> declined = new HashMap<>();

  private final Set<ActorRef<? super StudyActor.SlotMessage>> studies = new HashSet<>();
  private long spawned;

  private DeviceActor(
      ActorContext<Command> context,
      List<Device> devices,
      Timers timers,
      @Nullable Simulation plan) {
    super(context);
    this.timers = timers;
    start = timers.nanos();
    this.plan = plan;
    this.lifetimes =
        plan == null || plan.meanLife() == null
            ? null
            : new Lifetimes(plan.meanLife(), plan.seed(), devices);
    devices.forEach(pool::add);
    devices.forEach(this::spawn);
    devices.forEach(this::planDeath);
  }

  /**
   * Returns the behaviour that owns one slot on each device.
   *
   * @param devices their names differ
   * @param timers tell the time
   * @param plan what goes wrong in a simulation; null if this is none
   */
  static Behavior<Command> create(List<Device> devices, Timers timers, @Nullable Simulation plan) {
    return Behaviors.setup(context -> new DeviceActor(context, devices, timers, plan));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Join.class, this::onJoin)
        .onMessage(Offer.class, this::onOffer)
        .onMessage(Ready.class, this::onReady)
        .onMessage(Withdraw.class, this::onWithdraw)
        .onMessage(AddSlots.class, this::onAddSlots)
        .onMessage(RemoveSlots.class, this::onRemoveSlots)
        .onMessage(Decline.class, this::onDecline)
        .onMessage(WorkerDied.class, message -> onWorkerDied(message.device()))
        .onMessage(WorkerBack.class, message -> onWorkerBack(message.device()))
        .onMessage(StudyGone.class, this::onStudyGone)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onJoin(Join message) {
    watch(message.study());
    queue.join(message.study(), message.share());
    return this;
  }

  private void watch(ActorRef<? super StudyActor.SlotMessage> study) {
    if (studies.add(study)) {
      getContext().watchWith(study, new StudyGone(study));
    }
  }

  private Behavior<Command> onOffer(Offer offer) {
    Job job = offer.job();
    watch(job.study());
    if (job.alone()) {
      exclusivity.add(job);
    } else {
      queue.add(job, seconds());
    }
    return assign();
  }

  private Behavior<Command> onReady(Ready message) {
    release(message.lease());
    return assign();
  }

  private Behavior<Command> onWithdraw(Withdraw request) {
    List<Attempt> attempts =
        Stream.concat(
                queue.withdraw(request.study()).stream(),
                exclusivity.remove(request.study()).stream())
            .map(Job::attempt)
            .toList();
    request.study().tell(new StudyActor.Withdrawn(attempts));
    if (request.interrupt()) {
      interrupt(request.study());
    }
    return this;
  }

  /** Nobody waits for its jobs any more, nor answers them. */
  private Behavior<Command> onStudyGone(StudyGone message) {
    studies.remove(message.study());
    declined.values().forEach(those -> those.remove(message.study()));
    queue.forget(message.study());
    exclusivity.remove(message.study());
    interrupt(message.study());
    return this;
  }

  private void interrupt(ActorRef<? super StudyActor.SlotMessage> study) {
    running.forEach(
        (lease, job) -> {
          if (job.study().equals(study)) {
            slot(lease.device()).tell(new EstimatorActor.Stop(lease));
          }
        });
  }

  /** Only a defect of ours ends a slot of this machine; the show goes on. */
  private Behavior<Command> onTerminated(Terminated signal) {
    boolean elsewhere =
        declined.remove(signal.getRef().<EstimatorActor.Command>unsafeUpcast()) != null;
    for (Device device : pool.slots()) {
      if (signal.getRef().equals(slot(device).unsafeUpcast())) {
        loseAny(device, "its slot on %s died".formatted(device.name()));
        if (elsewhere) {
          remove(device);
        } else {
          spawn(device);
        }
      }
    }
    return assign();
  }

  // Slots elsewhere

  private Behavior<Command> onAddSlots(AddSlots request) {
    if (declined.putIfAbsent(request.slot(), new HashSet<>()) == null) {
      getContext().watch(request.slot());
    }
    for (Device device : request.devices()) {
      if (!pool.contains(device)) {
        pool.add(device);
        slots.put(device, request.slot());
      }
    }
    return assign();
  }

  private Behavior<Command> onRemoveSlots(RemoveSlots request) {
    for (Device device : request.devices()) {
      if (pool.contains(device)) {
        loseAny(device, request.reason());
        remove(device);
      }
    }
    return assign();
  }

  private void remove(Device device) {
    pool.remove(device);
    slots.remove(device);
  }

  private Behavior<Command> onDecline(Decline message) {
    Job job = running.get(message.lease());
    if (job != null) {
      Set<ActorRef<?>> studiesOfNoUse = declined.get(slot(message.lease().device()));
      if (studiesOfNoUse != null && studies.contains(job.study())) {
        studiesOfNoUse.add(job.study());
      }
      lose(message.lease(), message.reason());
    }
    return assign();
  }

  private boolean fits(Job job, Device device) {
    Set<ActorRef<?>> studiesOfNoUse = declined.get(slot(device));
    return studiesOfNoUse == null
        || job.portable() != null && !studiesOfNoUse.contains(job.study());
  }

  // Workers of a simulation

  private void planDeath(Device device) {
    if (lifetimes != null) {
      ActorRef<Command> self = getContext().getSelf();
      timers.after(lifetimes.next(device), () -> self.tell(new WorkerDied(device)));
    }
  }

  private Behavior<Command> onWorkerDied(Device device) {
    pool.retire(device);
    DeviceLease lease = pool.lease(device);
    if (lease != null) {
      slot(device).tell(new EstimatorActor.Abandon(lease));
      lose(lease, "its worker %s died".formatted(device.name()));
    }
    ActorRef<Command> self = getContext().getSelf();
    timers.after(requireNonNull(plan).repair(), () -> self.tell(new WorkerBack(device)));
    return this;
  }

  private Behavior<Command> onWorkerBack(Device device) {
    pool.restore(device);
    planDeath(device);
    return assign();
  }

  private void loseAny(Device device, String what) {
    DeviceLease lease = pool.lease(device);
    if (lease != null) {
      lose(lease, what);
    }
  }

  private void lose(DeviceLease lease, String what) {
    Job job = release(lease);
    if (job != null) {
      var lost = new SlotResult.Lost("Trial %s: %s.".formatted(lease.attempt().trial(), what));
      job.study().tell(new StudyActor.Finished(lease, lost, List.of()));
    }
  }

  private Behavior<Command> assign() {
    var turn = exclusivity.next(pool, this::fits);
    while (turn != null) {
      String group = turn.group();
      Device device = pool.firstFree(slot -> Exclusivity.memory(slot).equals(group));
      exclusivity.begun(turn, start(turn.job(), requireNonNull(device)));
      turn = exclusivity.next(pool, this::fits);
    }
    Job job = nextJob();
    while (job != null) {
      start(job, requireNonNull(firstFree(job)));
      job = nextJob();
    }
    return this;
  }

  private @Nullable Job nextJob() {
    return queue.poll(seconds(), any -> firstFree(any) != null);
  }

  private @Nullable Device firstFree(Job job) {
    return pool.firstFree(device -> exclusivity.admits(device) && fits(job, device));
  }

  private DeviceLease start(Job job, Device device) {
    DeviceLease lease = pool.acquire(device, job.studyName(), job.attempt(), timers.now());
    running.put(lease, job);
    // In this order: a study learns of the begin before it can learn of the end.
    job.study().tell(new StudyActor.Started(lease));
    slot(device).tell(new EstimatorActor.Evaluate(job, lease));
    return lease;
  }

  private @Nullable Job release(DeviceLease lease) {
    if (pool.holds(lease)) {
      pool.release(lease, timers.now());
    }
    exclusivity.ended(lease);
    Job job = running.remove(lease);
    if (job != null) {
      queue.released(job, seconds());
    }
    return job;
  }

  private double seconds() {
    return timers.secondsSince(start);
  }

  private ActorRef<EstimatorActor.Command> slot(Device device) {
    return requireNonNull(slots.get(device));
  }

  private void spawn(Device device) {
    spawned++;
    ActorRef<EstimatorActor.Command> slot =
        getContext()
            .spawn(
                EstimatorActor.create(device, getContext().getSelf(), timers, plan),
                "slot-" + spawned);
    getContext().watch(slot);
    slots.put(device, slot);
  }
}
