package dev.troupe.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What every estimator must pass: extend it, say how to make one, and the tests run. */
public abstract class EstimatorContract {

  /** Returns a new estimator; each test makes and closes its own. */
  protected abstract Estimator createEstimator() throws Exception;

  /** Returns what is evaluated: something that it serves, of several steps if it knows steps. */
  protected abstract Suggestion suggestion();

  /** Returns what it is to report. */
  protected abstract List<Objective> objectives();

  /** Returns whether it reports measurements between steps. */
  protected boolean hasSteps() {
    return true;
  }

  /** Returns whether seed, trial and suggestion determine the result. */
  protected boolean isDeterministic() {
    return true;
  }

  /** Returns the metrics that are read off a clock, which no seed repeats; none by default. */
  protected Set<String> timedMetrics() {
    return Set.of();
  }

  /** Returns how long anything in these tests may take on a loaded machine. */
  protected Duration patience() {
    return Duration.ofSeconds(60);
  }

  @Test
  final void serves_suggestion_isTrue() throws Exception {
    try (Estimator estimator = createEstimator()) {
      assertThat(estimator.serves(suggestion().getClass())).isTrue();
    }
  }

  @Test
  final void evaluate_goodCandidate_resultHasEveryObjective() throws Exception {
    try (Estimator estimator = createEstimator()) {
      var evaluation = RecordingEvaluation.of(1);

      Metrics result = resultOf(evaluation, evaluate(estimator, evaluation));

      assertThat(result.numbers().keySet())
          .containsAll(objectives().stream().map(Objective::metric).toList());
    }
  }

  @Test
  final void evaluate_withSteps_reportsThemAscending() throws Exception {
    try (Estimator estimator = createEstimator()) {
      var evaluation = RecordingEvaluation.of(1);

      evaluate(estimator, evaluation);

      assertThat(evaluation.reports().isEmpty()).isEqualTo(!hasSteps());
      assertThat(evaluation.reports().stream().map(Measurement::step).toList())
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  @Test
  final void evaluate_sameSeedAndTrial_sameResult() throws Exception {
    var first = RecordingEvaluation.of(3);
    var second = RecordingEvaluation.of(3);
    Metrics one;
    Metrics other;
    try (Estimator estimator = createEstimator()) {
      one = evaluate(estimator, first);
    }
    try (Estimator estimator = createEstimator()) {
      evaluate(estimator, RecordingEvaluation.of(4));
      other = evaluate(estimator, second);
    }
    if (isDeterministic()) {
      assertThat(repeatable(other)).isEqualTo(repeatable(one));
      assertThat(repeatable(second.reports())).isEqualTo(repeatable(first.reports()));
    }
  }

  @Test
  final void evaluate_stopAnswered_reportsNothingMore() throws Exception {
    try (Estimator estimator = createEstimator()) {
      var evaluation = RecordingEvaluation.of(1).answering(measurement -> Verdict.STOP);

      evaluate(estimator, evaluation);

      assertThat(evaluation.reports()).hasSize(hasSteps() ? 1 : 0);
    }
  }

  @Test
  final void evaluate_pauseAnswered_reportsNothingMore() throws Exception {
    try (Estimator estimator = createEstimator()) {
      var evaluation = RecordingEvaluation.of(1).answering(measurement -> Verdict.PAUSE);

      evaluate(estimator, evaluation);

      assertThat(evaluation.reports()).hasSize(hasSteps() ? 1 : 0);
    }
  }

  @Test
  final void evaluate_stopRequested_returnsSoon() throws Exception {
    try (Estimator estimator = createEstimator()) {
      var evaluation = RecordingEvaluation.of(1);
      evaluation.answering(
          measurement -> {
            evaluation.requestStop();
            return Verdict.CONTINUE;
          });

      evaluate(estimator, evaluation);

      // One more step may be under way, but not all of them.
      assertThat(evaluation.reports()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  final void evaluate_twoAtOnce_sameResultsAsOneByOne() throws Exception {
    ExecutorService slots = Executors.newFixedThreadPool(2);
    try (Estimator estimator = createEstimator()) {
      var together = new CyclicBarrier(2);
      Future<Metrics> first = slots.submit(() -> atOnce(together, estimator, 1));
      Future<Metrics> second = slots.submit(() -> atOnce(together, estimator, 2));
      Metrics one = first.get(patience().toMillis(), TimeUnit.MILLISECONDS);
      Metrics other = second.get(patience().toMillis(), TimeUnit.MILLISECONDS);

      if (isDeterministic()) {
        assertThat(repeatable(one))
            .isEqualTo(repeatable(evaluate(estimator, RecordingEvaluation.of(1))));
        assertThat(repeatable(other))
            .isEqualTo(repeatable(evaluate(estimator, RecordingEvaluation.of(2))));
      }
    } finally {
      slots.shutdownNow();
    }
  }

  private Metrics atOnce(CyclicBarrier together, Estimator estimator, long trial) throws Exception {
    together.await(patience().toMillis(), TimeUnit.MILLISECONDS);
    return estimator.evaluate(suggestion(), RecordingEvaluation.of(trial));
  }

  @Test
  final void evaluate_kindThatIsNotServed_isRefusedClearly() throws Exception {
    var relaxed = new Suggestion.ArchitectureGradient(List.of(0.5), 1);
    try (Estimator estimator = createEstimator()) {
      if (!estimator.serves(Suggestion.ArchitectureGradient.class)) {
        assertThatThrownBy(() -> estimator.evaluate(relaxed, RecordingEvaluation.of(7)))
            .isInstanceOf(IllegalArgumentException.class)
            .hasMessageContaining("7");
      }
    }
  }

  @Test
  final void close_twice_isHarmless() throws Exception {
    Estimator estimator = createEstimator();
    evaluate(estimator, RecordingEvaluation.of(1));
    estimator.close();
    estimator.close();
  }

  private Metrics evaluate(Estimator estimator, RecordingEvaluation evaluation) throws Exception {
    return assertTimeoutPreemptively(
        patience(), () -> estimator.evaluate(suggestion(), evaluation));
  }

  private Metrics repeatable(Metrics metrics) {
    Metrics repeatable = metrics;
    for (String timed : timedMetrics()) {
      repeatable = metrics.has(timed) ? repeatable.with(timed, 0) : repeatable;
    }
    return repeatable;
  }

  private List<Measurement> repeatable(List<Measurement> reports) {
    return reports.stream()
        .map(
            report ->
                new Measurement(report.step(), repeatable(report.metrics()), report.seconds()))
        .toList();
  }

  private static Metrics resultOf(RecordingEvaluation evaluation, Metrics returned) {
    List<Measurement> reports = evaluation.reports();
    return returned.equals(Metrics.none()) && !reports.isEmpty()
        ? reports.get(reports.size() - 1).metrics()
        : returned;
  }
}
