package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import dev.troupe.study.StudyEvent;
import java.util.ArrayList;
import java.util.List;

/**
 * Group commit: while the ledger keeps one batch of facts, the next one gathers. What has to follow
 * a fact runs when the fact is kept.
 */
final class Recorder {

  private final ActorRef<LedgerActor.Command> ledger;
  private final ActorRef<LedgerActor.Reply> replies;
  private List<StudyEvent> gathered = new ArrayList<>();
  private List<Runnable> gatheredActions = new ArrayList<>();
  private List<Runnable> underway = List.of();
  private final Timers timers;
  private Runnable release = () -> {};
  private boolean busy;
  private boolean broken;

  Recorder(
      ActorRef<LedgerActor.Command> ledger, ActorRef<LedgerActor.Reply> replies, Timers timers) {
    this.timers = timers;
    this.ledger = ledger;
    this.replies = replies;
  }

  void add(StudyEvent event, Runnable whenKept) {
    if (broken) {
      return;
    }
    gathered.add(event);
    gatheredActions.add(whenKept);
  }

  /** Sends what has gathered, unless a batch is underway. */
  void flush() {
    if (busy || gathered.isEmpty()) {
      return;
    }
    busy = true;
    release = timers.hold(); // no time passes until the answer is there
    ledger.tell(new LedgerActor.Append(gathered, replies));
    underway = gatheredActions;
    gathered = new ArrayList<>();
    gatheredActions = new ArrayList<>();
  }

  /** The batch underway is kept: what waited for it may happen. */
  void kept() {
    List<Runnable> actions = underway;
    underway = List.of();
    busy = false;
    release.run();
    actions.forEach(Runnable::run);
  }

  /** The ledger is lost: nothing is kept any more, and nothing happens that would have to be. */
  void abandon() {
    broken = true;
    busy = false;
    release.run();
    underway = List.of();
    gathered = new ArrayList<>();
    gatheredActions = new ArrayList<>();
  }

  boolean isIdle() {
    return !busy && gathered.isEmpty();
  }
}
