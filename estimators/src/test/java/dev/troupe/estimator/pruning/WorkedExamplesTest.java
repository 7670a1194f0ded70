package dev.troupe.estimator.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pruners on examples that were worked out independently. */
class WorkedExamplesTest {

  private static final Config EXAMPLES =
      ConfigFactory.parseResources(WorkedExamplesTest.class, "worked-examples.conf");

  @Test
  void median_ofThreeCurves_stopsWhatIsBelowTheirAverages() {
    Config example = EXAMPLES.getConfig("median-1");
    var ended = new ArrayList<EndedTrial>();
    for (List<? extends Number> curve : curves(example)) {
      ended.add(Scenes.ended(ended.size() + 1, TrialState.COMPLETED, accuracies(curve)));
    }
    ActiveTrial trial = Scenes.active(4, accuracies(example.getNumberList("trial")));
    List<Objective> accuracy = List.of(Objective.maximize("accuracy"));

    var table = new PeerTable(Reading.AVERAGE, new Losses(accuracy), Groups.ONE);
    Peers peers = table.at(2, trial, ended, List.of());
    for (int i = 0; i < ended.size(); i++) {
      assertThat(-peers.losses()[0][i])
          .isEqualTo(example.getDoubleList("averages").get(i), within(1e-9));
    }
    assertThat(-Quantile.of(peers.losses()[0], peers.count(), 0.5))
        .isEqualTo(example.getDouble("median"), within(1e-9));

    Pruner pruner = Scenes.pruner("median", Map.of("trials", 3), accuracy);
    assertThat(pruner.judge(trial, ended, List.of()) == Verdict.STOP)
        .isEqualTo(example.getBoolean("stop"));
  }

  @SuppressWarnings("unchecked") // the resource is ours
  private static List<List<? extends Number>> curves(Config example) {
    return (List<List<? extends Number>>) example.getAnyRef("curves");
  }

  private static List<Measurement> accuracies(List<? extends Number> values) {
    var curve = new ArrayList<Measurement>();
    for (Number value : values) {
      int step = curve.size() + 1;
      curve.add(new Measurement(step, Metrics.of("accuracy", value.doubleValue()), step));
    }
    return curve;
  }

  @Test
  void asha_onOneRung_decidesAsInExample() {
    Config example = EXAMPLES.getConfig("asha-2");
    Pruner pruner = Scenes.pruner("asha", Map.of("eta", 3, "max", 3));
    var decisions = new ArrayList<String>();
    var ended = new ArrayList<EndedTrial>();
    for (double loss : example.getDoubleList("losses")) {
      ActiveTrial trial = Scenes.active(ended.size() + 1, loss);
      boolean stops = pruner.judge(trial, ended, List.of()) == Verdict.STOP;
      decisions.add(stops ? "stop" : "go");
      ended.add(
          Scenes.ended(
              trial.id().number(),
              stops ? TrialState.PRUNED : TrialState.COMPLETED,
              trial.measurements()));
    }
    assertThat(String.join(" ", decisions)).isEqualTo(example.getString("decisions"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"hyperband-1", "hyperband-2", "hyperband-3"})
  void hyperband_brackets_areThoseOfExample(String id) {
    Config example = EXAMPLES.getConfig(id);
    HyperbandTable table =
        HyperbandTable.of(
            1,
            example.getLong("full"),
            3,
            HyperbandTable.Rounding.valueOf(
                example.getString("rounding").toUpperCase(Locale.ROOT)));
    List<List<List<Long>>> rungs =
        table.brackets().stream()
            .map(
                bracket ->
                    bracket.rungs().stream()
                        .map(rung -> List.of(rung.candidates(), rung.resource()))
                        .toList())
            .toList();
    assertThat(rungs.toString()).isEqualTo(example.getAnyRef("brackets").toString());
  }

  @ParameterizedTest
  @ValueSource(ints = {81, 9})
  void hyperband_sweep_takesResourceOfExample(int full) {
    long resource =
        HyperbandTable.of(1, full, 3, HyperbandTable.Rounding.CEIL).brackets().stream()
            .flatMap(bracket -> bracket.rungs().stream())
            .mapToLong(rung -> rung.candidates() * rung.resource())
            .sum();
    assertThat(resource).isEqualTo(EXAMPLES.getLong("hyperband-4." + full));
  }
}
