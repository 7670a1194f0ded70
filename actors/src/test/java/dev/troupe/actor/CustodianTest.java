package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.Instruction;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of requests to a study that nobody runs. */
class CustodianTest {

  private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
  private static final Budget BUDGET = Budget.trials(10);

  private final List<StudyEvent> facts = new ArrayList<>();

  @BeforeEach
  void begin() {
    begin("real");
  }

  private void begin(String clock) {
    facts.clear();
    facts.add(
        new StudyEvent.StudyStarted(
            "test",
            Instant.EPOCH,
            List.of(Objective.minimize("loss")),
            "random",
            1,
            1,
            BUDGET,
            Map.of("clock", clock)));
  }

  private void end(StudyState state) {
    facts.add(new StudyEvent.StudyEnded("test", Instant.EPOCH.plusSeconds(9), state, "it was so"));
  }

  private Custodian.Decision decide(Instruction instruction) {
    return Custodian.of("test", facts).decide(new Mailbox.Request(7, instruction, "somebody"), NOW);
  }

  @Test
  void decide_whatTheRecordCanJudge_isRecordedWithItsNumber() {
    assertThat(decide(new Instruction.Pause()))
        .isEqualTo(
            new Custodian.Decision(
                new StudyEvent.StudyInstructed(
                    "test", NOW, new Instruction.Pause(), "somebody", 7L),
                Mailbox.DONE));
  }

  @Test
  void decide_requestThatIsOnRecord_isAnsweredOnly() {
    facts.add(new StudyEvent.StudyInstructed("test", NOW, new Instruction.Pause(), "somebody", 7L));

    assertThat(decide(new Instruction.Resume()))
        .isEqualTo(new Custodian.Decision(null, Mailbox.DONE));
  }

  @Test
  void decide_candidate_waitsForWhoKnowsTheSpace() {
    assertThat(decide(new Instruction.Enqueue(Configuration.empty())))
        .isEqualTo(new Custodian.Decision(null, null));
  }

  @Test
  void decide_stop_isRefused() {
    assertThat(decide(new Instruction.Stop(true)).answer())
        .isEqualTo("Study 'test': nobody runs it, so that there is nothing to stop.");
  }

  @Test
  void decide_endedStudy_takesAnExtensionFirst() {
    end(StudyState.DONE);
    Custodian custodian = Custodian.of("test", facts);
    var pause = new Mailbox.Request(1, new Instruction.Pause(), "somebody");

    assertThat(custodian.decide(pause, NOW).answer())
        .isEqualTo(
            "Study 'test': it has ended, since it was so. Maybe extend it: ./troupe extend test"
                + " --trials N.");
    var less = new Mailbox.Request(2, new Instruction.Extend(Budget.trials(10)), "somebody");
    assertThat(custodian.decide(less, NOW).answer()).contains("must allow more than trials = 10");
    var more = new Mailbox.Request(3, new Instruction.Extend(Budget.trials(11)), "somebody");
    assertThat(custodian.decide(more, NOW).fact()).isNotNull();
    assertThat(custodian.decide(more, NOW).fact()).as("once").isNull();
    assertThat(custodian.decide(pause, NOW).fact()).isNotNull();
  }

  @Test
  void decide_budgetOfTheLastRun_counts() {
    facts.add(new StudyEvent.StudyResumed("test", NOW, 1, Budget.trials(20)));

    assertThat(decide(new Instruction.Extend(Budget.trials(15))).answer())
        .contains("more than trials = 20");
  }

  @Test
  void decide_stoppedStudy_canBePaused() {
    end(StudyState.STOPPED);

    assertThat(decide(new Instruction.Pause()).fact()).isNotNull();
  }

  @Test
  void decide_virtualClock_isNotThatOfTheDay() {
    begin("virtual");
    end(StudyState.STOPPED);

    assertThat(decide(new Instruction.Pause()).fact().at()).isEqualTo(Instant.EPOCH.plusSeconds(9));
  }

  @Test
  void of_recordWithoutItsBeginning_isRefused() {
    assertThatThrownBy(() -> Custodian.of("test", List.of()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("the beginning of its record cannot be read");
  }
}
