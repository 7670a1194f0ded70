package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What trainings do with less than everything. */
class LowFidelityIT {

  private static Estimator estimator(String name, Map<String, ?> more) {
    var settings = new HashMap<String, Object>(Map.of("data", "digits", "epochs", 4));
    settings.putAll(more);
    return Studies.estimator(name, settings);
  }

  private static Suggestion.Evaluate at(Map<String, Double> axes) {
    return new Suggestion.Evaluate(Configuration.empty(), new Fidelity(axes), WeightSource.fresh());
  }

  private static RecordingEvaluation evaluation() {
    return RecordingEvaluation.of(3, Studies.SEED).keepingCheckpoints();
  }

  private static List<String> axes(Estimator estimator) {
    return estimator.fidelities().stream().map(FidelityRange::axis).toList();
  }

  @Test
  void fidelities_ofDataAndNetworks_areThoseThatTheyHave() {
    try (Estimator pictures = estimator("dl4j-cnn", Map.of("repeats", 3));
        Estimator rows = estimator("dl4j-mlp", Map.of("data", "iris"));
        Estimator cells = architectures(3)) {
      assertThat(axes(pictures))
          .containsExactly("epochs", "data", "resolution", "width", "repeats");
      assertThat(pictures.fidelities())
          .contains(
              new FidelityRange("epochs", 1, 4),
              new FidelityRange("resolution", 0.5, 1),
              new FidelityRange("repeats", 1, 3));
      assertThat(axes(rows)).containsExactly("epochs", "data", "width");
      assertThat(axes(cells)).containsExactly("epochs", "data", "resolution", "width", "cells");
      assertThat(cells.fidelities()).contains(new FidelityRange("cells", 1.0 / 3, 1));
    }
  }

