package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.ChildFailed;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.estimator.Failures;
import dev.troupe.estimator.device.Device;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyResult;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The guardian: owns the devices, starts studies, and does nothing else. */
public final class TroupeActor extends AbstractBehavior<TroupeActor.Command> {

  /** What the guardian is told. */
  public sealed interface Command {}

  /**
   * Start a study.
   *
   * @param setup all about it
   * @param ledger keeps its facts
   * @param requests what was asked of it before
   * @param events are told what happens
   * @param result completes when the study has ended
   * @param started gets the study's actor, or why it cannot start
   * @param opened completes when what is on record of the study has been taken up, or with the
   *     reason for which it is refused
   */
  public record StartStudy(
      StudySetup setup,
      Behavior<LedgerActor.Command> ledger,
      List<StudyActor.Instruct> requests,
      EventBus events,
      CompletableFuture<StudyResult> result,
      CompletableFuture<ActorRef<StudyActor.Command>> started,
      CompletableFuture<@Nullable Void> opened)
      implements Command {}

  /**
   * Make the devices known to whoever adds slots to them.
   *
   * @param host is given the actor that owns the devices
   */
  public record ShowDevices(Consumer<ActorRef<DeviceActor.Command>> host) implements Command {}

  /** Stop everything. */
  public record Shutdown() implements Command {}

  private final Timers timers;
  private final ActorRef<DeviceActor.Command> devices;
  private final Map<ActorRef<Void>, StudyRun> running = new HashMap<>();

  /** Lets a virtual clock go on; it stands still while no study runs. */
  private Runnable release;

  private long started;

  private TroupeActor(
      ActorContext<Command> context, List<Device> slots, Timers timers, @Nullable Simulation plan) {
    super(context);
    this.timers = timers;
    release = timers.hold();
    devices = context.spawn(DeviceActor.create(slots, timers, plan), "devices");
  }

  /**
   * Returns the behaviour of the guardian.
   *
   * @param slots the devices, one slot each; names are unique
   * @param timers tell the time
   */
  public static Behavior<Command> create(List<Device> slots, Timers timers) {
    return create(slots, timers, null);
  }

  /**
   * Returns the behaviour of the guardian.
   *
   * @param slots the devices, one slot each; names are unique
   * @param timers tell the time
   * @param plan what goes wrong in a simulation; null if this is none
   */
  public static Behavior<Command> create(
      List<Device> slots, Timers timers, @Nullable Simulation plan) {
    return Behaviors.setup(context -> new TroupeActor(context, slots, timers, plan));
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(StartStudy.class, this::onStartStudy)
        .onMessage(ShowDevices.class, this::onShowDevices)
        .onMessage(Shutdown.class, message -> Behaviors.stopped())
        .onSignal(ChildFailed.class, this::onChildFailed)
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Command> onStartStudy(StartStudy request) {
    String name = request.setup().name();
    if (running.values().stream().anyMatch(run -> run.name().equals(name))) {
      request
          .started()
          .completeExceptionally(
              new IllegalStateException(
                  "Study '%s': it is running already. Maybe give this one another name."
                      .formatted(name)));
      return this;
    }
    started++;
    var run = new StudyRun(request);
    ActorRef<StudyActor.Command> study =
        getContext()
            .spawn(
                StudyActor.create(
                    request.setup(),
                    request.ledger(),
                    devices,
                    timers,
                    request.events(),
                    run.opened(),
                    run.ended()),
                "study-" + started);
    request.requests().forEach(study::tell);
    getContext().watch(study);
    running.put(study.unsafeUpcast(), run);
    release.run();
    request.started().complete(study);
    return this;
  }

  private Behavior<Command> onShowDevices(ShowDevices request) {
    request.host().accept(devices);
    return this;
  }

  private Behavior<Command> onChildFailed(ChildFailed signal) {
    StudyRun run = remove(signal.getRef());
    if (run != null) {
      run.fail("its actor failed: " + Failures.describe(signal.getCause()));
    }
    return this;
  }

  private Behavior<Command> onTerminated(Terminated signal) {
    StudyRun run = remove(signal.getRef());
    if (run != null) {
      run.finish(timers);
    }
    return this;
  }

  private @Nullable StudyRun remove(ActorRef<Void> study) {
    StudyRun run = running.remove(study);
    if (run != null && running.isEmpty()) {
      release = timers.hold();
    }
    return run;
  }

  private Behavior<Command> onPostStop() {
    running.values().forEach(run -> run.fail("its Troupe was closed while it ran"));
    return this;
  }
}
