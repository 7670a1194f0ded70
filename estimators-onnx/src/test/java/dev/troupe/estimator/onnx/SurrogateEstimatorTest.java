package dev.troupe.estimator.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.estimator.Playback;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class SurrogateEstimatorTest {

  private static final String INSTANCE = "instance = 1067\n";
  private static final String CURVES =
      """
      instance = "3945", metrics { accuracy = val_accuracy }
      fidelity { epochs { parameter = epoch, from = 1, to = 52 } }
      """;
  private static final Configuration CANDIDATE = Configuration.of(Map.of("alpha", 0.5, "s", 0.1));

  @TempDir Path scratch;

  @Test
  void inferSpace_glmnet_leavesTaskAndFidelityOut() {
    SearchSpace space = Surrogates.space(Surrogates.glmnet(), INSTANCE);

    assertThat(space)
        .isEqualTo(
            SearchSpace.builder()
                .add(FloatParameter.linear("alpha", 0, 1))
                .add(FloatParameter.log("s", 0.00010000000000000009, 999.9999999999998))
                .build());
    assertThat(space.names()).containsExactly("alpha", "s");
  }

  @Test
  void play_withoutSettings_reportsAllOutputsAndTakesTheTrainingTime() throws Exception {
    try (SimulatedEstimator glmnet = Surrogates.create(Surrogates.glmnet(), INSTANCE, "mmce")) {
      Playback playback = play(glmnet, CANDIDATE, Fidelity.full());

      assertThat(playback.result().numbers()).hasSize(12).containsKeys("logloss", "timetrain");
      assertThat(playback.seconds()).isEqualTo(playback.result().get("timetrain")).isPositive();
      assertThat(glmnet.expected(CANDIDATE, "auc")).hasValue(playback.result().get("auc"));
      assertThat(glmnet.expected(CANDIDATE, "time")).isEmpty();
    }
  }

  @Test
  void fidelities_withoutCurves_areTheParametersOfTheScenario() {
    try (SimulatedEstimator full = Surrogates.create(Surrogates.glmnet(), INSTANCE, "mmce");
        SimulatedEstimator part =
            Surrogates.create(
                Surrogates.glmnet(), INSTANCE + "fidelity { trainsize = 0.25 }", "mmce")) {
      assertThat(full.fidelities())
          .filteredOn(range -> range.axis().equals("trainsize"))
          .singleElement()
          .satisfies(range -> assertThat(range.high()).isEqualTo(1));
      assertThat(part.fidelities())
          .filteredOn(range -> range.axis().equals("trainsize"))
          .singleElement()
          .satisfies(range -> assertThat(range.high()).isEqualTo(0.25));
      assertThat(full.fullStep()).isEmpty();
    }
  }

  @Test
  void play_fixedAndSuggestedFidelity_areTheSame() throws Exception {
    try (SimulatedEstimator full = Surrogates.create(Surrogates.glmnet(), INSTANCE, "mmce");
        SimulatedEstimator part =
            Surrogates.create(
                Surrogates.glmnet(), INSTANCE + "fidelity { trainsize = 0.25 }", "mmce")) {
      Metrics suggested = play(full, CANDIDATE, Fidelity.of("trainsize", 0.25)).result();

      assertThat(play(part, CANDIDATE, Fidelity.full()).result()).isEqualTo(suggested);
      assertThat(play(full, CANDIDATE, Fidelity.full()).result()).isNotEqualTo(suggested);
      assertThat(play(full, CANDIDATE, Fidelity.of("trainsize", 9)).result())
          .isEqualTo(play(full, CANDIDATE, Fidelity.full()).result());
    }
  }

  @Test
  void test_reportedOutput_isToldForTheBestAndHiddenFromTheSearch() throws Exception {
    try (SimulatedEstimator glmnet =
        Surrogates.create(
            Surrogates.glmnet(), INSTANCE + "report { test = auc }, cost = none", "mmce")) {
      Playback playback = play(glmnet, CANDIDATE, Fidelity.full());
      var best =
          new EndedTrial(
              TrialId.of(1),
              Suggestion.evaluate(CANDIDATE),
              List.of(),
              new Outcome.Completed(playback.result()),
              0);

      assertThat(playback.result().has("auc")).isFalse();
      assertThat(playback.seconds()).isZero();
      assertThat(glmnet.test(best, RecordingEvaluation.of(1)).numbers())
          .containsOnlyKeys("test")
          .hasEntrySatisfying("test", auc -> assertThat(auc).isBetween(0.3, 1.0));
    }
  }

  @Test
  void play_curve_isWhatSingleStepsGiveAndItsTimeAscends() throws Exception {
    Path lcbench = Surrogates.large("lcbench");
    SearchSpace space = Surrogates.space(lcbench, CURVES);
    RandomGenerator random = RandomStreams.of(1).stream(RandomStreams.Kind.TRIAL, 1, "test");
    try (SimulatedEstimator curves = Surrogates.create(lcbench, CURVES, "accuracy");
        SimulatedEstimator single = Surrogates.create(lcbench, "instance = 3945", "val-accuracy")) {
      for (int i = 0; i < 20; i++) {
        Configuration candidate = space.sample(random);

        Playback curve = play(curves, candidate, Fidelity.full());

        assertThat(curve.points().stream().map(Playback.Point::step))
            .containsExactlyElementsOf(
                IntStream.rangeClosed(1, 52).mapToObj(n -> (long) n).toList());
        assertThat(curve.points().stream().map(Playback.Point::seconds).toList()).isSorted();
        for (int epoch : List.of(1, 20, 52)) {
          Playback.Point point = curve.points().get(epoch - 1);
          Playback alone = play(single, candidate, Fidelity.of("epoch", epoch));
          assertThat(point.metrics().get("accuracy"))
              .isCloseTo(alone.result().get("val-accuracy"), within(1e-3));
        }
        assertThat(play(curves, candidate, Fidelity.of("epochs", 10)).points())
            .hasSize(10)
            .last()
            .satisfies(
                point ->
                    assertThat(point.metrics().get("accuracy"))
                        .isCloseTo(curve.points().get(9).metrics().get("accuracy"), within(1e-3)));
        assertThat(curves.expected(candidate, "accuracy").orElseThrow())
            .isCloseTo(curve.points().get(51).metrics().get("accuracy"), within(1e-3));
      }
    }
  }

  @Test
  void play_afterClose_isRefused() {
    SimulatedEstimator glmnet = Surrogates.create(Surrogates.glmnet(), INSTANCE, "mmce");
    glmnet.close();

    assertThatThrownBy(() -> play(glmnet, CANDIDATE, Fidelity.full()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("closed");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cost = timetrain | estimator.instance must be set",
        "instance = 1068 | Maybe '1067'",
        "instance = 1067, metrics { a = logloss, b = mmcee } | Maybe 'mmce'",
        "instance = 1067, cost = time | estimator.cost must be an output",
        "instance = 1067, fidelity { trainsizes = 1 } | Maybe 'trainsize'",
        "instance = 1067, fidelity { trainsize = 2 } | estimator.fidelity.trainsize",
        "instance = 1067, fidelity { t { parameter = trainsize } } | whole numbers",
        "instance = 1067, inputs = [task_id, alpha, s] | trainsize",
        "instance = 1067, inputs = [task_id, alpha, s, trainsize, x] | x",
        "instance = 1067, outputs = [mmce, f1] | width of 12",
        "instance = 1067, instance-parameter = alpha | categorical",
      })
  void create_badSettings_areRefused(String settings, String message) {
    assertThatThrownBy(() -> Surrogates.create(Surrogates.glmnet(), settings, "mmce"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void create_unknownMetric_isRefused() {
    assertThatThrownBy(() -> Surrogates.create(Surrogates.glmnet(), INSTANCE, "mcce"))
        .hasMessageContainingAll("'surrogate iaml_glmnet'", "Maybe 'mmce'");
  }

  @Test
  void create_folderOfAnotherName_needsTheOrders() throws IOException {
    for (String file : List.of("config_space.json", "encoding.json", "model.onnx")) {
      Files.copy(Surrogates.glmnet().resolve(file), scratch.resolve(file));
    }
    String orders =
        """
        inputs = [task_id, alpha, s, trainsize], fidelity { trainsize = 1 }
        outputs = [mmce, f1, auc, logloss, ramtrain, rammodel, rampredict, timetrain, timepredict,
          mec, ias, nf]
        """;
    assertThatThrownBy(() -> Surrogates.create(scratch, INSTANCE, "mmce"))
        .hasMessageContainingAll("estimator.inputs must be set", "iaml_glmnet");
    try (SimulatedEstimator renamed = Surrogates.create(scratch, INSTANCE + orders, "mmce");
        SimulatedEstimator known = Surrogates.create(Surrogates.glmnet(), INSTANCE, "mmce")) {
      assertThat(renamed.expected(CANDIDATE, "mmce")).isEqualTo(known.expected(CANDIDATE, "mmce"));
    }
  }

  @Test
  void create_damagedOrMissingFiles_areRefused() throws IOException {
    Path folder = Files.createDirectory(scratch.resolve("iaml_glmnet"));
    assertThatThrownBy(() -> Surrogates.create(folder, INSTANCE, "mmce"))
        .hasMessageContainingAll("There is no file", "config_space.json");
    for (String file : List.of("config_space.json", "encoding.json")) {
      Files.copy(Surrogates.glmnet().resolve(file), folder.resolve(file));
    }
    assertThatThrownBy(() -> Surrogates.create(folder, INSTANCE, "mmce"))
        .hasMessageContainingAll("There is no file", "model.onnx");
    Files.writeString(folder.resolve("model.onnx"), "no model");
    assertThatThrownBy(() -> Surrogates.create(folder, INSTANCE, "mmce"))
        .hasMessageContainingAll("model.onnx", "cannot be read");
    Files.writeString(folder.resolve("encoding.json"), "{\"task_id\": {\"#na#\": 0}}");
    assertThatThrownBy(() -> Surrogates.create(folder, INSTANCE, "mmce"))
        .hasMessageContainingAll("encoding.json", "'task_id'", "another scenario");
    Files.writeString(folder.resolve("config_space.json"), "{");
    assertThatThrownBy(() -> Surrogates.create(folder, INSTANCE, "mmce"))
        .hasMessageContainingAll("config_space.json", "line 1: it must be JSON");
  }

  private static Playback play(
      SimulatedEstimator estimator, Configuration candidate, Fidelity fidelity) throws Exception {
    return estimator.play(
        new Suggestion.Evaluate(candidate, fidelity, WeightSource.fresh()),
        RecordingEvaluation.of(1));
  }
}