  private static Estimator architectures(int cells) {
    var settings = dev.troupe.settings.Settings.of("architecture", Map.of("cells", cells));
    var space =
        dev.troupe.settings.Providers.find(
                dev.troupe.architecture.ArchitectureSpaceProvider.class, "space", "nas-bench-201")
            .create(SmallSpace.DIGITS, settings);
    return Studies.estimator(
        "dl4j-architecture",
        space.searchSpace(),
        "loss",
        Path.of("."),
        Map.of("data", "digits", "epochs", 2));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j-mlp", "dl4j-cnn"})
  void evaluate_allAxesAtOnce_isSmallerAndRepeatable(String name) throws Exception {
    Map<String, Double> low =
        Map.of("epochs", 2.0, "data", 0.3, "resolution", 0.5, "width", 0.25, "repeats", 2.0);
    try (Estimator estimator = estimator(name, Map.of("repeats", 3))) {
      Metrics full = estimator.evaluate(at(Map.of()), evaluation());
      Metrics small = estimator.evaluate(at(low), evaluation());

      assertThat(estimator.evaluate(at(low), evaluation())).isEqualTo(small);
      assertThat(small.get("parameters")).isLessThan(full.get("parameters") / 4);
      assertThat(small.get("epochs")).isEqualTo(2);
      assertThat(small.get("accuracy-std")).isPositive();
      assertThat(small.has("parameters-std")).isFalse();
    }
  }

  @Test
  void evaluate_cellsWidthAndResolution_buildSmallerArchitectures() throws Exception {
    try (Estimator estimator = architectures(2)) {
      Configuration candidate =
          Configuration.of(
              Map.of(
                  "e01", "conv3x3", "e02", "skip", "e03", "skip", "e12", "conv1x1", "e13", "avg3x3",
                  "e23", "conv3x3"));
      Metrics full = evaluate(estimator, candidate, Map.of("epochs", 1.0));
      Metrics shorter = evaluate(estimator, candidate, Map.of("epochs", 1.0, "cells", 0.5));
      Metrics narrower = evaluate(estimator, candidate, Map.of("epochs", 1.0, "width", 0.5));
      Metrics coarser = evaluate(estimator, candidate, Map.of("epochs", 1.0, "resolution", 0.5));

      assertThat(shorter.get("parameters")).isLessThan(full.get("parameters"));
      assertThat(narrower.get("parameters")).isLessThan(full.get("parameters"));
      assertThat(coarser.get("parameters")).isEqualTo(full.get("parameters"));
      assertThat(coarser.get("multiply-adds")).isLessThan(full.get("multiply-adds") / 3);
    }
  }

  private static Metrics evaluate(
      Estimator estimator, Configuration candidate, Map<String, Double> axes) throws Exception {
    return estimator.evaluate(
        new Suggestion.Evaluate(candidate, new Fidelity(axes), WeightSource.fresh()), evaluation());
  }

  @Test
  void evaluate_repeats_reportsTheMeanAndTestsTheFirst() throws Exception {
    try (Estimator three = estimator("dl4j-cnn", Map.of("repeats", 3, "dropout", 0.2));
        Estimator one = estimator("dl4j-cnn", Map.of("dropout", 0.2))) {
      RecordingEvaluation evaluation = evaluation();
      Metrics mean = three.evaluate(at(Map.of()), evaluation);
      Metrics single = one.evaluate(at(Map.of()), evaluation());

      assertThat(evaluation.reports())
          .extracting(Measurement::step)
          .containsExactly(1L, 2L, 3L, 4L);
      assertThat(three.evaluate(at(Map.of("repeats", 1.0)), evaluation())).isEqualTo(single);
      assertThat(mean.get("loss")).isNotEqualTo(single.get("loss"));
      EndedTrial trial = ended(at(Map.of()), mean);
      // Though the others were trained in between, the first one is what it is by itself.
      assertThat(Studies.test(three, trial))
          .isEqualTo(Studies.test(one, ended(at(Map.of()), single)));
    }
  }

  private static EndedTrial ended(Suggestion suggestion, Metrics metrics) {
    return new EndedTrial(TrialId.of(3), suggestion, List.of(), new Outcome.Completed(metrics), 0);
  }

  // Going on at another fidelity

  private static Checkpoint last(RecordingEvaluation evaluation) {
    List<Checkpoint> saved = evaluation.saved();
    return saved.get(saved.size() - 1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j-mlp", "dl4j-cnn"})
  void evaluate_resumedWithMoreData_countsEpochsByExamples(String name) throws Exception {
    try (Estimator estimator = estimator(name, Map.of())) {
      RecordingEvaluation low = evaluation();
      Metrics before = estimator.evaluate(at(Map.of("data", 0.5)), low);
      assertThat(last(low).step()).isEqualTo(4);

      RecordingEvaluation more = evaluation().goingOnFrom(last(low));
      Metrics after = estimator.evaluate(at(Map.of()), more);

      // 4 epochs of a half are 2 of the whole: 2 more.
      assertThat(more.reports()).extracting(Measurement::step).containsExactly(5L, 6L);
      assertThat(after.get("epochs")).isEqualTo(4);
      assertThat(more.reports().get(0).metrics().get("loss")).isLessThan(before.get("loss") * 1.2);
      assertThat(after.get("loss")).isLessThan(before.get("loss"));
    }
  }

  @Test
  void evaluate_resumedWithAnotherWidth_beginsAnew() throws Exception {
    try (Estimator estimator = estimator("dl4j-mlp", Map.of())) {
      RecordingEvaluation low = evaluation();
      estimator.evaluate(at(Map.of("width", 0.5)), low);
      Metrics fresh = estimator.evaluate(at(Map.of()), evaluation());

      RecordingEvaluation wide = evaluation().goingOnFrom(last(low));

      assertThat(estimator.evaluate(at(Map.of()), wide)).isEqualTo(fresh);
      assertThat(wide.reports()).extracting(Measurement::step).containsExactly(5L, 6L, 7L, 8L);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"dl4j-mlp", "dl4j-cnn"})
  void evaluate_resumedWithMoreRepeats_isAsIfThereHadBeenAsMany(String name) throws Exception {
    try (Estimator estimator = estimator(name, Map.of("repeats", 3, "dropout", 0.2))) {
      Metrics whole = estimator.evaluate(at(Map.of()), evaluation());
      RecordingEvaluation low = evaluation();
      estimator.evaluate(at(Map.of("repeats", 1.0)), low);
      RecordingEvaluation half = evaluation();
      estimator.evaluate(at(Map.of("repeats", 2.0, "epochs", 2.0)), half);

      RecordingEvaluation same = evaluation().goingOnFrom(last(low));
      assertThat(estimator.evaluate(at(Map.of()), same)).isEqualTo(whole);
      assertThat(same.reports()).extracting(Measurement::step).containsExactly(5L);
      RecordingEvaluation rest = evaluation().goingOnFrom(last(half));
      assertThat(estimator.evaluate(at(Map.of()), rest)).isEqualTo(whole);
      assertThat(rest.reports()).extracting(Measurement::step).containsExactly(3L, 4L);
    }
  }

  @Test
  void evaluate_fidelityThatIsNotThere_saysWhichAre() {
    try (Estimator estimator = estimator("dl4j-mlp", Map.of("data", "iris"))) {
      assertThatThrownBy(() -> estimator.evaluate(at(Map.of("resolution", 0.5)), evaluation()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(
              "Trial 3: estimator 'dl4j-mlp' with data 'iris' can spend less on the axes [epochs, data, width], but not on 'resolution'. Maybe leave that out.");
      assertThatThrownBy(() -> estimator.evaluate(at(Map.of("width", 0.01)), evaluation()))
          .hasMessageContaining("can spend from 0.125 to 1.0 on the axis 'width'");
    }
  }
}
