package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.estimator.device.Device;
import dev.troupe.study.Attempt;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Brings jobs and free slots together: slots pull, and studies take turns. */
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
   * A slot is free.
   *
   * @param device its device
   * @param slot where to send a job
   * @param ended the job that it had until now; null at its start
   * @param seconds how long it held the device for it
   */
  record Ready(
      Device device, ActorRef<EstimatorActor.Command> slot, @Nullable Job ended, double seconds)
      implements Command {}

  private final JobQueue queue = new JobQueue();
  private final ArrayDeque<ActorRef<EstimatorActor.Command>> free = new ArrayDeque<>();

  private DeviceActor(ActorContext<Command> context, List<Device> devices, Timers timers) {
    super(context);
    for (Device device : devices) {
      context.spawn(
          EstimatorActor.create(device, context.getSelf(), timers), "slot-" + device.name());
    }
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
        .build();
  }

  private Behavior<Command> onOffer(Offer offer) {
    ActorRef<EstimatorActor.Command> slot = free.poll();
    if (slot == null) {
      queue.add(offer.job());
    } else {
      slot.tell(new EstimatorActor.Evaluate(offer.job()));
    }
    return this;
  }

  private Behavior<Command> onReady(Ready message) {
    Job job = queue.poll();
    if (job == null) {
      free.add(message.slot());
    } else {
      message.slot().tell(new EstimatorActor.Evaluate(job));
    }
    return this;
  }

  private Behavior<Command> onWithdraw(Withdraw request) {
    List<Attempt> attempts = queue.remove(request.study()).stream().map(Job::attempt).toList();
    request.replyTo().tell(new StudyActor.Withdrawn(attempts));
    return this;
  }
}
