package dev.troupe.cluster;

import akka.actor.ActorRef;
import akka.actor.BootstrapSetup;
import akka.actor.PoisonPill;
import akka.actor.setup.ActorSystemSetup;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Adapter;
import akka.cluster.Cluster;
import akka.io.Tcp;
import akka.remote.artery.tcp.SSLEngineProviderSetup;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.net.BindException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The actor system of a member of a cluster, and its configuration. */
final class ClusterSystem {

  static final String NAME = "troupe";

  private static final int CAUSES = 10;
  private static final Logger log = LoggerFactory.getLogger(ClusterSystem.class);

  /** How long the connections of a system that ends may take to close by themselves. */
  private static final Duration FAREWELL = Duration.ofSeconds(6);

  private ClusterSystem() {}

  /**
   * Starts an actor system that others can reach with this identity, and nobody without it.
   *
   * @param role of the member
   * @param bind where it listens
   * @param advertised where others reach it, if that is elsewhere
   * @throws IllegalArgumentException if it cannot listen there
   */
  static <C> ActorSystem<C> start(
      Behavior<C> guardian,
      Identity identity,
      String role,
      Endpoint bind,
      @Nullable Endpoint advertised) {
    try {
      return ActorSystem.create(
          guardian,
          NAME,
          ActorSystemSetup.create(
              BootstrapSetup.create(config(role, bind, advertised)),
              SSLEngineProviderSetup.create(system -> new PinnedTls(identity))));
    } catch (RuntimeException e) {
      String reason = bindFailure(e);
      if (reason == null) {
        throw e;
      }
      throw new IllegalArgumentException(
          "Nobody can listen at %s: %s. Maybe another process does; choose another --port or --bind."
              .formatted(bind, reason),
          e);
    }
  }

  private static @Nullable String bindFailure(Throwable failure) {
    String reason = null;
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < CAUSES; depth++) {
      String message = String.valueOf(cause.getMessage());
      if (cause instanceof BindException || message.contains("bind")) {
        reason = message; // the innermost one says it in the fewest words
      }
      cause = cause.getCause();
    }
    return reason;
  }

  private static Config config(String role, Endpoint bind, @Nullable Endpoint advertised) {
    ClassLoader loader = ClusterSystem.class.getClassLoader();
    Endpoint canonical = advertised == null ? bind : advertised;
    Config own =
        ConfigFactory.parseMap(
            Map.of(
                "akka.cluster.roles",
                List.of(role),
                "akka.remote.artery.canonical.hostname",
                canonical.host(),
                "akka.remote.artery.canonical.port",
                canonical.port(),
                "akka.remote.artery.bind.hostname",
                bind.host(),
                "akka.remote.artery.bind.port",
                advertised == null ? "" : Integer.toString(bind.port()),
                "akka.remote.artery.advanced.tcp.outbound-client-hostname",
                isAnyAddress(bind.host()) ? "" : bind.host()));
    return ConfigFactory.defaultOverrides(loader)
        .withFallback(own)
        .withFallback(ConfigFactory.parseResources(loader, "troupe-cluster.conf"))
        .withFallback(ConfigFactory.parseResources(loader, "troupe-akka.conf"))
        .withFallback(ConfigFactory.defaultReferenceUnresolved(loader))
        .resolve();
  }

  /** Returns whether it stands for all addresses of the machine. */
  static boolean isAnyAddress(String host) {
    return host.equals("0.0.0.0") || host.equals("::");
  }

  static Cluster cluster(ActorSystem<?> system) {
    return Cluster.get(Adapter.toClassic(system));
  }

  /**
   * Ends a system without waiting for the consent of members that may be gone. One that waits for
   * connections on which nobody answers any more has them closed, and its port set free. They are
   * told so themselves: the guardian above them listens to nobody any more by then.
   */
  static void end(ActorSystem<?> system, Duration patience) {
    end(system, FAREWELL, patience);
  }

  /**
   * Ends a system.
   *
   * @param farewell after how long its connections are closed
   * @param patience how long it may take from then on
   */
  static void end(ActorSystem<?> system, Duration farewell, Duration patience) {
    Cluster cluster = cluster(system);
    cluster.down(cluster.selfAddress());
    system.terminate();
    if (!hasEnded(system, farewell)) {
      akka.actor.ActorSystem classic = Adapter.toClassic(system);
      Tcp.get(classic).getManager().tell(PoisonPill.getInstance(), ActorRef.noSender());
      if (!hasEnded(system, patience)) {
        log.warn("The actor system did not end within {} s.", patience.toSeconds());
      }
    }
  }

  private static boolean hasEnded(ActorSystem<?> system, Duration patience) {
    try {
      system
          .getWhenTerminated()
          .toCompletableFuture()
          .get(patience.toMillis(), TimeUnit.MILLISECONDS);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    } catch (ExecutionException | TimeoutException e) {
      return false;
    }
  }
}
