package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.space.Configuration;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.linalg.factory.Nd4j;

/** A training that goes on from a checkpoint measures what one without interruption does. */
class CheckpointIT {

  private static final Suggestion DEFAULTS = Suggestion.evaluate(Configuration.empty());

  private static Estimator estimator(String name, Object interval, Map<String, ?> more) {
    var settings = new HashMap<String, Object>(more);
    settings.putAll(
        Map.of("data", "digits", "epochs", 3, "batch-size", 64, "checkpoint-interval", interval));
    return Studies.estimator(name, settings);
  }

  private static Map<String, ?> settings(
      String optimizer, double dropout, boolean batchNorm, double decay) {
    return Map.of(
        "optimizer", optimizer, "dropout", dropout, "batch-norm", batchNorm, "weight-decay", decay);
  }

  private static RecordingEvaluation evaluation() {
    return RecordingEvaluation.of(3, Studies.SEED).keepingCheckpoints();
  }

  @ParameterizedTest
  @CsvSource({
    "dl4j-mlp, adam, 0.2, true, 0.01",
    "dl4j-mlp, rmsprop, 0, false, 0",
    "dl4j-mlp, sgd, 0.1, false, 0",
    "dl4j-cnn, adam, 0.2, true, 0.01",
    "dl4j-cnn, adagrad, 0, false, 0",
    "dl4j-cnn, sgd, 0.1, true, 0"
  })
  void evaluate_fromAnyCheckpoint_measuresTheSame(
      String name, String optimizer, double dropout, boolean batchNorm, double decay)
      throws Exception {
    Map<String, ?> settings = settings(optimizer, dropout, batchNorm, decay);
    try (Estimator estimator = estimator(name, 0, settings)) {
      RecordingEvaluation whole = evaluation();
      Metrics result = estimator.evaluate(DEFAULTS, whole);
      List<Measurement> measured = whole.reports();
      assertThat(measured).hasSize(3);
      assertThat(whole.saved()).extracting(Checkpoint::step).containsExactly(1L, 2L);

      for (Checkpoint checkpoint : whole.saved()) {
        RecordingEvaluation rest = evaluation().goingOnFrom(checkpoint);

        assertThat(elsewhere(estimator, rest)).isEqualTo(result);
        assertThat(rest.reports())
            .as("from epoch %d", checkpoint.step())
            .isEqualTo(measured.subList((int) checkpoint.step(), 3));
      }
    }
  }

  /** Runs on another thread, whose generators have been used for something else. */
  private static Metrics elsewhere(Estimator estimator, RecordingEvaluation evaluation)
      throws Exception {
    var thread = Executors.newSingleThreadExecutor();
    try {
      return thread
          .submit(
              () -> {
                Nd4j.rand(7, 7).close();
                return estimator.evaluate(DEFAULTS, evaluation);
              })
          .get();
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void evaluate_checkpointAfterTheLastEpoch_isNotSaved() throws Exception {
    try (Estimator estimator = estimator("dl4j-mlp", "1h", Map.of())) {
      RecordingEvaluation evaluation = evaluation();

      estimator.evaluate(DEFAULTS, evaluation);

      assertThat(evaluation.saved()).isEmpty();
    }
  }

  @Test
  void evaluate_checkpointOfSomethingElse_failsWithWhatIsWrong() {
    try (Estimator estimator = estimator("dl4j-mlp", "1h", Map.of())) {
      RecordingEvaluation evaluation =
          evaluation().goingOnFrom(Checkpoint.of(2, out -> out.write(new byte[] {0, 0, 0, 9})));

      assertThatThrownBy(() -> estimator.evaluate(DEFAULTS, evaluation))
          .hasMessageContaining("Trial 3: its checkpoint could not be taken up")
          .hasMessageContaining("must be of version 2, but was of version 9");
    }
  }

  @Test
  void checkpointInterval_noDuration_isRefused() {
    assertThatThrownBy(() -> estimator("dl4j-mlp", "soon", Map.of()))
        .hasMessageContaining("estimator.checkpoint-interval must be a duration");
  }
}
