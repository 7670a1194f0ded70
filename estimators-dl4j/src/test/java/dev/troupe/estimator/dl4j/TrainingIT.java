package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.dl4j.data.BundledData;
import dev.troupe.estimator.dl4j.data.DataRequest;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import dev.troupe.study.WeightSource;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TrainingIT {

  private static final Configuration EMPTY = Configuration.empty();

  @TempDir private Path folder;

  @Test
  void evaluate_cnnOnDigits_learnsAndScoresTheTestPart() throws Exception {
    Map<String, ?> settings =
        Map.of(
            "data",
            "digits",
            "epochs",
            8,
            "batch-size",
            32,
            "batch-norm",
            true,
            "filters",
            8,
            "dropout",
            0.1,
            "weight-decay",
            0.01);
    try (Estimator estimator = Studies.estimator("dl4j-cnn", settings)) {
      Metrics result = Studies.evaluate(estimator, 1);

      assertThat(result.get("accuracy")).isGreaterThan(0.93);
      // 8 + 16 kernels of 3 x 3, gains and shifts, 16 x 2 x 2 to 64 to 10
      assertThat(result.get("parameters"))
          .isEqualTo(8 * 9 + 16 + 16 * 8 * 9 + 32 + 64 * 64 + 64 + 640 + 10);
      EndedTrial best = Studies.ended(1, EMPTY, result);
      Metrics test = Studies.test(estimator, best);
      assertThat(test.get("accuracy")).isGreaterThan(0.93);
      try (Estimator other = Studies.estimator("dl4j-cnn", settings)) {
        assertThat(Studies.test(other, best)).isEqualTo(test);
      }
    }
  }

  @Test
  void evaluate_regressionOnCsv_learns() throws Exception {
    Files.writeString(folder.resolve("plane.csv"), plane());
    try (Estimator estimator =
        Studies.estimator(
            "dl4j-mlp",
            "r2",
            folder,
            Map.of(
                "data",
                "csv",
                "file",
                "plane.csv",
                "target",
                "y",
                "epochs",
                60,
                "batch-size",
                16,
                "learning-rate",
                0.01))) {
      Metrics result = Studies.evaluate(estimator, 1);

      assertThat(result.get("r2")).isGreaterThan(0.95);
      assertThat(result.get("rmse")).isCloseTo(Math.sqrt(result.get("mse")), within(1e-9));
      assertThat(result.get("mae")).isLessThan(result.get("rmse"));
      assertThat(Studies.test(estimator, Studies.ended(1, EMPTY, result)).get("r2"))
          .isGreaterThan(0.95);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j-mlp", "dl4j-cnn"})
  void evaluate_hugeLearningRate_failsWithTheHouseMessage(String name) {
    try (Estimator estimator =
        Studies.estimator(
            name,
            Map.of(
                "data",
                "digits",
                "optimizer",
                "sgd",
                "epochs",
                30,
                "activation",
                "softplus",
                "batch-size",
                16,
                "learning-rate",
                10,
                "momentum",
                0.999))) {
      assertThatThrownBy(() -> Studies.evaluate(estimator, 17))
          .isInstanceOf(TrainingDivergedException.class)
          .hasMessageMatching(
              "Trial 17: (loss was|a parameter was|validation loss was) .* at epoch \\d+\\. Maybe lower 'learning-rate' \\(10\\.0\\)\\.");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j-mlp", "dl4j-cnn"})
  void isFinite_oneParameterNaN_isFalseThoughReluHidesIt(String name) {
    Natives.load();
    var data =
        PreparedData.of(
            new BundledData.Digits().load(new DataRequest(Settings.none("estimator"), folder)),
            0.2,
            0.2,
            new Random(1));
    NetworkProvider provider = name.equals("dl4j-mlp") ? new MlpProvider() : new CnnProvider();
    var values = new HashMap<String, Object>();
    provider.tunables().forEach(tunable -> values.put(tunable.name(), tunable.fallback()));
    var randomness = new TrialRandomness(RandomStreams.of(1), TrialId.of(1));
    SearchSpace space = SearchSpace.builder().add(FloatParameter.linear("momentum", 0, 1)).build();
    NetworkFactory factory =
        provider.factory(Studies.request(space, "loss", folder, Map.of()), data, 1);
    try (Network network = factory.create(EMPTY, Configuration.of(values), data, randomness)) {
      assertThat(network.isFinite()).isTrue();
      float[] weights = network.weights();
      weights[3] = Float.NaN;
      network.restore(weights);
      assertThat(network.isFinite()).isFalse();
    }
  }

  @Test
  void evaluate_stopRequested_endsAtTheNextBatch() throws Exception {
    try (Estimator estimator =
        Studies.estimator("dl4j-mlp", Map.of("data", "digits", "epochs", 1000, "batch-size", 8))) {
      var polls = new AtomicInteger();
      var evaluation = RecordingEvaluation.of(1, Studies.SEED);
      evaluation.stoppingWhen(() -> polls.incrementAndGet() > 5);

      Metrics result = estimator.evaluate(Suggestion.evaluate(EMPTY), evaluation);

      assertThat(polls).hasValue(6);
      assertThat(evaluation.reports()).isEmpty();
      assertThat(result).isEqualTo(Metrics.none());
    }
  }

  @Test
  void evaluate_interrupted_endsAndKeepsTheFlag() throws Exception {
    try (Estimator estimator =
        Studies.estimator("dl4j-mlp", Map.of("data", "digits", "epochs", 1000))) {
      Thread.currentThread().interrupt();
      var evaluation = RecordingEvaluation.of(1, Studies.SEED);

      estimator.evaluate(Suggestion.evaluate(EMPTY), evaluation);

      assertThat(Thread.interrupted()).isTrue();
      assertThat(evaluation.reports()).isEmpty();
    }
  }

  @Test
  void evaluate_verdictStop_endsAtOnce() throws Exception {
    try (Estimator estimator =
        Studies.estimator("dl4j-mlp", Map.of("data", "iris", "epochs", 50))) {
      var evaluation = RecordingEvaluation.of(1, Studies.SEED);
      evaluation.answeringFrom(3, Verdict.STOP);

      estimator.evaluate(Suggestion.evaluate(EMPTY), evaluation);

      assertThat(evaluation.reports()).extracting(Measurement::step).containsExactly(1L, 2L, 3L);
      assertThat(evaluation.reports().get(2).metrics().numbers())
          .containsKeys("accuracy", "loss", "train-loss", "parameters", "epochs");
    }
  }

  @Test
  void evaluate_fidelity_limitsTheEpochs() throws Exception {
    try (Estimator estimator = Studies.estimator("dl4j-mlp", Map.of("data", "iris", "epochs", 9))) {
      var evaluation = RecordingEvaluation.of(1, Studies.SEED);
      var suggestion =
          new Suggestion.Evaluate(EMPTY, Fidelity.of("epochs", 3), WeightSource.fresh());

      assertThat(estimator.evaluate(suggestion, evaluation).get("epochs")).isEqualTo(3);
      assertThat(evaluation.reports()).extracting(Measurement::step).containsExactly(1L, 2L, 3L);
    }
  }

  @Test
  void evaluate_inheritedWeights_isRefused() {
    try (Estimator estimator = Studies.estimator("dl4j-mlp", Map.of("data", "iris"))) {
      var suggestion =
          new Suggestion.Evaluate(EMPTY, Fidelity.full(), new WeightSource.Partial(TrialId.of(1)));

      assertThatThrownBy(
              () -> estimator.evaluate(suggestion, RecordingEvaluation.of(2, Studies.SEED)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("Trial 2: estimator 'dl4j-mlp' trains single networks");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j-mlp", "dl4j-cnn"})
  void evaluate_sameSeed_isBitwiseTheSameInParallelAndOnAnyThread(String name) throws Exception {
    Map<String, ?> settings =
        Map.of("data", "digits", "epochs", 2, "dropout", 0.3, "batch-norm", true, "batch-size", 64);
    var executor = Executors.newFixedThreadPool(2);
    try (Estimator estimator = Studies.estimator(name, settings);
        Estimator other = Studies.estimator(name, settings)) {
      Metrics first = Studies.evaluate(estimator, 1);
      Metrics second = Studies.evaluate(estimator, 2);
      assertThat(first.get("loss")).isNotEqualTo(second.get("loss"));

      List<Callable<Metrics>> tasks = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        long trial = 1L + i % 2;
        tasks.add(() -> Studies.evaluate(other, trial));
      }
      List<Future<Metrics>> parallel = executor.invokeAll(tasks);
      for (int i = 0; i < 4; i++) {
        assertThat(parallel.get(i).get()).isEqualTo(i % 2 == 0 ? first : second);
      }
    } finally {
      executor.shutdown();
    }
  }

  @Test
  void evaluate_otherProcess_isBitwiseTheSame() throws Exception {
    Metrics here = Retraining.evaluate();

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=tr",
                "-cp",
                System.getProperty("java.class.path"),
                Retraining.class.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String there = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor()).isZero();
    assertThat(there.strip()).isEqualTo(here.toString());
  }

  @Test
  void test_anotherTrialThanTheKeptOne_repeatsItExactly() throws Exception {
    Map<String, ?> settings = Map.of("data", "digits", "epochs", 3, "dropout", 0.2);
    Configuration slow = Configuration.of(Map.of("learning-rate", 1e-5));
    Configuration good = Configuration.of(Map.of("learning-rate", 1e-2));
    FloatParameter rate = FloatParameter.log("learning-rate", 1e-6, 1e-1);
    try (Estimator first = Studies.estimator("dl4j-mlp", settings, rate);
        Estimator second = Studies.estimator("dl4j-mlp", settings, rate)) {
      Metrics slowResult = Studies.evaluate(first, 1, slow);
      Metrics kept = Studies.test(first, Studies.ended(1, slow, slowResult));
      Studies.evaluate(second, 1, slow);
      Metrics goodResult = Studies.evaluate(second, 2, good);

      assertThat(goodResult.get("loss")).isLessThan(slowResult.get("loss"));
      assertThat(Studies.test(second, Studies.ended(1, slow, slowResult))).isEqualTo(kept);
      assertThat(Studies.test(second, Studies.ended(2, good, goodResult)).get("accuracy"))
          .isGreaterThan(kept.get("accuracy"));
    }
  }

  private static String plane() {
    var random = new Random(1);
    var text = new StringBuilder("a,b,side,y\n");
    for (int i = 0; i < 300; i++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      boolean left = random.nextBoolean();
      double y = 500 + 30 * a - 20 * b + (left ? 7 : 0);
      text.append(a).append(',').append(b).append(',').append(left ? "left" : "right");
      text.append(',').append(y).append('\n');
    }
    return text.toString();
  }
}
