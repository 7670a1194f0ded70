package dev.troupe.ledger;

import akka.actor.Props;
import akka.actor.typed.ActorRef;
import akka.persistence.AbstractPersistentActor;
import akka.persistence.Recovery;
import akka.persistence.RuntimePluginConfig;
import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.StudySnapshot;
import dev.troupe.codec.Envelope;
import dev.troupe.codec.EventCodec;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * Writes the events of one study through Akka Persistence: a list in one transaction, answered when
 * it is on the disk. It keeps nothing of them. What is asked for is read row by row instead of
 * being replayed, so that damage neither keeps a study from being opened nor goes unnoticed; what
 * is damaged is not written to any more.
 *
 * <p>A classic actor, since only these take a journal whose settings are made at run time (2.8.5):
 * {@code EventSourcedBehavior} looks for them in the settings of the actor system.
 */
final class StudyJournal {

  private static final Logger log = LoggerFactory.getLogger(StudyJournal.class);

  /** For how long a study that was ours is believed to be so; its numbers guard it in between. */
  private static final Duration CREDIT = Duration.ofSeconds(1);

  /** How many facts lie between two snapshots at least. */
  private static final long SNAPSHOT_FACTS = 1_000;

  private static final String NO_SNAPSHOTS = "akka.persistence.no-snapshot-store";
  private static final String BLOCKING = "akka.actor.default-blocking-io-dispatcher";

  private final String study;
  private final Store store;
  private final StudyHold hold;
  private final ActorRef<? super DurableLedger.Interrupted> owner;
  private final Archive archive;
  private final String plugin;

  /**
   * @param owner is told when an append was interrupted, in place of an answer; the actor stops
   *     then
   */
  StudyJournal(
      String study,
      Store store,
      StudyHold hold,
      ActorRef<? super DurableLedger.Interrupted> owner) {
    this.study = study;
    this.store = store;
    this.hold = hold;
    this.owner = owner;
    archive = new Archive(store, study);
    plugin = JournalSettings.id(hold);
  }

  /**
   * Returns what makes the actor.
   *
   * @param checked whether what is on record has been found intact
   */
  Props props(boolean checked) {
    return Props.create(Writer.class, () -> new Writer(checked)).withDispatcher(BLOCKING);
  }

  /** An inner class, since Akka asks it for the journal before its own fields are set. */
  private final class Writer extends AbstractPersistentActor implements RuntimePluginConfig {

    private boolean checked;
    private @Nullable String damage;
    private @Nullable ActorRef<LedgerActor.Reply> waiting;
    private long before = -1;

    Writer(boolean checked) {
      this.checked = checked;
    }

    @Override
    public String persistenceId() {
      return PersistenceIds.of(study);
    }

    @Override
    public String journalPluginId() {
      return plugin;
    }

    @Override
    public Config journalPluginConfig() {
      return JournalSettings.of(store, plugin);
    }

    @Override
    public String snapshotPluginId() {
      return NO_SNAPSHOTS;
    }

    @Override
    public Config snapshotPluginConfig() {
      return ConfigFactory.empty();
    }

    /** Asks the journal for the last sequence number only. */
    @Override
    public Recovery recovery() {
      return Recovery.none();
    }

    @Override
    public Receive createReceiveRecover() {
      return emptyBehavior();
    }

    @Override
    public Receive createReceive() {
      return receiveBuilder()
          .match(LedgerActor.Append.class, this::onAppend)
          .match(LedgerActor.Read.class, this::onRead)
          .match(LedgerActor.KeepSnapshot.class, this::onKeepSnapshot)
          .build();
    }

    private void onAppend(LedgerActor.Append request) {
      if (!checked) {
        open(event -> {});
      }
      if (damage != null) {
        request.replyTo().tell(new LedgerActor.AppendFailed(damage));
        return;
      }
      List<byte[]> sealed = seal(request.events());
      if (sealed.isEmpty()) {
        request.replyTo().tell(new LedgerActor.Appended(lastSequenceNr()));
        return;
      }
      waiting = request.replyTo();
      before = lastSequenceNr();
      if (!isHeld()) {
        getContext().stop(getSelf());
        return;
      }
      long last = lastSequenceNr() + sealed.size();
      persistAll(
          sealed,
          event -> {
            if (lastSequenceNr() == last) {
              onKept(request.events());
            }
          });
    }

