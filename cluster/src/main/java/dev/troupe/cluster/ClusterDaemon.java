package dev.troupe.cluster;

import akka.actor.Address;
import akka.actor.typed.ActorSystem;
import akka.cluster.Cluster;
import dev.troupe.Troupe;
import dev.troupe.actor.SystemTimers;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Troupe} to which other machines add slots while it runs: the seed of a cluster. It makes
 * a key and a certificate when it first starts in a home folder, and writes the join file that lets
 * workers in. Thread safe.
 */
public final class ClusterDaemon implements AutoCloseable {

  static final String ROLE = "daemon";

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorSystem<HubActor.Command> system;
  private final Troupe troupe;
  private final SystemTimers timers;
  private final Endpoint address;

  private ClusterDaemon(
      ActorSystem<HubActor.Command> system, Troupe troupe, SystemTimers timers, Endpoint address) {
    this.system = system;
    this.troupe = troupe;
    this.timers = timers;
    this.address = address;
  }

  /**
   * Starts a daemon and writes its join file.
   *
   * @throws IllegalArgumentException if it cannot listen at its address, or the key in its home is
   *     damaged or others may read it
   * @throws IllegalStateException if key or join file cannot be written
   */
  public static ClusterDaemon start(DaemonSettings settings) {
    Identity identity = IdentityFile.in(settings.home());
    var timers = new SystemTimers();
    var downing = new AtomicReference<@Nullable Cluster>();
    ActorSystem<HubActor.Command> system;
    try {
      system =
          ClusterSystem.start(
              HubActor.create(settings.times(), timers, member -> down(downing.get(), member)),
              identity,
              ROLE,
              settings.bind(),
              settings.advertised());
    } catch (RuntimeException e) {
      timers.close();
      throw e;
    }
    Cluster cluster = ClusterSystem.cluster(system);
    downing.set(cluster);
    cluster.join(cluster.selfAddress());
    Endpoint address = endpoint(cluster.selfAddress());
    Troupe troupe =
        Troupe.within(
            system, settings.slots(), devices -> system.tell(new HubActor.Serve(devices)));
    var daemon = new ClusterDaemon(system, troupe, timers, address);
    try {
      new JoinFile(address, identity).write(settings.joinFile());
    } catch (RuntimeException e) {
      daemon.close();
      throw e;
    }
    return daemon;
  }

  private static void down(@Nullable Cluster cluster, Address member) {
    if (cluster != null) {
      cluster.down(member);
    }
  }

  private static Endpoint endpoint(Address address) {
    return new Endpoint(
        address.host().getOrElse(() -> "localhost"), address.port().getOrElse(() -> 0));
  }

  /** Returns where studies run. */
  public Troupe troupe() {
    return troupe;
  }

  /** Returns where workers reach it. */
  public Endpoint address() {
    return address;
  }

  /**
   * Ends all studies, whose results complete with an {@link IllegalStateException}, and lets the
   * workers go, who wait for another daemon at this address. Stop a study first to keep what it has
   * found.
   */
  @Override
  public void close() {
    troupe.close();
    ClusterSystem.end(system, PATIENCE);
    timers.close();
  }
}
