package dev.troupe.estimator.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.estimator.Playback;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableEstimatorTest {

  private static final SearchSpace GRID =
      SearchSpace.builder()
          .add(FloatParameter.linear("rate", 0, 1).withStep(0.1))
          .add(CategoricalParameter.of("act", "relu", "tanh"))
          .build();

  @TempDir Path folder;

  private void write(String... lines) throws IOException {
    Files.write(folder.resolve("t.csv"), Arrays.asList(lines));
  }

  private SimulatedEstimator table(String settings, String... metrics) {
    return Tables.create(folder, "file = t.csv\n" + settings, metrics);
  }

  private SimulatedEstimator table(SearchSpace space, String settings, String... metrics) {
    return Tables.create(folder, "file = t.csv\n" + settings, space, metrics);
  }

  private static Playback play(SimulatedEstimator table, long trial, Object... values)
      throws Exception {
    return table.play(Suggestion.evaluate(configuration(values)), RecordingEvaluation.of(trial));
  }

  private static Configuration configuration(Object... values) {
    var map = new LinkedHashMap<String, Object>();
    for (int i = 0; i < values.length; i += 2) {
      map.put((String) values[i], values[i + 1]);
    }
    return Configuration.of(map);
  }

  // Finding rows

  @Test
  void play_numbersWrittenOtherwise_areFound() throws Exception {
    write("rate,act,loss", "0.10,relu,1", "3e-1,tanh,2");
    try (SimulatedEstimator table =
        table(GRID, "metrics { loss = loss }, lookup = exact", "loss")) {
      Object third = GRID.configuration(Map.of("rate", 0.3, "act", "tanh")).get("rate");

      assertThat(play(table, 1, "rate", 0.1, "act", "relu").result())
          .isEqualTo(Metrics.of("loss", 1));
      assertThat(play(table, 1, "rate", third, "act", "tanh").result())
          .isEqualTo(Metrics.of("loss", 2));
    }
  }

  @Test
  void play_choicesThatLookLikeNumbers_areFoundByTextOrNumber() throws Exception {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("size", "16", "32"))
            .add(CategoricalParameter.of("rate", 0.001, 0.01))
            .build();
    write("size,rate,loss", "16.0,1e-3,1", "32,.01,2", "64,.01,3");
    try (SimulatedEstimator table =
        table(space, "metrics { loss = loss }, lookup = exact", "loss")) {
      assertThat(play(table, 1, "size", "16", "rate", 0.001).result().get("loss")).isEqualTo(1);
      assertThat(play(table, 1, "size", "32", "rate", 0.01).result().get("loss")).isEqualTo(2);
    }
  }

  @Test
  void play_noSuchRow_namesTheNearest() throws Exception {
    write("rate,act,loss", "0.1,relu,1", "0.9,relu,2");
    try (SimulatedEstimator table =
        table(GRID, "metrics { loss = loss }, lookup = exact", "loss")) {
      assertThatThrownBy(() -> play(table, 1, "rate", 0.8, "act", "relu"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("t.csv", "0.8", "line 3", "rate=0.9", "Maybe lookup");
    }
  }

  @Test
  void play_nearest_takesTheEarlierOfEquals() throws Exception {
    write("rate,act,loss", "0.8,relu,1", "0.2,relu,2", "0.9,tanh,3");
    try (SimulatedEstimator table =
        table(GRID, "metrics { loss = loss }, lookup = nearest", "loss")) {
      assertThat(table.candidates()).isEmpty();
      assertThat(play(table, 1, "rate", 0.5, "act", "relu").result().get("loss")).isEqualTo(1);
      assertThat(play(table, 1, "rate", 0.1, "act", "relu").result().get("loss")).isEqualTo(2);
      assertThat(table.expected(configuration("rate", 1.0, "act", "tanh"), "loss")).hasValue(3);
    }
  }

  @Test
  void candidates_incompleteTable_areItsRowsInTheSpace() throws Exception {
    write("rate,act,loss", "0.2,relu,1", "0.1,tanh,2", "0.2,relu,3", "7,relu,4", "0.1,elu,5");
    try (SimulatedEstimator table = table(GRID, "metrics { loss = loss }, passes = 3", "loss")) {
      var candidates = table.candidates().orElseThrow();

      assertThat(candidates.passes()).isEqualTo(3);
      assertThat(candidates.list())
          .containsExactly(
              GRID.configuration(Map.of("rate", 0.2, "act", "relu")),
              GRID.configuration(Map.of("rate", 0.1, "act", "tanh")));
    }
  }

  @Test
  void candidates_constraint_leavesRowsOut() throws Exception {
    SearchSpace space =
        SearchSpace.builder().add(IntParameter.linear("x", 1, 9)).constraint("x <= 2").build();
    write("x,loss", "3,1", "2,5", "1,7");
    try (SimulatedEstimator table = table(space, "metrics { loss = loss }", "loss")) {
      assertThat(table.candidates()).isEmpty(); // every configuration that is allowed has a row
      assertThat(table.optimum(Objective.minimize("loss"))).hasValue(5);
    }
  }

  @Test
  void play_inactiveParameter_isABlankCell() throws Exception {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("opt", "adam", "sgd"))
            .add(IntParameter.linear("m", 1, 2), Condition.oneOf("opt", "sgd"))
            .build();
    write("opt,m,loss", "adam,,1", "sgd,1,2", "sgd,2,3");
    try (SimulatedEstimator table = table(space, "metrics { loss = loss }", "loss")) {
      assertThat(table.candidates()).isEmpty();
      assertThat(play(table, 1, "opt", "adam").result().get("loss")).isEqualTo(1);
      assertThat(play(table, 1, "opt", "sgd", "m", 2L).result().get("loss")).isEqualTo(3);
    }
  }

  // Repeats

  @Test
  void play_repeatColumns_drawsOneForAllMetricsAndTheCost() throws Exception {
    write("x,a1,a2,a3,b1,b2,b3,s1,s2,s3", "1,10,20,,11,21,31,12,22,32");
    String settings =
        "metrics { a = [a1, a2, a3], b = [b1, b2, b3] }, cost = [s1, s2, s3], cost-scale = 0.5";
    try (SimulatedEstimator table = table(settings, "a")) {
      var drawn = new TreeMap<Double, Integer>();
      for (int trial = 1; trial <= 400; trial++) {
        Playback playback = play(table, trial, "x", 1L);
        double a = playback.result().get("a");
        drawn.merge(a, 1, Integer::sum);
        assertThat(playback.result().get("b")).isEqualTo(a + 1);
        assertThat(playback.seconds()).isEqualTo((a + 2) / 2);
        assertThat(play(table, trial, "x", 1L)).isEqualTo(playback);
      }
      assertThat(drawn).containsOnlyKeys(10.0, 20.0); // the blank one is never drawn
      assertThat(drawn.get(10.0)).isBetween(150, 250);
      assertThat(table.expected(configuration("x", 1L), "a")).hasValue(15);
      assertThat(table.expected(configuration("x", 1L), "b")).hasValue(21);
    }
  }

  @Test
  void play_repeatRows_drawsAmongThem() throws Exception {
    write("x,loss,s", "1,10,1", "2,5,1", "1,20,2");
    try (SimulatedEstimator table = table("metrics { loss = loss }, cost = s", "loss")) {
      var drawn = new HashSet<Double>();
      for (int trial = 1; trial <= 50; trial++) {
        Playback playback = play(table, trial, "x", 1L);
        drawn.add(playback.result().get("loss"));
        assertThat(playback.seconds()).isEqualTo(playback.result().get("loss") / 10);
      }
      assertThat(drawn).containsExactlyInAnyOrder(10.0, 20.0);
      assertThat(table.expected(configuration("x", 1L), "loss")).hasValue(15);
      assertThat(table.optimum(Objective.minimize("loss"))).hasValue(5);
      assertThat(table.optimum(Objective.maximize("loss"))).hasValue(15);
    }
  }

  @Test
  void play_mean_leavesBlanksOut() throws Exception {
    write("x,a1,a2,s1,s2", "1,10,20,1,2", "2,10,,1,2", "3,10,nan,1,2");
    String settings = "metrics { a = [a1, a2] }, cost = [s1, s2], repeats = mean";
    try (SimulatedEstimator table = table(settings, "a")) {
      assertThat(play(table, 1, "x", 1L).result().get("a")).isEqualTo(15);
      assertThat(play(table, 1, "x", 1L).seconds()).isEqualTo(1.5);
      assertThat(play(table, 1, "x", 2L).result().get("a")).isEqualTo(10);
      assertThat(play(table, 1, "x", 3L).failure()).contains("line 4", "'a2'", "NaN");
      assertThat(table.expected(configuration("x", 3L), "a")).hasValue(10);
    }
  }

  @Test
  void play_valueIsNotFinite_failsWithItsPlaceAfterItsTime() throws Exception {
    write("x,loss,other,s", "1,nan,1,7", "2,inf,1,7", "3,,1,7", "4,1,nan,7", "5,1,1,-1", "6,1,,7");
    try (SimulatedEstimator table =
        table("metrics { loss = loss, other = other }, cost = s", "loss")) {
      assertThat(play(table, 1, "x", 1L).failure()).contains("t.csv", "line 2", "'loss'", "NaN");
      assertThat(play(table, 1, "x", 1L).seconds()).isEqualTo(7);
      assertThat(play(table, 1, "x", 2L).failure()).contains("line 3", "Infinity");
      assertThat(play(table, 1, "x", 3L).failure()).contains("line 4", "blank");
      assertThat(play(table, 1, "x", 4L).failure()).isNull(); // no objective
      assertThat(play(table, 1, "x", 5L).failure()).contains("line 6", "'s'", "-1");
      assertThat(play(table, 1, "x", 6L).result()).isEqualTo(Metrics.of("loss", 1));
      assertThat(table.expected(configuration("x", 1L), "loss")).isEmpty();
    }
  }

  @Test
  void play_scaleAndOffset_changeTheValue() throws Exception {
    write("x,acc,test1,test2", "1,90.5,89,90");
    String settings =
        """
        metrics { error { column = acc, scale = -1, offset = 100 } }
        report { test { column = [test1, test2], scale = -1, offset = 100 } }
        """;
    try (SimulatedEstimator table = table(settings, "error")) {
      var best =
          new EndedTrial(
              TrialId.of(1),
              Suggestion.evaluate(configuration("x", 1L)),
              List.of(),
              new Outcome.Completed(Metrics.of("error", 9.5)),
              1);

      assertThat(play(table, 1, "x", 1L).result()).isEqualTo(Metrics.of("error", 9.5));
      assertThat(table.optimum(Objective.minimize("error"))).hasValue(9.5);
      assertThat(table.test(best, RecordingEvaluation.of(1))).isEqualTo(Metrics.of("test", 10.5));
    }
  }

  // Curves

  @Test
  void play_columnsOfSteps_reportsThemWithEvenCost() throws Exception {
    write("x,e0,e1,e2,e3,size,s", "1,4,3,2,1,9,8");
    String settings =
        """
        metrics { loss = "e{epoch}", size = size }, cost = s
        fidelity { epochs { from = 0, to = 3 } }
        """;
    try (SimulatedEstimator table = table(settings, "loss")) {
      Playback playback = play(table, 1, "x", 1L);

      assertThat(playback.points())
          .containsExactly(
              new Playback.Point(0, Metrics.of("loss", 4), 2),
              new Playback.Point(1, Metrics.of("loss", 3), 4),
              new Playback.Point(2, Metrics.of("loss", 2), 6),
              new Playback.Point(3, Metrics.of("loss", 1, "size", 9), 8));
      assertThat(playback.seconds()).isEqualTo(8);
      assertThat(table.expected(configuration("x", 1L), "loss")).hasValue(1);
    }
  }

  @Test
  void play_lowFidelity_endsEarlierAtItsPartOfTheCost() throws Exception {
    write("x,e2,e3,s", "1,2,1,8");
    String settings =
        "metrics { loss = \"e{epoch}\" }, cost = s, fidelity { epochs { from = 2, to = 3 } }";
    try (SimulatedEstimator table = table(settings, "loss")) {
      assertThat(atFidelity(table, "epochs", 2).points()).hasSize(1);
      assertThat(atFidelity(table, "epochs", 2).seconds()).isEqualTo(4);
      assertThat(atFidelity(table, "epochs", 0.5).points()).hasSize(1);
      assertThat(atFidelity(table, "epochs", 81).points()).hasSize(2);
      assertThatThrownBy(() -> atFidelity(table, "samples", 2))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContainingAll("samples", "Maybe");
    }
  }

  @Test
  void play_gridOfFidelities_takesTheNearestNotAbove() throws Exception {
    write(
        "x,epoch,part,loss,s",
        "1,1,0.1,9,1",
        "1,2,0.1,8,1",
        "1,1,1,6,10",
        "1,2,1,5,10",
        "2,1,0.1,7,1",
        "2,2,0.1,4,1",
        "2,1,1,3,10",
        "2,2,1,2,10");
    String settings =
        "metrics { loss = loss }, cost = s, fidelity { epochs { column = epoch }, data { column = part } }";
    try (SimulatedEstimator table = table(settings, "loss")) {
      assertThat(table.fidelities())
          .containsExactly(new FidelityRange("epochs", 1, 2), new FidelityRange("data", 0.1, 1));
      assertThat(play(table, 1, "x", 1L).points())
          .containsExactly(
              new Playback.Point(1, Metrics.of("loss", 6), 10),
              new Playback.Point(2, Metrics.of("loss", 5), 20));
      assertThat(atFidelity(table, "data", 0.9).points())
          .containsExactly(
              new Playback.Point(1, Metrics.of("loss", 9), 1),
              new Playback.Point(2, Metrics.of("loss", 8), 2));
      assertThat(atFidelity(table, "data", 0.01).points()).hasSize(2);
      assertThat(table.expected(configuration("x", 1L), "loss")).hasValue(5);
      assertThat(table.optimum(Objective.minimize("loss"))).hasValue(2);
    }
  }

  private static Playback atFidelity(SimulatedEstimator table, String axis, double amount)
      throws Exception {
    return table.play(
        new Suggestion.Evaluate(
            configuration("x", 1L), Fidelity.of(axis, amount), WeightSource.fresh()),
        RecordingEvaluation.of(1));
  }

  @Test
  void play_curveTurnsNan_reportsTheStepsBeforeThenFails() throws Exception {
    write("x,e1,e2,e3,s", "1,2,nan,1,9");
    String settings =
        "metrics { loss = \"e{epoch}\" }, cost = s, fidelity { epochs { from = 1, to = 3 } }";
    try (SimulatedEstimator table = table(settings, "loss")) {
      Playback playback = play(table, 1, "x", 1L);

      assertThat(playback.points())
          .containsExactly(new Playback.Point(1, Metrics.of("loss", 2), 3));
      assertThat(playback.failure()).contains("line 2", "'e2'", "NaN", "Maybe");
      assertThat(playback.seconds()).isEqualTo(6);
    }
  }

  @Test
  void play_rowsOfSteps_areSortedAndRepeated() throws Exception {
    write(
        "x,epoch,loss,s",
        "1,10,3,1",
        "1,5,4,1",
        "1,20,2,2",
        "1,5,5,3",
        "1,10,6,3",
        "1,20,7,3",
        "1,5,8,9");
    String settings = "metrics { loss = loss }, cost = s, fidelity { epochs { column = epoch } }";
    try (SimulatedEstimator table = table(settings, "loss")) {
      var drawn = new HashSet<List<Playback.Point>>();
      for (int trial = 1; trial <= 50; trial++) {
        drawn.add(List.copyOf(play(table, trial, "x", 1L).points()));
      }

      assertThat(drawn)
          .containsExactlyInAnyOrder(
              List.of(
                  new Playback.Point(5, Metrics.of("loss", 4), 1),
                  new Playback.Point(10, Metrics.of("loss", 3), 2),
                  new Playback.Point(20, Metrics.of("loss", 2), 4)),
              List.of(
                  new Playback.Point(5, Metrics.of("loss", 5), 3),
                  new Playback.Point(10, Metrics.of("loss", 6), 6),
                  new Playback.Point(20, Metrics.of("loss", 7), 9)));
      assertThat(table.expected(configuration("x", 1L), "loss")).hasValue(4.5);
    }
  }

  @Test
  void play_cumulativeCost_neverDescends() throws Exception {
    write("x,epoch,loss,s", "1,1,3,5", "1,2,4,4", "1,3,2,9");
    String settings =
        "metrics { loss = loss }, cost = s, cumulative-cost = true\nfidelity { epochs { column = epoch } }";
    try (SimulatedEstimator table = table(settings, "loss")) {
      assertThat(play(table, 1, "x", 1L).points())
          .extracting(Playback.Point::seconds)
          .containsExactly(5.0, 5.0, 9.0);
    }
  }

  @Test
  void play_simulatedCost_hangsOnTheConfigurationOnly() throws Exception {
    var lines = new ArrayList<String>(List.of("x,loss"));
    for (int x = 0; x < 2000; x++) {
      lines.add(x + ",1");
    }
    write(lines.toArray(String[]::new));
    String settings = "metrics { loss = loss }, simulated-cost { median = 3, sigma = 0.5 }";
    try (SimulatedEstimator table = table(settings, "loss")) {
      double[] logs = new double[2000];
      for (int x = 0; x < logs.length; x++) {
        double seconds = play(table, x + 1, "x", (long) x).seconds();
        assertThat(play(table, 9999, "x", (long) x).seconds()).isEqualTo(seconds);
        logs[x] = Math.log(seconds / 3) / 0.5;
      }
      double mean = Arrays.stream(logs).average().orElseThrow();
      double square = Arrays.stream(logs).map(z -> z * z).average().orElseThrow();
      // Standard errors: 0.022 and 0.032.
      assertThat(mean).isCloseTo(0, within(0.09));
      assertThat(square).isCloseTo(1, within(0.13));
    }
  }

  // Refusals

  @Test
  void create_settingsThatDoNotFit_areRefused() throws Exception {
    write("x,e1,e2,loss,s", "1,1,2,3,4");
    assertRefused("metrics { loss = los }", "has no column 'los'", "Maybe 'loss'");
    assertRefused("metrics { other = loss }", "reports no metric 'loss'");
    assertRefused("lookup = exact", "estimator.metrics");
    assertRefused("metrics { loss = loss }, lookup = exakt", "Maybe 'exact'");
    assertRefused("metrics { loss = \"e{epoch}\" }", "Maybe add fidelity");
    assertRefused("metrics { loss = loss }, cost = s, simulated-cost {}", "must not be set beside");
    assertRefused("metrics { loss = [loss, e1] }, cost = [s, s, s]", "repeats");
    assertRefused("metrics { loss = loss }, fidelity { a { from = 1 } }", "from");
    assertRefused("metrics { loss = loss }, cost-scale = 2", "needs cost");
    assertRefused("metrics { loss = loss }, passes = 2, lookup = exact", "needs lookup");
    assertRefused("metrics { loss = loss }, where { s = 5 }", "no row has '5'");
    assertRefused("metrics { loss = loss }, parameters = [x, z]", "no column 'z'");
    assertRefused("metrics { loss = loss }, parameters = [e1]", "'e1' is none");
    assertRefused("metrics { loss { column = loss, scale = 0 } }", "must not be 0");
    assertRefused("metrics { loss = loss }, split { s = [a, b] }", "must have 2 parts");
    assertRefused("metrics { loss = loss }, values { x = [a] }", "index from 0 to 0");
  }

  private void assertRefused(String settings, String... parts) {
    SearchSpace space = SearchSpace.builder().add(IntParameter.linear("x", 0, 9)).build();
    assertThatThrownBy(() -> table(space, settings, "loss"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts)
        .hasMessageMatching("(?s).*(Maybe|There|must|excludes|needs).*");
  }

  @Test
  void create_spaceWithoutRows_isRefused() throws Exception {
    write("x,loss", "70,1", "80,1");
    SearchSpace space = SearchSpace.builder().add(IntParameter.linear("x", 0, 9)).build();

    assertThatThrownBy(() -> table(space, "metrics { loss = loss }", "loss"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("no row lies in the space", "line 2", "'x'", "70", "Maybe");
  }

  @Test
  void create_parameterWithoutColumn_isRefused() throws Exception {
    write("learning_rate,loss", "7,1");
    SearchSpace space =
        SearchSpace.builder().add(IntParameter.linear("learning-rat", 0, 9)).build();

    assertThatThrownBy(() -> table(space, "metrics { loss = loss }", "loss"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'learning-rat' has none", "Maybe 'learning_rate'");
  }
}