    private List<byte[]> seal(List<StudyEvent> events) {
      var sealed = new ArrayList<byte[]>(events.size());
      for (StudyEvent event : events) {
        long sequenceNumber = lastSequenceNr() + sealed.size() + 1;
        sealed.add(Envelope.seal(persistenceId(), sequenceNumber, EventCodec.encode(event)));
      }
      return sealed;
    }

    private boolean isHeld() {
      try {
        hold.renew(CREDIT);
        return true;
      } catch (SQLException e) {
        interrupt(e);
      } catch (IllegalStateException e) {
        reply(new LedgerActor.AppendFailed(String.valueOf(e.getMessage())));
      }
      return false;
    }

    private void onKept(List<StudyEvent> events) {
      try {
        hold.kept(lastSequenceNr());
        reply(new LedgerActor.Appended(lastSequenceNr()));
        long place = before;
        for (StudyEvent event : events) {
          place++;
          archive.take(place, event);
        }
      } catch (IOException e) {
        reply(
            new LedgerActor.AppendFailed(
                "Study '%s': %s could not be written: %s. Maybe put it back where it was, and run the study again."
                    .formatted(study, store.place(), e.getMessage())));
        getContext().stop(getSelf());
      }
    }

    @Override
    public void onPersistFailure(Throwable cause, Object event, long sequenceNumber) {
      failOrWait(cause);
    }

    @Override
    public void onPersistRejected(Throwable cause, Object event, long sequenceNumber) {
      failOrWait(cause);
      getContext().stop(getSelf());
    }

    @Override
    public void onRecoveryFailure(Throwable cause, Option<Object> event) {
      interrupt(cause);
    }

    private void failOrWait(Throwable cause) {
      if (store.isPassing(cause) || store.isConflict(cause)) {
        interrupt(cause);
      } else {
        fail(store.explain(cause));
      }
    }

    private void interrupt(Throwable cause) {
      waiting = null;
      owner.tell(new DurableLedger.Interrupted(getSelf(), before, cause));
    }

    private void fail(@Nullable String cause) {
      reply(
          new LedgerActor.AppendFailed(
              "Study '%s': %s could not be written: %s. Maybe there is no space left, or it must not be written."
                  .formatted(study, store.place(), cause)));
    }

    private void reply(LedgerActor.Reply reply) {
      if (waiting != null) {
        waiting.tell(reply);
        waiting = null;
      }
    }

    private void onRead(LedgerActor.Read request) {
      try {
        LedgerActor.Facts facts = read(request.withHistory());
        request.replyTo().tell(damage == null ? facts : new LedgerActor.AppendFailed(damage));
      } catch (IllegalStateException e) {
        request.replyTo().tell(new LedgerActor.AppendFailed(String.valueOf(e.getMessage())));
      }
    }

    private LedgerActor.Facts read(boolean withHistory) {
      var events = new ArrayList<StudyEvent>();
      StudySnapshot snapshot = open(events::add);
      long before = snapshot == null ? 0 : snapshot.facts();
      var history = new ArrayList<EndedTrial>();
      if (withHistory) {
        Archive.forEachEnded(store, study, before, history::add);
      }
      return new LedgerActor.Facts(
          snapshot,
          events,
          history,
          sink -> Archive.forEachEnded(store, study, before, sink),
          SNAPSHOT_FACTS);
    }

    private void onKeepSnapshot(LedgerActor.KeepSnapshot request) {
      if (damage == null) {
        archive.keep(request.snapshot());
      }
    }

    /**
     * Checks what is on record, as far as nothing stands for it.
     *
     * @param sink gets the events after the snapshot
     * @return the snapshot; null if there is none
     */
    private @Nullable StudySnapshot open(Consumer<StudyEvent> sink) {
      StudySnapshot snapshot = archive.open(lastSequenceNr());
      long before = snapshot == null ? 0 : snapshot.facts();
      EventScan.Result result =
          EventScan.run(
              store,
              study,
              Math.min(archive.next(), before + 1),
              Long.MAX_VALUE,
              (event, place) -> {
                archive.take(place, event);
                if (place > before) {
                  sink.accept(event);
                }
              });
      List<String> damages = result.damages();
      checked = true;
      if (damages.isEmpty() && result.last() != lastSequenceNr()) {
        damages = List.of("event %d was expected to be the last".formatted(lastSequenceNr()));
      }
      if (!damages.isEmpty()) {
        damage =
            "Study '%s': %s is damaged (%s), so that it can only be read. Maybe repair it: troupe repair '%s'."
                .formatted(study, store.place(), String.join("; ", damages), study);
        log.warn("{}", damage);
      }
      return snapshot;
    }
  }
}
