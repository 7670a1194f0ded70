package dev.troupe.ledger;

import akka.actor.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import dev.troupe.actor.LedgerActor;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a study as its actor sees it: a {@link StudyJournal} that holds the study's lock.
 */
final class DurableLedger {

  private DurableLedger() {}

  /**
   * Returns the behaviour.
   *
   * @param identity what tells the database's file from another one of the same name
   * @param lock is given back when the behaviour stops
   */
  static Behavior<LedgerActor.Command> create(
      String study, Database database, @Nullable Object identity, StudyLock lock) {
    return Behaviors.setup(
        context -> {
          try {
            return forwarding(context, study, database, identity, lock);
          } catch (RuntimeException e) {
            lock.close();
            throw e;
          }
        });
  }

  private static Behavior<LedgerActor.Command> forwarding(
      ActorContext<LedgerActor.Command> context,
      String study,
      Database database,
      @Nullable Object identity,
      StudyLock lock) {
    ActorRef journal =
        Adapter.actorOf(context, new StudyJournal(study, database, identity).props(), "journal");
    Adapter.watch(context, journal);
    return Behaviors.receive(LedgerActor.Command.class)
        .onAnyMessage(
            command -> {
              journal.tell(command, ActorRef.noSender());
              return Behaviors.same();
            })
        .onSignal(Terminated.class, signal -> Behaviors.stopped())
        .onSignal(PostStop.class, signal -> release(lock))
        .build();
  }

  private static Behavior<LedgerActor.Command> release(StudyLock lock) throws IOException {
    lock.close();
    return Behaviors.same();
  }
}
