package dev.troupe.actor;

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
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Brings jobs and free slots together under leases; studies take turns. A slot that dies is
 * replaced, and its job fails.
 */
public final class DeviceActor extends AbstractBehavior<DeviceActor.Command> {

  /** What the devices are told. */
  public sealed interface Command {}

  /**
   * A job wants a slot.
   *
   * @param job what is to be done
   */
  record Offer(Job job) implements Command {}

  /**
   * Takes back what has not begun.
   *
   * @param study whose jobs
   * @param replyTo is told which ones
   */
  record Withdraw(String study, ActorRef<? super StudyActor.SlotMessage> replyTo)
      implements Command {}

  /**
   * A slot is free again.
   *
   * @param lease under which it worked
   */
  record Ready(DeviceLease lease) implements Command {}

  private final DevicePool pool;
  private final Timers timers;
  private final JobQueue queue = new JobQueue();
  private final Map<Device, ActorRef<EstimatorActor.Command>> slots = new HashMap<>();
  private final Map<DeviceLease, Job> running = new HashMap<>();
  private long spawned;

  private DeviceActor(ActorContext<Command> context, List<Device> devices, Timers timers) {
    super(context);
    this.timers = timers;
    this.pool = new DevicePool(devices);
    devices.forEach(this::spawn);
  }

  /** Returns the behaviour that owns one slot on each of {@code devices}. */
  static Behavior<Command> create(List<Device> devices, Timers timers) {
    return Behaviors.setup(context -> new DeviceActor(context, devices, timers));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Offer.class, this::onOffer)
        .onMessage(Ready.class, this::onReady)
        .onMessage(Withdraw.class, this::onWithdraw)
        .onSignal(Terminated.class, this::onTerminated)
        .build();
  }

  private Behavior<Command> onOffer(Offer offer) {
    queue.add(offer.job());
    return assign();
  }

  private Behavior<Command> onReady(Ready message) {
    release(message.lease());
    return assign();
  }

  private Behavior<Command> onWithdraw(Withdraw request) {
    List<Attempt> attempts = queue.remove(request.study()).stream().map(Job::attempt).toList();
    request.replyTo().tell(new StudyActor.Withdrawn(attempts));
    return this;
  }

  /** Only a defect of ours ends a slot; the show goes on. */
  private Behavior<Command> onTerminated(Terminated signal) {
    for (Device device : pool.slots()) {
      if (signal.getRef().equals(slots.get(device))) {
        for (DeviceLease lease : pool.leases()) {
          if (lease.device().equals(device)) {
            fail(lease);
          }
        }
        spawn(device);
      }
    }
    return assign();
  }

  private void fail(DeviceLease lease) {
    Job job = release(lease);
    if (job != null) {
      String reason = "Trial %s: its slot on %s died.";
      job.replyTo()
          .tell(
              new StudyActor.Finished(
                  lease,
                  new SlotResult.Failure(
                      reason.formatted(lease.attempt().trial(), lease.device().name())),
                  List.of()));
    }
  }

  private Behavior<Command> assign() {
    while (pool.free() > 0) {
      Job job = queue.poll();
      if (job == null) {
        return this;
      }
      DeviceLease lease = pool.acquire(job.study(), job.attempt(), timers.now());
      if (lease == null) {
        throw new IllegalStateException("A pool with free slots gives one away.");
      }
      running.put(lease, job);
      ActorRef<EstimatorActor.Command> slot = slots.get(lease.device());
      if (slot != null) {
        slot.tell(new EstimatorActor.Evaluate(job, lease));
      }
    }
    return this;
  }

  private @Nullable Job release(DeviceLease lease) {
    if (pool.holds(lease)) {
      pool.release(lease, timers.now());
    }
    return running.remove(lease);
  }

  private void spawn(Device device) {
    spawned++;
    ActorRef<EstimatorActor.Command> slot =
        getContext()
            .spawn(
                EstimatorActor.create(device, getContext().getSelf(), timers), "slot-" + spawned);
    getContext().watch(slot);
    slots.put(device, slot);
  }
}
