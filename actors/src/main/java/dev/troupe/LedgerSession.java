package dev.troupe;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import dev.troupe.actor.LedgerActor;
import dev.troupe.study.StudyEvent;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** The ledger of a study that nobody runs, held for as long as it takes to put something on it. */
final class LedgerSession implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private final String study;
  private final ActorSystem<LedgerActor.Command> ledger;

  private LedgerSession(String study, ActorSystem<LedgerActor.Command> ledger) {
    this.study = study;
    this.ledger = ledger;
  }

  /** Begins with a ledger that has been opened. */
  static LedgerSession of(String study, Behavior<LedgerActor.Command> behavior) {
    return new LedgerSession(
        study, ActorSystem.create(behavior, "troupe-ledger", Troupe.ownConfig()));
  }

  /**
   * Returns what is on record, or what a snapshot has kept of it.
   *
   * @throws IllegalStateException if it cannot be read
   */
  List<StudyEvent> read() {
    LedgerActor.Reply reply =
        await(
            AskPattern.ask(
                ledger,
                replyTo -> new LedgerActor.Read(false, replyTo),
                PATIENCE,
                ledger.scheduler()));
    if (!(reply instanceof LedgerActor.Facts facts)) {
      throw failed(reply);
    }
    var events = new ArrayList<StudyEvent>();
    if (facts.snapshot() != null) {
      events.addAll(facts.snapshot().open());
    }
    events.addAll(facts.events());
    return events;
  }

  /**
   * Puts a fact on record.
   *
   * @throws IllegalStateException if that fails
   */
  void append(StudyEvent fact) {
    LedgerActor.Reply reply =
        await(
            AskPattern.ask(
                ledger,
                replyTo -> new LedgerActor.Append(List.of(fact), replyTo),
                PATIENCE,
                ledger.scheduler()));
    if (!(reply instanceof LedgerActor.Appended)) {
      throw failed(reply);
    }
  }

  private IllegalStateException failed(LedgerActor.Reply reply) {
    return new IllegalStateException(
        reply instanceof LedgerActor.AppendFailed failure
            ? failure.reason()
            : "Study '%s': its ledger gave no answer.".formatted(study));
  }

  private LedgerActor.Reply await(CompletionStage<LedgerActor.Reply> reply) {
    try {
      return reply.toCompletableFuture().join();
    } catch (CompletionException e) {
      throw new IllegalStateException(
          "Study '%s': its ledger gave no answer: %s.".formatted(study, e.getCause()), e);
    }
  }

  /** Gives the study back. */
  @Override
  public void close() {
    ledger.terminate();
    ledger.getWhenTerminated().toCompletableFuture().join();
  }
}
