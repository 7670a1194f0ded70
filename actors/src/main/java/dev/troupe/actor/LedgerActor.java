package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyEvent;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

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
   * Tell what is on record.
   *
   * @param withHistory whether the trials that had ended by the snapshot are wanted, too
   * @param replyTo is answered with {@link Facts}, or {@link AppendFailed} if the study cannot go
   *     on from what is on record
   */
  public record Read(boolean withHistory, ActorRef<Reply> replyTo) implements Command {}

  /**
   * Keep a snapshot, so that taking the study up again is quick. Not answered: without it the facts
   * are still there. A ledger may take it as a hint.
   *
   * @param snapshot of facts that are kept
   */
  public record KeepSnapshot(StudySnapshot snapshot) implements Command {}

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

  /** Trials that ended earlier, read when they are asked for. Thread safe. */
  @FunctionalInterface
  public interface EarlierTrials {

    /**
     * Hands on each of them once, in the order of their ends. May block for as long as it takes to
     * read them.
     */
    void forEach(Consumer<EndedTrial> sink);
  }

  /**
   * What is on record.
   *
   * @param snapshot stands for all facts before {@code events}; null if there are none before
   * @param events the others, in order; unmodifiable
   * @param history the trials that had ended by the snapshot, those excepted that the end of the
   *     study stopped, in the order of their ends; empty if they were not asked for
   * @param earlier the same trials, whether they were asked for or not
   * @param snapshotFacts how many facts lie between two snapshots at least; 0 if the ledger keeps
   *     none
   */
  public record Facts(
      @Nullable StudySnapshot snapshot,
      List<StudyEvent> events,
      List<EndedTrial> history,
      EarlierTrials earlier,
      long snapshotFacts)
      implements Reply {

    /** Copies the lists. */
    public Facts {
      events = List.copyOf(events);
      history = List.copyOf(history);
      requireNonNull(earlier, "earlier");
    }

    /** All facts, of a ledger without snapshots. */
    public Facts(List<StudyEvent> events) {
      this(null, events, List.of(), sink -> {}, 0);
    }

    /** Returns whether nothing is on record. */
    boolean isEmpty() {
      return snapshot == null && events.isEmpty();
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
        .onMessage(KeepSnapshot.class, unneeded -> this)
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
