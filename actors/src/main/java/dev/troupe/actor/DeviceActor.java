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
 * replaced, and its job fails.
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
  record Ready(DeviceLease lease) implements Command {}

  private record WorkerDied(Device device) implements Command {}

  private record WorkerBack(Device device) implements Command {}

  private record StudyGone(ActorRef<? super StudyActor.SlotMessage> study) implements Command {}

  private final DevicePool pool;
  private final Timers timers;
  private final long start;
  private final @Nullable Simulation plan;
  private final @Nullable Lifetimes lifetimes;
  private final JobQueue queue = new JobQueue();
  private final Exclusivity exclusivity = new Exclusivity(Exclusivity::memory);
  private final Map<Device, ActorRef<EstimatorActor.Command>> slots = new HashMap<>();
  private final Map<DeviceLease, Job> running = new HashMap<>();
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
    this.pool = new DevicePool(devices);
    devices.forEach(this::spawn);
    devices.forEach(this::planDeath);
  }

  /**
   * Returns the behaviour that owns one slot on each device.
   *
   * @param devices at least one; their names differ
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

  /** Only a defect of ours ends a slot; the show goes on. */
  private Behavior<Command> onTerminated(Terminated signal) {
    for (Device device : pool.slots()) {
      if (signal.getRef().path().equals(slot(device).path())) {
        for (DeviceLease lease : pool.leases()) {
          if (lease.device().equals(device)) {
            lose(lease, "its slot on %s died".formatted(device.name()));
          }
        }
        spawn(device);
      }
    }
    return assign();
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

  private void lose(DeviceLease lease, String what) {
    Job job = release(lease);
    if (job != null) {
      var lost = new SlotResult.Lost("Trial %s: %s.".formatted(lease.attempt().trial(), what));
      job.study().tell(new StudyActor.Finished(lease, lost, List.of()));
    }
  }

  private Behavior<Command> assign() {
    for (var turn = exclusivity.next(pool); turn != null; turn = exclusivity.next(pool)) {
      String group = turn.group();
      Device device = pool.firstFree(slot -> Exclusivity.memory(slot).equals(group));
      exclusivity.begun(turn, start(turn.job(), requireNonNull(device)));
    }
    Device device = pool.firstFree(exclusivity::admits);
    while (device != null) {
      Job job = queue.poll(seconds());
      if (job == null) {
        return this;
      }
      start(job, device);
      device = pool.firstFree(exclusivity::admits);
    }
    return this;
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
