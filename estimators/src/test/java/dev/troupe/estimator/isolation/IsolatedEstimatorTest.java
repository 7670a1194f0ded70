package dev.troupe.estimator.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.troupe.estimator.Failures;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.space.Configuration;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.io.BufferedReader;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class IsolatedEstimatorTest {

  private static final Duration PATIENCE = Duration.ofSeconds(120);
  private static final List<String> SMALL = List.of("-Xmx64m", "-XX:TieredStopAtLevel=1");

  private final IsolatedEstimator estimator =
      IsolatedEstimator.create(
          new EstimatorRecipe(Specimens.class, List.of()),
          IsolationOptions.of(SMALL, 1).withGrace(Duration.ofMillis(300)));

  @AfterEach
  void close() {
    estimator.close();
  }

  private Metrics evaluate(String act, RecordingEvaluation evaluation) throws Exception {
    var candidate = Suggestion.evaluate(Configuration.of(Map.of("act", act)));
    return assertTimeoutPreemptively(PATIENCE, () -> estimator.evaluate(candidate, evaluation));
  }

  private Metrics evaluate(String act) throws Exception {
    return evaluate(act, RecordingEvaluation.of(1));
  }

  @Test
  void create_abilities_areThoseOfTheChild() {
    assertThat(estimator.fidelities()).containsExactly(new FidelityRange("epochs", 1, 20));
    assertThat(estimator.fullStep()).isEqualTo(OptionalLong.of(20));
    assertThat(estimator.serves(Suggestion.Evaluate.class)).isTrue();
    assertThat(estimator.serves(Suggestion.TrainShared.class)).isFalse();
  }

  @Test
  void create_settingsRefused_saysWhatTheEstimatorSays() {
    var recipe = new EstimatorRecipe(Specimens.class, List.of(Specimens.REFUSE));

    assertThatThrownBy(() -> IsolatedEstimator.create(recipe, IsolationOptions.of(SMALL, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("estimator.data must exist, but did not.");
  }

  @Test
  void create_childDies_saysHowAndItsLastWords() {
    var recipe = new EstimatorRecipe(Specimens.class, List.of(Specimens.DIE));

    assertThatThrownBy(() -> IsolatedEstimator.create(recipe, IsolationOptions.of(SMALL, 1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("ended by itself with exit status 9")
        .hasMessageContaining("I shall not begin.");
  }

  @Test
  void create_unknownJvmOption_saysWhatTheJvmSays() {
    var recipe = new EstimatorRecipe(Specimens.class, List.of());
    var options = IsolationOptions.of(List.of("-Xmy2g"), 1);

    assertThatThrownBy(() -> IsolatedEstimator.create(recipe, options))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("-Xmy2g");
  }

  @Test
  void options_noOption_isRefused() {
    assertThatThrownBy(() -> IsolationOptions.of(List.of("Xmx2g"), 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'Xmx2g'");
  }

  @Test
  void evaluate_halt_failsThatTrialAlone() throws Exception {
    double before = evaluate("count").get("pid");
    var evaluation = RecordingEvaluation.of(17);

    assertThatThrownBy(() -> evaluate("halt", evaluation))
        .isInstanceOf(IsolatedTrialException.class)
        .hasMessageStartingWith(
            "Trial 17: its process ended by itself with exit status 3, after 2 measurements. Maybe")
        .hasMessageContaining("It is a far, far better thing that I do.");
    assertThat(evaluation.reports()).extracting(Measurement::step).containsExactly(1L, 2L);
    assertThat(evaluate("count").get("pid")).isNotEqualTo(before);
  }

  @Test
  void evaluate_killedBySignal_tellsTheSignalAndThatMemoryMayBeBehindIt() throws Exception {
    assertThatThrownBy(() -> evaluate("signal"))
        .hasMessageContaining("exit status 137 (signal SIGKILL), before any measurement")
        .hasMessageContaining("Maybe the machine ran out of memory.");
    assertThat(evaluate("count").get("loss")).isEqualTo(1);
  }

  @Test
  void evaluate_neverReturns_isKilledAtItsTimeLimit() throws Exception {
    var pid = (long) evaluate("count").get("pid");
    ProcessHandle process = ProcessHandle.of(pid).orElseThrow();
    var evaluation = RecordingEvaluation.of(5).within(Duration.ofSeconds(2));

    assertThatThrownBy(() -> evaluate("hang", evaluation))
        .hasMessageStartingWith("Trial 5: it took longer than its time limit of 2s")
        .hasMessageContaining("its process was killed")
        .hasMessageContaining("I do not listen.");
    assertThat(process.isAlive()).isFalse();
    assertThat(evaluate("count").get("loss")).isEqualTo(1);
  }

  @Test
  void evaluate_doesNotObey_isKilledAfterTheGrace() throws Exception {
    var evaluation = RecordingEvaluation.of(5);
    evaluation.stoppingWhen(() -> !evaluation.reports().isEmpty());

    assertThatThrownBy(() -> evaluate("hang", evaluation))
        .hasMessageStartingWith("Trial 5: it did not end when it was told to");
    assertThat(evaluate("count").get("loss")).isEqualTo(1);
  }

  @Test
  void evaluate_throws_saysWhatItWouldSayOnAThread() throws Exception {
    double pid = evaluate("count").get("pid");

    assertThatThrownBy(() -> evaluate("throw"))
        .satisfies(
            failure ->
                assertThat(Failures.describe(failure))
                    .isEqualTo(
                        "Exception: on purpose (caused by RuntimeException: the root of it)"));
    assertThatThrownBy(() -> evaluate("refuse"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Trial 1: 'act' is not to my taste.");
    assertThat(evaluate("count").get("pid")).isEqualTo(pid);
  }

  @Test
  void evaluate_outOfMemory_staysThatAndTheChildIsReplaced() throws Exception {
    double pid = evaluate("count").get("pid");

    assertThatThrownBy(() -> evaluate("heap"))
        .hasCauseInstanceOf(OutOfMemoryError.class)
        .hasMessage("OutOfMemoryError: Java heap space");
    assertThat(evaluate("count").get("pid")).isNotEqualTo(pid);
  }

  @Test
  void evaluate_printsToStandardOutput_disturbsNothing() throws Exception {
    assertThat(evaluate("chat").get("loss")).isEqualTo(7);
    assertThat(evaluate("count").get("loss")).isEqualTo(2);
  }

  @Test
  void evaluate_stepsDescend_objectionReachesTheEstimator() {
    assertThatThrownBy(() -> evaluate("backwards"))
        .hasMessageContaining("steps must ascend, but 1 came after 2");
  }

  @Test
  void evaluate_manyTrials_oneChildServesThem() throws Exception {
    double pid = evaluate("count").get("pid");
    for (int trial = 2; trial <= 50; trial++) {
      assertThat(evaluate("count", RecordingEvaluation.of(trial)))
          .isEqualTo(Metrics.of("loss", trial, "pid", pid));
    }
  }

  @Test
  void evaluate_vectorsAndNaN_arriveAsTheyAre() throws Exception {
    assertThat(evaluate("vector"))
        .isEqualTo(Metrics.of("loss", Double.NaN).withVector("gradient", 1, 2, 3));
  }

  @Test
  void evaluate_stopAnswered_measuresNothingMore() throws Exception {
    var evaluation = RecordingEvaluation.of(1).answeringFrom(3, Verdict.STOP);

    assertThat(evaluate("train", evaluation)).isEqualTo(Metrics.none());
    assertThat(evaluation.reports()).hasSize(3);
  }

  @Test
  void evaluate_goesOnFromACheckpoint_endsWhereItWouldHaveWithout() throws Exception {
    var whole = RecordingEvaluation.of(3);
    Metrics expected = evaluate("train", whole);
    var first = RecordingEvaluation.of(3).keepingCheckpoints().answeringFrom(5, Verdict.STOP);
    evaluate("train", first);
    Checkpoint newest = first.saved().get(first.saved().size() - 1);
    var second = RecordingEvaluation.of(3).keepingCheckpoints().goingOnFrom(newest);

    assertThat(newest.step()).isEqualTo(4);
    assertThat(evaluate("train", second)).isEqualTo(expected);
    assertThat(second.reports()).isEqualTo(whole.reports().subList(4, 10));
    assertThat(whole.saved()).isEmpty();
  }

  @Test
  void evaluate_heir_getsWhatAnEarlierTrialLeft() throws Exception {
    var left = new HashMap<TrialId, byte[]>();
    evaluate("train", RecordingEvaluation.of(1).keepingCheckpoints().inheriting(left));

    Metrics heir = evaluate("heir", RecordingEvaluation.of(2).inheriting(left));

    assertThat(heir).isEqualTo(Metrics.of("loss", 3, "stranger", 0));
  }

  @Test
  void evaluate_interrupted_endsTheTrialAndKeepsTheFlag() throws Exception {
    evaluate("count");
    Thread.currentThread().interrupt();

    assertThatThrownBy(
            () ->
                estimator.evaluate(
                    Suggestion.evaluate(Configuration.of(Map.of("act", "hang"))),
                    RecordingEvaluation.of(1)))
        .isInstanceOf(IsolatedTrialException.class);
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void close_trialStillRuns_failsWithThatAndNotForWantOfMemory() throws Exception {
    var evaluation = RecordingEvaluation.of(4);
    var running = new FutureTask<Metrics>(() -> evaluate("hang", evaluation));
    new Thread(running).start();
    assertThat(evaluation.awaitReport()).isTrue();

    estimator.close();

    assertThatThrownBy(() -> running.get(PATIENCE.toSeconds(), TimeUnit.SECONDS))
        .hasMessageContaining("Trial 4: its process was killed, since its estimator was closed");
  }

  @Test
  void evaluate_closed_isRefused() {
    estimator.close();

    assertThatThrownBy(() -> evaluate("count"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void parentKilled_childEndsToo() throws Exception {
    Process parent =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                Orphan.class.getName())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long pid = 0;
    try (BufferedReader said = parent.inputReader()) {
      while (pid == 0) {
        String line = said.readLine();
        pid = line.startsWith("pid ") ? Long.parseLong(line.substring(4)) : 0;
      }
      ProcessHandle child = ProcessHandle.of(pid).orElseThrow();
      parent.destroyForcibly().waitFor();

      child.onExit().get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      assertThat(child.isAlive()).isFalse();
    } finally {
      parent.destroyForcibly();
    }
  }
}
