package dev.troupe.benchmarks;

import akka.actor.typed.ActorRef;
import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.typesafe.config.ConfigFactory;
import dev.troupe.actor.LedgerActor;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What it costs to have facts kept: an actor sends them to the ledger in memory and waits for the
 * answer before it sends the next. With no facts at all it is a round trip between two actors.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class Messages {

  private static final int ROUND_TRIPS = 1000;
  private static final String ACTOR_SETTINGS = "troupe-akka.conf";

  /** Facts in one request. */
  @Param({"0", "1", "64"})
  public int facts;

  private ActorSystem<Sender.Command> system = start();
  private List<StudyEvent> events = List.of();

  private static ActorSystem<Sender.Command> start() {
    return ActorSystem.create(
        Behaviors.setup(Sender::new),
        "messages",
        ConfigFactory.parseResources(Messages.class.getClassLoader(), ACTOR_SETTINGS)
            .withFallback(ConfigFactory.load()));
  }

  /** Begins with an empty ledger. */
  @Setup(Level.Iteration)
  public void begin() {
    SearchSpace space = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    RandomStreams streams = RandomStreams.of(1);
    Suggestion suggestion =
        Suggestion.evaluate(
            space.sample(name -> streams.stream(RandomStreams.Kind.STRATEGY, 1, name)));
    events =
        IntStream.rangeClosed(1, facts)
            .<StudyEvent>mapToObj(
                i -> new StudyEvent.TrialSuggested("benchmark", TrialId.of(i), suggestion))
            .toList();
    system.tell(new Sender.Renew());
  }

  /** Measures a thousand requests, one after the other. */
  @Benchmark
  @OperationsPerInvocation(ROUND_TRIPS)
  public void append() throws InterruptedException {
    var done = new CountDownLatch(1);
    system.tell(new Sender.Send(events, ROUND_TRIPS, done));
    done.await();
  }

  /** Ends the actors. */
  @TearDown
  public void end() {
    system.terminate();
  }

  /** Sends the next request when the one before is answered. */
  private static final class Sender extends AbstractBehavior<Sender.Command> {

    sealed interface Command {}

    record Renew() implements Command {}

    record Send(List<StudyEvent> events, int times, CountDownLatch done) implements Command {}

    private record Kept() implements Command {}

    private final ActorRef<LedgerActor.Reply> replies;
    private ActorRef<LedgerActor.Command> ledger;
    private Send current = new Send(List.of(), 0, new CountDownLatch(0));
    private int left;

    Sender(ActorContext<Command> context) {
      super(context);
      replies = context.messageAdapter(LedgerActor.Reply.class, reply -> new Kept());
      ledger = context.spawnAnonymous(LedgerActor.inMemory());
    }

    @Override
    public Receive<Command> createReceive() {
      return newReceiveBuilder()
          .onMessage(Kept.class, message -> onKept())
          .onMessage(Send.class, this::onSend)
          .onMessage(Renew.class, message -> onRenew())
          .build();
    }

    private Behavior<Command> onRenew() {
      getContext().stop(ledger);
      ledger = getContext().spawnAnonymous(LedgerActor.inMemory());
      return this;
    }

    private Behavior<Command> onSend(Send request) {
      current = request;
      left = request.times();
      return send();
    }

    private Behavior<Command> onKept() {
      left--;
      if (left == 0) {
        current.done().countDown();
        return this;
      }
      return send();
    }

    private Behavior<Command> send() {
      ledger.tell(new LedgerActor.Append(current.events(), replies));
      return this;
    }
  }
}
