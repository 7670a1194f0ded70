package dev.troupe.ledger;

import akka.actor.ActorRef;
import akka.actor.typed.Behavior;
import akka.actor.typed.PostStop;
import akka.actor.typed.Terminated;
import akka.actor.typed.javadsl.AbstractBehavior;
import akka.actor.typed.javadsl.ActorContext;
import akka.actor.typed.javadsl.Adapter;
import akka.actor.typed.javadsl.Behaviors;
import akka.actor.typed.javadsl.Receive;
import com.typesafe.config.Config;
import dev.troupe.actor.LedgerActor;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * The ledger of a study as its actor sees it: a {@link StudyJournal} and the right to write the
 * study. When an append fails for a reason that passes (a server that is stopped, a line that is
 * cut), the journal is given up; {@link Resumption} waits until the store is there again and looks
 * what became of the append, and a new journal writes what is missing. So no event is written
 * twice, and none is lost. Other failures are answered at once.
 */
final class DurableLedger extends AbstractBehavior<DurableLedger.Message> {

  /** What it is told. */
  sealed interface Message {}

  private record Request(LedgerActor.Command command) implements Message {}

  private record Answered(LedgerActor.Reply reply) implements Message {}

  /**
   * An append failed, and nobody knows whether it was written.
   *
   * @param journal which one was interrupted
   * @param before how many events there were before; -1 if the journal does not know
   * @param cause why
   */
  record Interrupted(ActorRef journal, long before, Throwable cause) implements Message {}

  /**
   * The store is there again.
   *
   * @param written how many of the events that were to be written are there
   */
  record Resumed(int written) implements Message {}

  /**
   * The study cannot go on.
   *
   * @param reason why, in whole sentences
   */
  record GivenUp(String reason) implements Message {}

  /** For how long a store is waited for; in the settings of the actor system. */
  static final String PATIENCE_SETTING = "troupe.ledger.patience";

  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private final String study;
  private final Store store;
  private final StudyHold hold;
  private final Duration patience;
  private final akka.actor.typed.ActorRef<LedgerActor.Reply> answers;
  private final Queue<LedgerActor.Read> waiting = new ArrayDeque<>();

  private ActorRef journal;
  private int journals;
  private LedgerActor.@Nullable Append pending;
  private long kept = -1;
  private @Nullable Resumption resumption;

  private DurableLedger(ActorContext<Message> context, String study, Store store, StudyHold hold) {
    super(context);
    this.study = study;
    this.store = store;
    this.hold = hold;
    patience = patience(context.getSystem().settings().config());
    answers = context.messageAdapter(LedgerActor.Reply.class, Answered::new);
    journal = start(false);
  }

  private static Duration patience(Config config) {
    return config.hasPath(PATIENCE_SETTING) ? config.getDuration(PATIENCE_SETTING) : PATIENCE;
  }

  /**
   * Takes the right to write a study, which is held from now until the behaviour, which has to be
   * spawned, stops.
   *
   * @throws IllegalStateException if another process holds the study, whom the message names, or
   *     the store cannot be written
   */
  static Behavior<LedgerActor.Command> open(Store store, String study) {
    try {
      return create(store, study, store.hold(study));
    } catch (IOException | SQLException e) {
      throw new IllegalStateException(
          "Study '%s': its ledger %s cannot be opened: %s. %s"
              .formatted(study, store.place(), e.getMessage(), store.remedy()),
          e);
    }
  }

  private static Behavior<LedgerActor.Command> create(Store store, String study, StudyHold hold) {
    Behavior<Message> ledger =
        Behaviors.setup(
            context -> {
              try {
                return new DurableLedger(context, study, store, hold);
              } catch (RuntimeException e) {
                hold.close();
                throw e;
              }
            });
    return Behaviors.transformMessages(
        LedgerActor.Command.class, ledger, requests -> requests.matchAny(Request::new));
  }

  private ActorRef start(boolean checked) {
    journals++;
    ActorRef started =
        Adapter.actorOf(
            getContext(),
            new StudyJournal(study, store, hold, getContext().getSelf()).props(checked),
            "journal-" + journals);
    Adapter.watch(getContext(), started);
    return started;
  }

  @Override
  public Receive<Message> createReceive() {
    return newReceiveBuilder()
        .onMessage(Request.class, this::onRequest)
        .onMessage(Answered.class, this::onAnswered)
        .onMessage(Interrupted.class, this::onInterrupted)
        .onMessage(Resumed.class, this::onResumed)
        .onMessage(GivenUp.class, this::onGivenUp)
        .onSignal(Terminated.class, this::onTerminated)
        .onSignal(PostStop.class, signal -> onPostStop())
        .build();
  }

  private Behavior<Message> onRequest(Request request) {
    if (request.command() instanceof LedgerActor.Append append) {
      pending = append;
      write(append.events());
    } else if (resumption == null) {
      tell(request.command());
    } else if (request.command() instanceof LedgerActor.Read read) {
      waiting.add(read);
    } // a snapshot can be done without
    return this;
  }

  private void write(List<StudyEvent> events) {
    tell(new LedgerActor.Append(events, answers));
  }

  private void tell(LedgerActor.Command command) {
    journal.tell(command, ActorRef.noSender());
  }

  private Behavior<Message> onAnswered(Answered message) {
    if (message.reply() instanceof LedgerActor.Appended appended) {
      kept = appended.count();
    }
    reply(message.reply());
    return this;
  }

  private void reply(LedgerActor.Reply reply) {
    if (pending != null) {
      LedgerActor.Append answered = pending;
      pending = null;
      answered.replyTo().tell(reply);
    }
  }

  private Behavior<Message> onInterrupted(Interrupted message) {
    kept = Math.max(kept, message.before());
    boolean current = message.journal().equals(journal) && resumption == null;
    if (pending != null && current && kept >= 0) {
      resumption =
          Resumption.begin(
              new Resumption.Task(study, store, hold, kept, pending.events()),
              message.cause(),
              patience,
              getContext().getSelf());
    }
    return this;
  }

  private Behavior<Message> onResumed(Resumed message) {
    resumption = null;
    journal = start(true);
    if (pending != null) {
      List<StudyEvent> events = pending.events();
      write(events.subList(message.written(), events.size()));
    }
    waiting.forEach(this::tell);
    waiting.clear();
    return this;
  }

  private Behavior<Message> onGivenUp(GivenUp message) {
    reply(new LedgerActor.AppendFailed(message.reason()));
    return Behaviors.stopped();
  }

  private Behavior<Message> onTerminated(Terminated signal) {
    if (resumption != null || !signal.getRef().path().equals(journal.path())) {
      return this;
    }
    return Behaviors.stopped();
  }

  private Behavior<Message> onPostStop() {
    if (resumption != null) {
      resumption.cancel();
    }
    hold.close();
    return this;
  }
}
