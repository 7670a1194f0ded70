package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What waits for a verdict, and for how long. */
class VerdictsTest {

  private final RunningTrial trial = new RunningTrial(TrialId.of(1), Setups.suggestion(0.5));
  private final RunningTrial other = new RunningTrial(TrialId.of(2), Setups.suggestion(0.5));
  private final Verdicts verdicts = new Verdicts();
  private final List<String> happened = new ArrayList<>();

  private void ask(RunningTrial about, String question) {
    verdicts.inTurn(
        about,
        () -> {
          happened.add(question);
          verdicts.await(about, verdict -> happened.add(question + " " + verdict));
        });
  }

  @Test
  void inTurn_verdictOutstanding_waitsForItAndForNoOther() {
    ask(trial, "a");
    ask(trial, "b");
    verdicts.inTurn(trial, () -> happened.add("end"));
    verdicts.inTurn(other, () -> happened.add("other"));
    assertThat(verdicts.hasWaiting(trial)).isTrue();

    verdicts.known(trial.id(), Verdict.CONTINUE);
    assertThat(happened).containsExactly("a", "other", "a CONTINUE", "b");
    verdicts.known(trial.id(), Verdict.STOP);

    assertThat(happened).endsWith("b STOP", "end");
    assertThat(verdicts.isAwaited(trial.id())).isFalse();
    verdicts.known(trial.id(), Verdict.STOP);
    verdicts.inTurn(trial, () -> happened.add("free"));
    assertThat(happened).endsWith("end", "free");
  }

  @Test
  void giveUp_everyTrialGoesOnWithoutAVerdict() {
    ask(trial, "a");
    verdicts.inTurn(trial, () -> happened.add("end"));
    ask(other, "b");

    verdicts.giveUp();

    assertThat(happened).containsExactly("a", "b", "a null", "end", "b null");
    assertThat(verdicts.isAwaited(other.id())).isFalse();
  }
}
