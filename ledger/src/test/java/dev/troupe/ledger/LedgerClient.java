package dev.troupe.ledger;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.Behavior;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.StudySnapshot;
import dev.troupe.study.StudyEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A ledger behind its protocol, as a study uses it. Not thread safe. */
final class LedgerClient implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final ActorTestKit kit;
  private final ActorRef<LedgerActor.Command> ledger;
  private final TestProbe<LedgerActor.Reply> replies;

  LedgerClient(ActorTestKit kit, Behavior<LedgerActor.Command> behavior) {
    this.kit = kit;
    ledger = kit.spawn(behavior);
    replies = kit.createTestProbe();
  }

  static LedgerClient open(ActorTestKit kit, String study, Path home) {
    return open(kit, new FileLedgerProvider(), "file", study, home);
  }

  static LedgerClient open(
      ActorTestKit kit, LedgerProvider provider, String setting, String study, Path home) {
    return new LedgerClient(kit, provider.open(setting, study, home));
  }

  /** Sends facts; the answer comes with {@link #answer}. */
  void send(List<StudyEvent> events) {
    ledger.tell(new LedgerActor.Append(events, replies.getRef()));
  }

  LedgerActor.Reply answer() {
    return replies.receiveMessage(PATIENCE);
  }

  LedgerActor.Reply append(List<StudyEvent> events) {
    send(events);
    return answer();
  }

  long keep(List<StudyEvent> events) {
    LedgerActor.Reply reply = append(events);
    if (reply instanceof LedgerActor.Appended appended) {
      return appended.count();
    }
    throw new AssertionError(reply);
  }

  List<StudyEvent> read() {
    return readAll().events();
  }

  LedgerActor.Facts readAll() {
    return (LedgerActor.Facts) tryRead();
  }

  LedgerActor.Reply tryRead() {
    ledger.tell(new LedgerActor.Read(true, replies.getRef()));
    return replies.receiveMessage(PATIENCE);
  }

  void keep(StudySnapshot snapshot) {
    ledger.tell(new LedgerActor.KeepSnapshot(snapshot));
  }

  @Override
  public void close() {
    kit.stop(ledger, PATIENCE);
  }
}
