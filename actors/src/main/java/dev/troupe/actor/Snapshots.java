package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import java.util.ArrayDeque;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * When a study takes snapshots, and how it keeps still for that moment. Whatever would put more on
 * record waits until nothing is outstanding, which takes no longer than the ledger for a batch or
 * two; then all goes on, but for the strategy, which saves its state first.
 *
 * <p>One is due when the facts since the last one exceed what the ledger wants and a tenth of all.
 * One that is small as against these facts does not wait for the tenth: so little has to be gone
 * through at recovery.
 */
final class Snapshots {

  private static final long LARGEST_SHARE = 10;
  private static final long CHEAP_FACTS = 10_000;

  /** What a fact takes, about: a snapshot is small that takes less than the facts since. */
  private static final long BYTES_A_FACT = 64;

  private final ArrayDeque<Supplier<Behavior<StudyActor.Command>>> waiting = new ArrayDeque<>();
  private long least;
  private long last;
  private long lastBytes;
  private boolean settling;
  private @Nullable StudySnapshot underway;

  /**
   * What is on record has been read.
   *
   * @param facts the answer of the ledger
   */
  void read(LedgerActor.Facts facts) {
    least = facts.snapshotFacts();
    StudySnapshot snapshot = facts.snapshot();
    if (snapshot != null) {
      last = snapshot.facts();
      lastBytes = snapshot.strategy().length;
    }
  }

  /** Returns whether one is due. */
  boolean isDue(long facts) {
    long most = Math.max(CHEAP_FACTS, lastBytes / BYTES_A_FACT);
    return least > 0
        && underway == null
        && facts - last > Math.max(least, Math.min(facts / LARGEST_SHARE, most));
  }

  /** Nothing more goes on record until the study is still. */
  void settle() {
    settling = true;
  }

  boolean isSettling() {
    return settling;
  }

  /** Keeps the handling of a message back. */
  void hold(Supplier<Behavior<StudyActor.Command>> handling) {
    waiting.add(handling);
  }

  /**
   * The study need not keep still any more: does what was kept back.
   *
   * @param behavior of the study
   * @return {@code behavior}, unless a handling returned another one: then what is left is dropped
   */
  Behavior<StudyActor.Command> goOn(Behavior<StudyActor.Command> behavior) {
    settling = false;
    Behavior<StudyActor.Command> next = behavior;
    while (!settling && next == behavior && !waiting.isEmpty()) {
      next = waiting.remove().get();
    }
    return next;
  }

  /**
   * The study is still.
   *
   * @param snapshot of it, but for the strategy
   */
  void take(StudySnapshot snapshot) {
    underway = snapshot;
    last = snapshot.facts();
  }

  /** Returns whether the strategy is saving its state, and must not be asked for anything else. */
  boolean isUnderway() {
    return underway != null;
  }

  /** The strategy has saved its state: hands the snapshot to the ledger. */
  void saved(byte @Nullable [] strategy, ActorRef<LedgerActor.Command> ledger) {
    StudySnapshot snapshot = requireNonNull(underway);
    underway = null;
    if (strategy == null) {
      least = 0; // it would not fare better the next time
      return;
    }
    lastBytes = strategy.length;
    ledger.tell(
        new LedgerActor.KeepSnapshot(
            new StudySnapshot(
                snapshot.facts(), snapshot.open(), snapshot.sums(), snapshot.spent(), strategy)));
  }
}
