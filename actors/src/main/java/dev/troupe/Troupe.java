package dev.troupe;

import akka.actor.BootstrapSetup;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.Props;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.actor.DeviceActor;
import dev.troupe.actor.EventBus;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.RepairReport;
import dev.troupe.actor.StudyActor;
import dev.troupe.actor.StudySetup;
import dev.troupe.actor.SystemTimers;
import dev.troupe.actor.Timers;
import dev.troupe.actor.TroupeActor;
import dev.troupe.actor.VirtualTimers;
import dev.troupe.estimator.device.Device;
import dev.troupe.space.TypedSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.concurrent.ExecutionContext;

/**
 * The entry: devices, and the studies that share them.
 *
 * <pre>{@code
 * try (Troupe troupe = Troupe.start()) {
 *   Study<Mlp> study =
 *       troupe.study("digits", RecordSpace.of(Mlp.class))
 *           .maximize("accuracy")
 *           .budget(Budget.trials(40))
 *           .start((mlp, trial) -> train(mlp, trial));
 *   Incumbent<Mlp> best = study.result().toCompletableFuture().join();
 * }
 * }</pre>
 *
 * Its threads do not keep a JVM alive. Thread safe.
 */
public final class Troupe implements AutoCloseable {

  /** The environment variable that names the folder in which studies are kept. */
  public static final String HOME_VARIABLE = "TROUPE_HOME";

  private static final Logger log = LoggerFactory.getLogger(Troupe.class);
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final AtomicLong NUMBER = new AtomicLong();

  private final @Nullable ActorSystem<TroupeActor.Command> ownSystem;
  private final ActorRef<TroupeActor.Command> guardian;
  private final Timers timers;
  private final Runnable closeTimers;
  private volatile boolean closed;

  private Troupe(
      @Nullable ActorSystem<TroupeActor.Command> ownSystem,
      ActorRef<TroupeActor.Command> guardian,
      Timers timers,
      Runnable closeTimers) {
    this.ownSystem = ownSystem;
    this.guardian = guardian;
    this.timers = timers;
    this.closeTimers = closeTimers;
  }

