package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Who gets which trial. */
class CallersTest {

  private final Callers callers = new Callers("test", new ManualTimers());

  private static RunningTrial trial(long number) {
    return new RunningTrial(TrialId.of(number), Setups.suggestion(0.5));
  }

  private static @Nullable Long received(CompletableFuture<@Nullable AskedTrial> caller) {
    AskedTrial asked = caller.join();
    return asked == null ? null : asked.attempt().trial().number();
  }

  @Test
  void match_callersBeforeAndAfterTrials_inOrder() {
    var early = new CompletableFuture<@Nullable AskedTrial>();
    var late = new CompletableFuture<@Nullable AskedTrial>();
    RunningTrial first = trial(1);
    assertThat(callers.ask(early)).isEmpty();
    assertThat(callers.unserved()).isEqualTo(1);

    assertThat(callers.offer(first)).extracting(DeviceLease::attempt).containsOnly(first.attempt());
    assertThat(callers.offer(trial(2))).isEmpty();
    assertThat(callers.unserved()).isEqualTo(-1);
    assertThat(callers.ask(late)).hasSize(1);

    assertThat(received(early)).isEqualTo(1);
    assertThat(received(late)).isEqualTo(2);
    assertThat(first.state()).isEqualTo(TrialState.RUNNING);
  }

  @Test
  void offer_callerGaveUp_nextOneGetsTheTrial() {
    var gone = new CompletableFuture<@Nullable AskedTrial>();
    var next = new CompletableFuture<@Nullable AskedTrial>();
    callers.ask(gone);
    callers.ask(next);
    gone.cancel(false);

    assertThat(callers.offer(trial(1))).hasSize(1);
    assertThat(received(next)).isEqualTo(1);
    assertThat(callers.unserved()).isZero();
  }

  @Test
  void dismiss_fewerTrialsThanCallers_theLastOnesLearnIt() {
    var first = new CompletableFuture<@Nullable AskedTrial>();
    var second = new CompletableFuture<@Nullable AskedTrial>();
    var third = new CompletableFuture<@Nullable AskedTrial>();
    List.of(first, second, third).forEach(callers::ask);

    callers.dismiss(1);

    assertThat(received(third)).isNull();
    assertThat(received(second)).isNull();
    assertThat(first).isNotDone();
  }

  @Test
  void withdraw_trialsForWhichNobodyCame_areTakenBackOnce() {
    RunningTrial trial = trial(1);
    callers.offer(trial);

    assertThat(callers.withdraw()).containsExactly(trial);
    assertThat(callers.withdraw()).isEmpty();
    assertThat(callers.ask(new CompletableFuture<>())).isEmpty();
  }

  @Test
  void release_heldTrial_once() {
    RunningTrial trial = trial(1);
    callers.offer(trial);
    callers.ask(new CompletableFuture<>());

    assertThat(callers.lease(trial.attempt())).isNotNull();
    assertThat(callers.release(trial.attempt())).isNotNull();
    assertThat(callers.release(trial.attempt())).isNull();
    assertThat(callers.lease(trial.attempt())).isNull();
  }
}
