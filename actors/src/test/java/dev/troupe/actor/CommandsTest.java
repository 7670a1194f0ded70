package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.BehaviorTestKit;
import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.estimator.device.Device;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.estimator.weights.CheckpointKey;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Attempt;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Simulation;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.lang.reflect.Constructor;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * Every actor handles every command of its protocol. On JDK 17 no compiler checks that for a sealed
 * type; so each permitted subclass is sent, made of the samples below.
 */
class CommandsTest {

  private static final String PACKAGE = CommandsTest.class.getPackageName();
  private static final Attempt ATTEMPT = Attempt.first(TrialId.of(1));

  private final ManualTimers timers = new ManualTimers();

  /** What commands consist of, but for types of this package, which are made of these in turn. */
  private final Map<Class<?>, Supplier<?>> samples =
      Map.ofEntries(
          Map.entry(boolean.class, () -> true),
          Map.entry(int.class, () -> 1),
          Map.entry(long.class, () -> 1L),
          Map.entry(double.class, () -> 1.0),
          Map.entry(Long.class, () -> 1L),
          Map.entry(Instruction.class, Instruction.Pause::new),
          Map.entry(String.class, () -> "a text"),
          Map.entry(List.class, List::of),
          Map.entry(Map.class, Map::of),
          Map.entry(Set.class, Set::of),
          Map.entry(Duration.class, () -> Duration.ofSeconds(1)),
          Map.entry(CompletableFuture.class, CompletableFuture::new),
          Map.entry(ActorRef.class, () -> TestInbox.create().getRef()),
          Map.entry(Behavior.class, LedgerActor::inMemory),
          Map.entry(Timers.class, () -> timers),
          Map.entry(Path.class, () -> Path.of("study.conf")),
          Map.entry(Consumer.class, () -> (Consumer<Object>) any -> {}),
          Map.entry(StudySetup.class, () -> setup()),
          Map.entry(EventBus.class, () -> new EventBus("test", List.of(), List.of())),
          Map.entry(
              Estimator.class,
              () -> FunctionEstimator.of((suggestion, evaluation) -> Metrics.none())),
          Map.entry(RandomStreams.class, () -> RandomStreams.of(1)),
          Map.entry(Suggestion.class, () -> Setups.suggestion(0.5)),
          Map.entry(Attempt.class, () -> ATTEMPT),
          Map.entry(
              ActiveTrial.class,
              () -> new ActiveTrial(ATTEMPT.trial(), Setups.suggestion(0.5), List.of())),
          Map.entry(Metrics.class, Metrics::none),
          Map.entry(StudySnapshot.class, CommandsTest::snapshot),
          Map.entry(LedgerActor.Facts.class, () -> new LedgerActor.Facts(List.of())),
          Map.entry(LedgerActor.Reply.class, () -> new LedgerActor.Appended(1)),
          Map.entry(Measurement.class, () -> new Measurement(1, Metrics.none(), 0)),
          Map.entry(CheckpointKey.class, () -> new CheckpointKey(ATTEMPT, 1, "0".repeat(64), 0)),
          Map.entry(StudyCheckpoints.class, () -> new StudyCheckpoints("test", null)),
          Map.entry(Verdict.class, () -> Verdict.CONTINUE),
          Map.entry(Device.class, () -> Device.cpu(0)),
          Map.entry(SlotRun.class, this::run),
          Map.entry(PlaybackRun.class, this::run),
          Map.entry(
              DeviceLease.class,
              () -> new DeviceLease(Device.cpu(0), ATTEMPT, "test", timers.now())));

  private static StudySetup setup() {
    var setups = new Setups();
    setups.pruner = (trial, ended, active) -> Verdict.CONTINUE;
    return setups.build();
  }

  private static StudySnapshot snapshot() {
    return new StudySnapshot(
        1,
        List.of(),
        new StudySums(0, 0, false, Map.of(), null, List.of(), null, 0),
        new Spent(0, 0, 0, 0, Instant.EPOCH, 1),
        new byte[0]);
  }

  private PlaybackRun run() {
    try {
      return new PlaybackRun(
          (Job) sample(Job.class),
          (DeviceLease) sample(DeviceLease.class),
          timers,
          TestInbox.<EstimatorActor.Command>create().getRef(),
          Mishap.NONE);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("A sample cannot be made.", e);
    }
  }

