package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SnapshotsTest {

  private static final Behavior<StudyActor.Command> SAME = Behaviors.empty();

  private final TestInbox<LedgerActor.Command> ledger = TestInbox.create();
  private final Snapshots snapshots = new Snapshots();

  private static StudySnapshot snapshot(long facts, int strategyBytes) {
    return new StudySnapshot(
        facts,
        List.of(),
        new StudySums(0, 0, false, Map.of(), null, List.of(), null, 0),
        new Spent(0, 0, 0, 0, Instant.EPOCH, 1),
        new byte[strategyBytes]);
  }

  private void read(long facts, int strategyBytes, long least) {
    snapshots.read(
        new LedgerActor.Facts(
            snapshot(facts, strategyBytes), List.of(), List.of(), sink -> {}, least));
  }

  @ParameterizedTest
  @CsvSource({
    "0, 0, 1001", // the ledger's least
    "50000, 0, 55556", // a tenth of all
    "1000000, 0, 1010001", // what a small one need not wait for
    "1000000, 64000000, 1111112", // a large one waits for the tenth
    "1000000, 1280000, 1020001" // one between takes as much as the facts since
  })
  void isDue_dependsOnFactsAndSize(long last, int strategyBytes, long due) {
    read(last, strategyBytes, 1000);

    assertThat(snapshots.isDue(due)).isTrue();
    assertThat(snapshots.isDue(due - 1)).isFalse();
  }

  @Test
  void isDue_ledgerKeepsNone_never() {
    snapshots.read(new LedgerActor.Facts(List.of()));

    assertThat(snapshots.isDue(Long.MAX_VALUE)).isFalse();
  }

  @Test
  void saved_state_isPartOfWhatTheLedgerGets() {
    read(0, 0, 1);
    snapshots.take(snapshot(10, 0));
    assertThat(snapshots.isDue(1000)).as("one at a time").isFalse();

    snapshots.saved(new byte[] {7}, ledger.getRef());

    var kept = (LedgerActor.KeepSnapshot) ledger.receiveMessage();
    assertThat(kept.snapshot().facts()).isEqualTo(10);
    assertThat(kept.snapshot().strategy()).containsExactly(7);
    assertThat(snapshots.isDue(12)).isTrue();
  }

  @Test
  void saved_nothing_noneIsTakenAnyMore() {
    read(0, 0, 1);
    snapshots.take(snapshot(10, 0));

    snapshots.saved(null, ledger.getRef());

    assertThat(ledger.hasMessages()).isFalse();
    assertThat(snapshots.isDue(1000)).isFalse();
  }

  @Test
  void goOn_handlesWhatWasKeptBackInOrder() {
    var handled = new ArrayList<Integer>();
    snapshots.settle();
    for (int i = 1; i <= 3; i++) {
      int number = i;
      snapshots.hold(
          () -> {
            handled.add(number);
            return SAME;
          });
    }

    assertThat(snapshots.goOn(SAME)).isSameAs(SAME);
    assertThat(handled).containsExactly(1, 2, 3);
    assertThat(snapshots.isSettling()).isFalse();
  }

  @Test
  void goOn_aHandlingEndsTheStudy_theRestIsDropped() {
    Behavior<StudyActor.Command> stopped = Behaviors.stopped();
    snapshots.settle();
    snapshots.hold(() -> stopped);
    snapshots.hold(
        () -> {
          throw new AssertionError("the study has ended");
        });

    assertThat(snapshots.goOn(SAME)).isSameAs(stopped);
  }

  @Test
  void goOn_aHandlingSettlesAgain_theRestWaits() {
    snapshots.settle();
    snapshots.hold(
        () -> {
          snapshots.settle();
          return SAME;
        });
    var handled = new ArrayList<Integer>();
    snapshots.hold(
        () -> {
          handled.add(2);
          return SAME;
        });

    snapshots.goOn(SAME);
    assertThat(handled).isEmpty();

    snapshots.goOn(SAME);
    assertThat(handled).containsExactly(2);
  }
}
