package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.study.StudyEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Keeps the facts of one study. The protocol is that of every ledger; the behaviour in this class
 * keeps them in memory, for as long as the study runs. A ledger that stops ends its study.
 */
public final class LedgerActor extends AbstractBehavior<LedgerActor.Command> {

  /** What a ledger is told. */
  public sealed interface Command {}

  /**
   * Keep facts. One request at a time: the next one follows the answer.
   *
   * @param events in order
   * @param replyTo is answered when none of them can be lost any more
   */
  public record Append(List<StudyEvent> events, ActorRef<Reply> replyTo) implements Command {

    /** Requires both and copies the list. */
    public Append {
      events = List.copyOf(events);
      requireNonNull(replyTo, "replyTo");
    }
  }

  /**
   * Tell all facts so far, in order.
   *
   * @param replyTo is answered with them
   */
  public record Read(ActorRef<Reply> replyTo) implements Command {}

  /** What a ledger answers. */
  public sealed interface Reply {}

  /**
   * Facts are kept.
   *
   * @param count how many there are now
   */
  public record Appended(long count) implements Reply {}

  /**
   * Facts could not be kept: the study must not act upon them.
   *
   * @param reason what happened
   */
  public record AppendFailed(String reason) implements Reply {}

  /**
   * All facts so far.
   *
   * @param events in order; unmodifiable
   */
  public record Facts(List<StudyEvent> events) implements Reply {

    /** Copies the list. */
    public Facts {
      events = List.copyOf(events);
    }
  }

  private final List<StudyEvent> kept = new ArrayList<>();

  private LedgerActor(ActorContext<Command> context) {
    super(context);
  }

  /** Returns a ledger in memory. */
  public static Behavior<Command> inMemory() {
    return Behaviors.setup(LedgerActor::new);
  }

  @Override
  public Receive<Command> createReceive() {
    return newReceiveBuilder()
        .onMessage(Append.class, this::onAppend)
        .onMessage(Read.class, this::onRead)
        .build();
  }

  private Behavior<Command> onAppend(Append request) {
    kept.addAll(request.events());
    request.replyTo().tell(new Appended(kept.size()));
    return this;
  }

  private Behavior<Command> onRead(Read request) {
    request.replyTo().tell(new Facts(kept));
    return this;
  }
}