  private static List<Class<?>> concrete(Class<?> type) {
    return type.isSealed()
        ? Arrays.stream(type.getPermittedSubclasses())
            .<Class<?>>flatMap(permitted -> concrete(permitted).stream())
            .toList()
        : List.of(type);
  }

  private Object sample(Class<?> type) throws ReflectiveOperationException {
    Supplier<?> known = samples.get(type);
    if (known != null) {
      return known.get();
    }
    assertThat(type.getPackageName()).as("no sample of %s", type).isEqualTo(PACKAGE);
    Class<?> first = concrete(type).get(0);
    assertThat(first.getDeclaredConstructors()).as("one way to make %s", first).hasSize(1);
    Constructor<?> constructor = first.getDeclaredConstructors()[0];
    constructor.setAccessible(true);
    var arguments = new ArrayList<Object>();
    for (Class<?> parameter : constructor.getParameterTypes()) {
      arguments.add(sample(parameter));
    }
    return constructor.newInstance(arguments.toArray());
  }

  /** Sends each command to an actor of its own, after those that have to come before any. */
  private <C> void requireAllHandled(
      Class<C> protocol, Supplier<Behavior<C>> behavior, List<C> before)
      throws ReflectiveOperationException {
    List<Class<?>> commands = concrete(protocol);
    assertThat(commands).doesNotContain(protocol);
    for (Class<?> command : commands) {
      assertThat(handles(behavior.get(), before, protocol.cast(sample(command))))
          .as("%s is handled", command.getName())
          .isTrue();
    }
  }

  private <C> void requireAllHandled(Class<C> protocol, Supplier<Behavior<C>> behavior)
      throws ReflectiveOperationException {
    requireAllHandled(protocol, behavior, List.of());
  }

  private static <C> boolean handles(Behavior<C> behavior, List<C> before, C command) {
    BehaviorTestKit<C> kit = BehaviorTestKit.create(behavior);
    before.stream().filter(message -> !message.equals(command)).forEach(kit::run);
    kit.run(command);
    return kit.returnedBehavior() != Behaviors.<C>unhandled();
  }

  private DeviceActor.Command offer() throws ReflectiveOperationException {
    return (DeviceActor.Command) sample(DeviceActor.Offer.class);
  }

  @Test
  void handles_noHandler_isNoticed() throws Exception {
    Behavior<DeviceActor.Command> deaf =
        Behaviors.receive(DeviceActor.Command.class)
            .onMessage(DeviceActor.Ready.class, message -> Behaviors.same())
            .build();

    assertThat(handles(deaf, List.of(), offer())).isFalse();
  }

  @Test
  void study_everyCommand_isHandled() throws Exception {
    requireAllHandled(
        StudyActor.Command.class,
        () ->
            StudyActor.create(
                setup(),
                LedgerActor.inMemory(),
                TestInbox.<DeviceActor.Command>create().getRef(),
                timers,
                new EventBus("test", List.of(), List.of()),
                new CompletableFuture<>(),
                new CompletableFuture<>()),
        List.of((StudyActor.Started) sample(StudyActor.Started.class)));
  }

  @Test
  void strategy_everyCommand_isHandled() throws Exception {
    requireAllHandled(StrategyActor.Command.class, () -> StrategyActor.create(setup(), timers));
  }

  @Test
  void pruner_everyCommand_isHandled() throws Exception {
    requireAllHandled(
        PrunerActor.Command.class,
        () -> PrunerActor.create("test", (trial, ended, active) -> Verdict.CONTINUE, timers));
  }

  @Test
  void slot_everyCommand_isHandled() throws Exception {
    requireAllHandled(
        EstimatorActor.Command.class,
        () ->
            EstimatorActor.create(
                Device.cpu(0), TestInbox.<DeviceActor.Command>create().getRef(), timers, null));
  }

  @Test
  void devices_everyCommand_isHandled() throws Exception {
    requireAllHandled(
        DeviceActor.Command.class,
        () -> DeviceActor.create(List.of(Device.cpu(0)), timers, Simulation.of(1)));
  }

  @Test
  void ledger_everyCommand_isHandled() throws Exception {
    requireAllHandled(LedgerActor.Command.class, LedgerActor::inMemory);
  }

  @Test
  void guardian_everyCommand_isHandled() throws Exception {
    requireAllHandled(
        TroupeActor.Command.class, () -> TroupeActor.create(List.of(Device.cpu(0)), timers));
  }
}
