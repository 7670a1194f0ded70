package dev.troupe.estimator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class FunctionEstimatorTest extends EstimatorContract {

  private static final Suggestion.Evaluate CANDIDATE =
      Suggestion.evaluate(Configuration.of(Map.of("x", 0.25)));

  @Override
  protected Estimator createEstimator() {
    return FunctionEstimator.of(FunctionEstimatorTest::descend);
  }

  @Override
  protected Suggestion suggestion() {
    return CANDIDATE;
  }

  @Override
  protected List<Objective> objectives() {
    return List.of(Objective.minimize("loss"));
  }

  private static Metrics descend(Suggestion.Evaluate suggestion, Evaluation evaluation) {
    double start = suggestion.candidate().getDouble("x") + evaluation.random("noise").nextDouble();
    Metrics metrics = Metrics.none();
    for (int epoch = 1; epoch <= 5 && !evaluation.stopRequested(); epoch++) {
      metrics = Metrics.of("loss", start / epoch);
      if (evaluation.report(epoch, metrics) != Verdict.CONTINUE) {
        return metrics;
      }
    }
    return metrics;
  }

  @Test
  void evaluate_functionThrows_passesItOn() {
    var failure = new IOException("disk full");
    var estimator =
        FunctionEstimator.of(
            (candidate, evaluation) -> {
              throw failure;
            });

    assertThatThrownBy(() -> estimator.evaluate(CANDIDATE, RecordingEvaluation.of(1)))
        .isSameAs(failure);
  }

  @Test
  void evaluate_functionReturnsNull_saysWhatToReturn() {
    var estimator = FunctionEstimator.of((candidate, evaluation) -> null);

    assertThatThrownBy(() -> estimator.evaluate(CANDIDATE, RecordingEvaluation.of(4)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContainingAll("Trial 4", "null", "Maybe");
  }

  @Test
  void evaluate_supernetSuggestion_isRefused() {
    var shared = new Suggestion.TrainShared(List.of(CANDIDATE.candidate()), 1);
    var estimator = FunctionEstimator.of((candidate, evaluation) -> Metrics.none());

    assertThat(estimator.serves(Suggestion.TrainShared.class)).isFalse();
    assertThatThrownBy(() -> estimator.evaluate(shared, RecordingEvaluation.of(2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Trial 2", "TrainShared", "Maybe");
  }
}
