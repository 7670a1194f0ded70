package dev.troupe.cluster;

import akka.actor.ActorRef;
import akka.actor.ActorSelection;
import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.cluster.Cluster;
import dev.troupe.actor.SystemTimers;
import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A worker: lends the devices of this machine to a daemon, and joins again whenever it has lost it,
 * each time with an actor system of its own and under a new name within the cluster, so that
 * nothing of an earlier time counts. Thread safe.
 */
public final class ClusterWorker implements AutoCloseable {

  static final String ROLE = "worker";

  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofSeconds(1);
  private static final Duration LONG_PAUSE = Duration.ofSeconds(5);
  private static final Logger log = LoggerFactory.getLogger(ClusterWorker.class);

  private final WorkerSettings settings;
  private final JoinFile joinFile;
  private final Endpoint bind;
  private final String process = UUID.randomUUID().toString();
  private final SystemTimers timers = new SystemTimers();
  private final CountDownLatch closing = new CountDownLatch(1);
  private final CompletableFuture<@Nullable String> end = new CompletableFuture<>();

  /** Guarded by this. */
  private @Nullable ActorSystem<WorkerActor.Command> system;

  private ClusterWorker(WorkerSettings settings, JoinFile joinFile, Endpoint bind) {
    this.settings = settings;
    this.joinFile = joinFile;
    this.bind = bind;
  }

  /**
   * Starts a worker, which joins as soon as there is a daemon.
   *
   * @throws IllegalArgumentException if the join file is missing or damaged, or others may read it,
   *     or the worker cannot listen at its address
   */
  public static ClusterWorker start(WorkerSettings settings) {
    JoinFile joinFile = JoinFile.read(settings.joinFile());
    Endpoint bind =
        settings.bind() == null ? new Endpoint(ownHost(joinFile.daemon()), 0) : settings.bind();
    var worker = new ClusterWorker(settings, joinFile, bind);
    var first = new Incarnation(worker.process);
    worker.system = worker.startSystem(first);
    var thread = new Thread(() -> worker.live(first), "troupe-worker");
    thread.setDaemon(true);
    thread.start();
    return worker;
  }

  /** Returns the address of this machine by which it reaches another; sends nothing. */
  private static String ownHost(Endpoint other) {
    try (var socket = new DatagramSocket()) {
      socket.connect(new InetSocketAddress(other.host(), other.port()));
      return socket.getLocalAddress().getHostAddress();
    } catch (IOException | RuntimeException e) {
      throw new IllegalArgumentException(
          "The daemon's address %s cannot be reached from here: %s. Maybe check the join file, or choose an address of this machine with --bind."
              .formatted(other, e.getMessage()),
          e);
    }
  }

  /** One actor system's time. */
  private static final class Incarnation {
    private final String id = UUID.randomUUID().toString();
    private final String process;
    private final CompletableFuture<WorkerActor.End> end = new CompletableFuture<>();

    Incarnation(String process) {
      this.process = process;
    }
  }

  private ActorSystem<WorkerActor.Command> startSystem(Incarnation incarnation) {
    ActorSystem<WorkerActor.Command> started =
        ClusterSystem.start(
            guardian(incarnation), joinFile.identity(), ROLE, bind, settings.advertised());
    Cluster cluster = ClusterSystem.cluster(started);
    cluster.registerOnMemberUp(() -> started.tell(new WorkerActor.Joined()));
    Endpoint daemon = joinFile.daemon();
    cluster.joinSeedNodes(
        List.of(new Address("akka", ClusterSystem.NAME, daemon.host(), daemon.port())));
    return started;
  }

  private Behavior<WorkerActor.Command> guardian(Incarnation incarnation) {
    return Behaviors.setup(
        context -> {
          ActorSelection daemon =
              Adapter.toClassic(context.getSystem())
                  .actorSelection(
                      "akka://%s@%s/user".formatted(ClusterSystem.NAME, joinFile.daemon()));
          Consumer<ToDaemon> send = message -> daemon.tell(message, ActorRef.noSender());
          return WorkerActor.create(
              new WorkerActor.Self(
                  incarnation.id, incarnation.process, settings.name(), settings.slots()),
              settings.times(),
              send,
              incarnation.end::complete,
              timers);
        });
  }

  /** Runs on the worker's thread: one incarnation after the other. */
  private void live(Incarnation first) {
    Incarnation incarnation = first;
    try {
      while (true) {
        WorkerActor.End why = incarnation.end.join();
        endSystem();
        if (why instanceof WorkerActor.Unwanted unwanted) {
          end.complete(unwanted.reason());
          return;
        }
        if (why instanceof WorkerActor.Left || isClosing(PAUSE)) {
          end.complete(null);
          return;
        }
        log.warn(
            "Left the daemon at {}, since {}; joins it again.",
            joinFile.daemon(),
            ((WorkerActor.Lonely) why).reason());
        incarnation = startAgain();
        if (incarnation == null) {
          end.complete(null);
          return;
        }
      }
    } catch (RuntimeException e) {
      end.completeExceptionally(e);
    }
  }

  /** Returns null if it is told to end before it can listen again. */
  private @Nullable Incarnation startAgain() {
    while (true) {
      var next = new Incarnation(process);
      try {
        synchronized (this) {
          system = startSystem(next);
        }
        return next;
      } catch (IllegalArgumentException e) { // its port may be somebody else's by now
        log.warn("{}", e.getMessage());
        if (isClosing(LONG_PAUSE)) {
          return null;
        }
      }
    }
  }

  private boolean isClosing(Duration pause) {
    try {
      return closing.await(pause.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  private void endSystem() {
    ActorSystem<WorkerActor.Command> old;
    synchronized (this) {
      old = system;
      system = null;
    }
    if (old != null) {
      ClusterSystem.end(old, PATIENCE);
    }
  }

  /** Returns where the daemon is. */
  public Endpoint daemon() {
    return joinFile.daemon();
  }

  /**
   * Returns what completes when the worker has ended: with nothing if it was closed, else with why
   * it is not wanted, in a sentence.
   */
  public CompletableFuture<@Nullable String> ended() {
    return end.copy();
  }

  /** Gives the trials back that run, and ends. */
  @Override
  public void close() {
    closing.countDown();
    synchronized (this) {
      if (system != null) {
        system.tell(new WorkerActor.Leave());
      }
    }
    try {
      end.get(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException | TimeoutException e) {
      log.debug("The worker did not end as it should.", e);
    }
    timers.close();
  }
}
