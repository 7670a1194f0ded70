package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.Direction;
import dev.troupe.study.Instruction;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds after what was asked. */
class InstructionsTest {

  private static final Budget BUDGET = Budget.trials(10).withWallClock(Duration.ofMinutes(5));

  private final Instructions instructions = of(2);

  private static Instructions of(int parallelism) {
    return new Instructions("test", Direction.MINIMIZE, BUDGET, parallelism);
  }

  private static void take(Instructions instructions, Instruction instruction) {
    instructions.take(new StudyEvent.StudyInstructed("test", Instant.EPOCH, instruction));
  }

  private void take(Instruction instruction) {
    take(instructions, instruction);
  }

  @Test
  void extend_limitsThatItNames_areWidened() {
    take(new Instruction.Extend(Budget.trials(20)));
    take(new Instruction.Extend(Budget.trials(15)));

    assertThat(instructions.budget()).isEqualTo(BUDGET.withTrials(20));
  }

  @Test
  void isNews_extensionThatAllowsNoMore_isRefusedWithBoth() {
    assertThatThrownBy(() -> instructions.isNews(new Instruction.Extend(Budget.trials(10)), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Study 'test': an extension must allow more than trials = 10, wall-clock = 5m, but was"
                + " trials = 10. Limits are those of the whole study.");
    assertThat(instructions.isNews(new Instruction.Extend(Budget.trials(11)), null)).isTrue();
  }

  @Test
  void isNews_pauseOfAPausedStudy_isNone() {
    assertThat(instructions.isNews(new Instruction.Resume(), null)).isFalse();
    assertThat(instructions.isNews(new Instruction.Pause(), null)).isTrue();

    take(new Instruction.Pause());

    assertThat(instructions.isPaused()).isTrue();
    assertThat(instructions.isNews(new Instruction.Pause(), null)).isFalse();
    assertThat(instructions.isNews(new Instruction.Resume(), null)).isTrue();
  }

  @Test
  void isNews_requestThatIsOnRecord_isNone() {
    instructions.take(
        new StudyEvent.StudyInstructed(
            "test", Instant.EPOCH, new Instruction.Parallelism(3), "somebody", 7L));

    assertThat(instructions.isNews(new Instruction.Parallelism(3), 7L)).isFalse();
    assertThat(instructions.isNews(new Instruction.Parallelism(3), 8L)).isTrue();
    assertThat(instructions.isNews(new Instruction.Parallelism(3), null)).isTrue();
  }

  @Test
  void ended_properly_endsThePauseAsWell() {
    take(new Instruction.Pause());
    instructions.ended(StudyState.STOPPED);
    assertThat(instructions.isPaused()).isTrue();

    instructions.ended(StudyState.DONE);
    assertThat(instructions.isPaused()).isFalse();
  }

  @Test
  void parallelism_askedFor_holdsUntilTheSettingsChange() {
    Instructions same = of(2);
    same.begun(2);
    take(same, new Instruction.Parallelism(5));
    assertThat(same.parallelism()).isEqualTo(5);
    same.settle();
    assertThat(same.parallelism()).isEqualTo(5);
    same.begun(5);
    same.settle();
    assertThat(same.parallelism()).isEqualTo(5);

    Instructions changed = of(3);
    changed.begun(2);
    take(changed, new Instruction.Parallelism(5));
    changed.settle();
    assertThat(changed.parallelism()).isEqualTo(3);
    take(changed, new Instruction.Parallelism(7));
    assertThat(changed.parallelism()).isEqualTo(7);
  }

  @Test
  void begun_afterTheSettingsChanged_forgetsWhatWasAskedBefore() {
    Instructions again = of(2);
    again.begun(2);
    take(again, new Instruction.Parallelism(5));
    again.begun(3); // the file said so then
    again.settle(); // and says 2 again

    assertThat(again.parallelism()).isEqualTo(2);
  }

  @Test
  void poll_candidates_comeInTheirOrder() {
    Configuration first = Configuration.of(Map.of("x", 0.1));
    Configuration second = Configuration.of(Map.of("x", 0.2));
    take(new Instruction.Enqueue(first));
    take(new Instruction.Enqueue(second));

    assertThat(instructions.waiting()).isEqualTo(2);
    assertThat(instructions.poll()).isEqualTo(first);
    assertThat(instructions.poll()).isEqualTo(second);
    assertThat(instructions.poll()).isNull();
  }
}
