package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Group commit: one batch underway, the next one gathering. */
class RecorderTest {

  private final TestInbox<LedgerActor.Command> ledger = TestInbox.create();
  private final TestInbox<LedgerActor.Reply> replies = TestInbox.create();
  private final Recorder recorder =
      new Recorder(ledger.getRef(), replies.getRef(), new ManualTimers());
  private final List<Long> done = new ArrayList<>();

  private static StudyEvent fact(long number) {
    return new StudyEvent.TrialSuggested("test", TrialId.of(number), Setups.suggestion(0.5));
  }

  private void add(long number) {
    recorder.add(fact(number), () -> done.add(number));
  }

  private List<Long> sent() {
    return ((LedgerActor.Append) ledger.receiveMessage())
        .events().stream()
            .map(event -> ((StudyEvent.TrialSuggested) event).trial().number())
            .toList();
  }

  @Test
  void flush_whileABatchIsUnderway_gathersTheNext() {
    add(1);
    add(2);
    assertThat(ledger.hasMessages()).isFalse();
    recorder.flush();
    add(3);
    recorder.flush();
    add(4);
    assertThat(sent()).containsExactly(1L, 2L);
    assertThat(ledger.hasMessages()).isFalse();
    assertThat(done).isEmpty();

    recorder.kept();
    assertThat(done).containsExactly(1L, 2L);
    recorder.flush();
    assertThat(sent()).containsExactly(3L, 4L);
    assertThat(recorder.isIdle()).isFalse();

    recorder.kept();
    assertThat(done).containsExactly(1L, 2L, 3L, 4L);
    assertThat(recorder.isIdle()).isTrue();
  }

  @Test
  void kept_actionAddsAFact_itIsInTheNextBatch() {
    recorder.add(fact(1), () -> add(2));
    recorder.flush();
    assertThat(sent()).containsExactly(1L);

    recorder.kept();
    assertThat(recorder.isIdle()).isFalse();
    recorder.flush();

    assertThat(sent()).containsExactly(2L);
    assertThat(done).isEmpty();
    recorder.kept();
    assertThat(done).containsExactly(2L);
  }

  @Test
  void flush_nothingGathered_sendsNothing() {
    recorder.flush();

    assertThat(ledger.hasMessages()).isFalse();
    assertThat(recorder.isIdle()).isTrue();
  }

  @Test
  void abandon_underwayAndGathered_nothingHappensAnyMore() {
    add(1);
    recorder.flush();
    add(2);
    recorder.abandon();
    add(3);
    recorder.kept();
    recorder.flush();

    assertThat(sent()).containsExactly(1L);
    assertThat(ledger.hasMessages()).isFalse();
    assertThat(done).isEmpty();
    assertThat(recorder.isIdle()).isTrue();
  }
}
