package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.AbstractActor;
import akka.actor.ActorRef;
import akka.actor.ActorSystem;
import akka.actor.ExtendedActorSystem;
import akka.actor.PoisonPill;
import akka.actor.Props;
import akka.actor.SystemGuardian;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.io.Tcp;
import akka.io.TcpMessage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ClusterSystemTest {

  /**
   * Listens at a port, and keeps its system from ending until it is told to stop: what remoting
   * does where it waits for connections on which nobody answers.
   */
  private static final class Straggler extends AbstractActor {

    private final int port;
    private final CompletableFuture<Void> bound;

    Straggler(int port, CompletableFuture<Void> bound) {
      this.port = port;
      this.bound = bound;
    }

    @Override
    public void preStart() {
      ActorSystem system = getContext().getSystem();
      ((ExtendedActorSystem) system)
          .systemGuardian()
          .tell(SystemGuardian.RegisterTerminationHook$.MODULE$, getSelf());
      Tcp.get(system)
          .getManager()
          .tell(
              TcpMessage.bind(
                  getSelf(), new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1),
              getSelf());
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(Tcp.Bound.class, message -> bound.complete(null))
          .matchAny(message -> {})
          .build();
    }
  }

  private static void bind(int port) throws IOException {
    new ServerSocket(port, 1, InetAddress.getLoopbackAddress()).close();
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  @Test
  void end_systemThatNeverEnds_setsItsPortsFree() throws Exception {
    int port = freePort();
    var endpoint = new Endpoint("127.0.0.1", 0);
    var system =
        ClusterSystem.start(Behaviors.empty(), Identity.create(), "worker", endpoint, null);
    var bound = new CompletableFuture<Void>();
    ActorRef straggler =
        ((ExtendedActorSystem) Adapter.toClassic(system))
            .systemActorOf(
                Props.create(Straggler.class, () -> new Straggler(port, bound)), "straggler");
    bound.get(20, TimeUnit.SECONDS);
    assertThatThrownBy(() -> bind(port)).isInstanceOf(IOException.class);

    ClusterSystem.end(system, Duration.ofSeconds(6), Duration.ofSeconds(1));

    assertThatCode(() -> bind(port)).doesNotThrowAnyException();
    assertThat(system.getWhenTerminated().toCompletableFuture()).isNotDone();
    straggler.tell(PoisonPill.getInstance(), ActorRef.noSender());
    system.getWhenTerminated().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