  /** Starts with one slot for each processor. */
  public static Troupe start() {
    return start(cpuSlots(Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Starts with these devices, one slot each.
   *
   * @throws IllegalArgumentException if there is none, or a name occurs twice
   */
  public static Troupe start(List<Device> slots) {
    if (slots.isEmpty()) {
      throw noDevice();
    }
    requireDistinct(slots);
    var timers = new SystemTimers();
    ActorSystem<TroupeActor.Command> system =
        ActorSystem.create(TroupeActor.create(slots, timers), "troupe", ownConfig());
    return new Troupe(system, system, timers, timers::close);
  }

  /** Starts within the caller's actor system, with one slot for each processor. */
  public static Troupe within(ActorSystem<?> system) {
    return within(system, cpuSlots(Runtime.getRuntime().availableProcessors()));
  }

  /**
   * Starts within the caller's actor system with these devices, one slot each. Closing leaves the
   * system alive.
   *
   * @throws IllegalArgumentException if there is no device, or a name occurs twice
   */
  public static Troupe within(ActorSystem<?> system, List<Device> slots) {
    if (slots.isEmpty()) {
      throw noDevice();
    }
    return within(system, slots, devices -> {});
  }

  /**
   * As above, for a host that adds slots elsewhere while studies run: until it does there may be
   * none.
   *
   * @param host is given those who lend slots to jobs, on an actor's thread
   * @throws IllegalArgumentException if a name occurs twice
   */
  public static Troupe within(
      ActorSystem<?> system, List<Device> slots, Consumer<ActorRef<DeviceActor.Command>> host) {
    requireDistinct(slots);
    var timers = new SystemTimers();
    ActorRef<TroupeActor.Command> guardian =
        system.systemActorOf(
            TroupeActor.create(slots, timers), "troupe-" + NUMBER.incrementAndGet(), Props.empty());
    guardian.tell(new TroupeActor.ShowDevices(host));
    return new Troupe(null, guardian, timers, timers::close);
  }

  /**
   * Starts on the virtual clock: an evaluation takes the time that its estimator says, and none in
   * truth. What would last months ends in seconds, on workers that need not exist, and one seed
   * gives one course of events.
   *
   * <p>Estimators that know their answers ({@link dev.troupe.estimator.SimulatedEstimator}) take
   * the time that goes with them; others pretend with {@link
   * dev.troupe.estimator.Evaluation#spend}. Strategies and pruners take no time.
   *
   * @param plan how many workers there are, and what goes wrong with them
   */
  public static Troupe simulated(Simulation plan) {
    List<Device> workers = IntStream.range(0, plan.workers()).mapToObj(Device::simulated).toList();
    var clock = new VirtualTimers();
    BootstrapSetup bootstrap =
        BootstrapSetup.create(ownConfig())
            .withDefaultExecutionContext(ExecutionContext.fromExecutor(clock));
    ActorSystem<TroupeActor.Command> system =
        ActorSystem.create(
            TroupeActor.create(workers, clock, plan), "troupe", ActorSystemSetup.create(bootstrap));
    return new Troupe(system, system, clock, clock::close);
  }

  /** Returns so many CPU slots. */
  public static List<Device> cpuSlots(int count) {
    return IntStream.range(0, count).mapToObj(Device::cpu).toList();
  }

  /**
   * Begins the description of a study.
   *
   * @param name unique among the studies that run
   * @param space where it searches: a record, or a space itself
   */
  public <T> StudyBuilder<T> study(String name, TypedSpace<T> space) {
    return new StudyBuilder<>(this, name, space);
  }

  <T> Study<T> launch(
      StudySetup setup,
      TypedSpace<T> space,
      Objective objective,
      String ledger,
      Path home,
      List<Consumer<EndedTrial>> earlierListeners) {
    if (closed) {
      throw new IllegalStateException(
          "Study '%s': it cannot start, since this Troupe is closed.".formatted(setup.name()));
    }
    requireFittingClock(setup);
    Behavior<LedgerActor.Command> behavior = Ledgers.open(ledger, setup.name(), home);
    var events = new EventBus(setup.name(), setup.listeners(), earlierListeners);
    var outcome = new CompletableFuture<StudyResult>();
    var started = new CompletableFuture<ActorRef<StudyActor.Command>>();
    var opened = new CompletableFuture<@Nullable Void>();
    MailboxReader requests = requests(setup, ledger, home);
    guardian.tell(
        new TroupeActor.StartStudy(
            setup,
            behavior,
            requests == null ? List.of() : requests.first(),
            events,
            outcome,
            started,
            opened));
    ActorRef<StudyActor.Command> actor = await(started);
    if (requests != null) {
      requests.start(actor::tell, CompletableFuture.anyOf(outcome, refusal(opened)));
    }
    awaitOpened(opened);
    return new Study<>(setup.name(), space, objective, actor, events, outcome);
  }

  private static @Nullable MailboxReader requests(StudySetup setup, String ledger, Path home) {
    LedgerProvider provider = Ledgers.provider(ledger);
    if (!provider.hasMailbox()) {
      return null;
    }
    try {
      return new MailboxReader(setup.name(), setup.space(), provider.mailbox(ledger, home));
    } catch (IllegalStateException e) {
      log.warn("Study '{}' cannot be reached by other processes: {}", setup.name(), e.getMessage());
      return null;
    }
  }

  /** Completes if the study is refused, and never otherwise. */
  private static CompletableFuture<?> refusal(CompletableFuture<@Nullable Void> opened) {
    var refused = new CompletableFuture<@Nullable Void>();
    var unused =
        opened.whenComplete(
            (begun, refusal) -> {
              if (refusal != null) {
                refused.complete(null);
              }
            });
    return refused;
  }

  /**
   * Returns how to ask things of kept studies, whichever process runs them.
   *
   * @param ledger as in a study file: {@code auto}, {@code file} or another ledger on the class
   *     path
   * @param home the folder in which they are kept
   * @throws IllegalArgumentException if the ledger is unknown
   */
  public static StudyControl studyControl(String ledger, Path home) {
    String chosen = Ledgers.choose(ledger, false);
    return new StudyControl(Ledgers.provider(chosen), chosen, home);
  }

  /** Returns whether time passes on the virtual clock. */
  boolean isVirtual() {
    return timers.isVirtual();
  }

  /**
   * Returns the folder in which studies are kept unless another one is chosen: what {@value
   * #HOME_VARIABLE} names, else {@code .troupe} in the working folder.
   */
  public static Path defaultHome() {
    String home = System.getenv(HOME_VARIABLE);
    return Path.of(home == null || home.isBlank() ? ".troupe" : home);
  }

  /**
   * Opens the kept studies for reading, also while they run.
   *
   * @param ledger as in a study file: {@code auto}, {@code file} or another ledger on the class
   *     path
   * @param home the folder in which they are kept
   * @throws IllegalArgumentException if nothing is kept there, or the ledger is unknown
   */
  public static KeptStudies keptStudies(String ledger, Path home) {
    return new KeptStudies(Ledgers.reader(Ledgers.choose(ledger, false), home));
  }

  /**
   * Puts the damaged record of a study in order, so that the study can go on: what can be read
   * stays, and trials of which something is missing have failed. What was damaged is kept aside.
   * Does nothing to a study that is intact.
   *
   * @param ledger as in a study file: {@code auto}, {@code file} or another ledger on the class
   *     path
   * @param home the folder in which studies are kept
   * @throws IllegalArgumentException if nothing is kept there, the ledger is unknown, or the
   *     beginning of the study is lost
   * @throws IllegalStateException if somebody writes the study, whom the message names
   */
  public static RepairReport repair(String ledger, String study, Path home) {
    return Ledgers.repair(Ledgers.choose(ledger, false), study, home);
  }

  private void requireFittingClock(StudySetup setup) {
    if (timers.isVirtual() && setup.estimator() == null) {
      throw new IllegalArgumentException(
          "Study '%s': on the virtual clock nobody can ask for its trials, since it waits for no one. Maybe give it a function, and Troupe.start() for ask and tell."
              .formatted(setup.name()));
    }
    if (!timers.isVirtual() && setup.budget().virtualTime() != null) {
      throw new IllegalArgumentException(
          "Study '%s': a budget of virtual-time needs the virtual clock. Maybe study.clock = virtual, or Troupe.simulated(…)."
              .formatted(setup.name()));
    }
  }

  /** Waits as long as it takes: a strategy that learned for hours has to learn it all again. */
  private static void awaitOpened(CompletableFuture<@Nullable Void> opened) {
    try {
      opened.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a study was taken up.", e);
    }
  }

  private static <V> V await(CompletableFuture<V> future) {
    try {
      return future.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (TimeoutException e) {
      throw new IllegalStateException(
          "The study did not start within %d s. Maybe this Troupe was closed, or its actor system."
              .formatted(PATIENCE.toSeconds()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while a study was started.", e);
    }
  }

  /**
   * Ends all studies, whose results complete with an {@link IllegalStateException}, and gives the
   * devices back. Stop a study first to keep what it has found.
   */
  @Override
  public void close() {
    closed = true;
    if (ownSystem == null) {
      guardian.tell(new TroupeActor.Shutdown());
    } else {
      ownSystem.terminate();
      try {
        ownSystem
            .getWhenTerminated()
            .toCompletableFuture()
            .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      } catch (ExecutionException | TimeoutException e) {
        log.warn("The actor system did not end within {} s.", PATIENCE.toSeconds(), e);
      }
    }
    closeTimers.run();
  }

  /**
   * The configuration of an actor system of our own. The host's application.conf is left out on
   * purpose: it configures the host's systems, not ours.
   */
  static Config ownConfig() {
    ClassLoader loader = Troupe.class.getClassLoader();
    return ConfigFactory.defaultOverrides(loader)
        .withFallback(ConfigFactory.parseResources(loader, "troupe-akka.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved(loader))
        .resolve();
  }

  private static IllegalArgumentException noDevice() {
    return new IllegalArgumentException(
        "Troupe needs a device, but there was none. Maybe Troupe.cpuSlots(1).");
  }

  private static void requireDistinct(List<Device> slots) {
    var names = new HashSet<String>();
    for (Device device : slots) {
      if (!names.add(device.name())) {
        throw new IllegalArgumentException(
            "The name of a device must occur once, but '%s' occurs again."
                .formatted(device.name()));
      }
    }
  }
}
