package dev.troupe.estimator.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.estimator.Playback;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Published tables, where the environment variable TROUPE_DATA says where they lie. */
final class RecordedTablesTest {

  private Path data;

  @BeforeEach
  void findData() {
    String folder = System.getenv("TROUPE_DATA");
    assumeTrue(folder != null, "Set TROUPE_DATA to a folder of benchmark tables.");
    data = Path.of(folder);
  }

  private Path folder(String name) {
    Path folder = data.resolve(name);
    assumeTrue(Files.isDirectory(folder), "The folder in TROUPE_DATA has no " + name + ".");
    return folder;
  }

  private static Playback play(SimulatedEstimator table, Configuration candidate) throws Exception {
    return table.play(Suggestion.evaluate(candidate), RecordingEvaluation.of(1));
  }

  @Test
  void nasBench201_asSixEdges_isComplete() throws Exception {
    String text =
        """
        file = nb201_cifar10.csv.gz, split { ops = [e01, e02, e12, e03, e13, e23] }
        parameters = [e01, e02, e12, e03, e13, e23]
        metrics { accuracy = c10_valid_12, test = c10_test_200 }
        cost = c10_train_s_200, cost-scale = 0.06, report { test = c10_test_200 }
        """;
    Path folder = folder("nb201");
    SearchSpace space = Tables.infer(folder, text, "categorical = [e01, e02, e12, e03, e13, e23]");
    SimulatedEstimator table = Tables.create(folder, text, space, "accuracy");
    Configuration first =
        space.configuration(Map.of("e01", 4, "e02", 2, "e12", 1, "e03", 2, "e13", 1, "e23", 1));

    assertThat(space.size()).hasValueSatisfying(size -> assertThat(size).isEqualTo(15_625));
    assertThat(((CategoricalParameter) space.parameter("e01")).ordered()).isFalse();
    assertThat(table.candidates()).isEmpty();
    assertThat(table.optimum(Objective.maximize("test"))).hasValue(94.3733);
    assertThat(table.expected(first, "accuracy")).hasValue(63.364);
    assertThat(play(table, first).result().get("accuracy")).isEqualTo(63.364);
    assertThat(play(table, first).seconds()).isCloseTo(1444.22 * 0.06, within(1e-9));
  }

  @Test
  void fcnet_asNineDigits_drawsOneOfFourSeeds() throws Exception {
    String text =
        """
        file = protein_structure.csv.gz
        split { code = [a1, a2, batch_size, dropout-1, dropout-2, init-lr, schedule, n-1, n-2] }
        values {
          a1 = [relu, tanh], a2 = [relu, tanh], batch_size = [8, 16, 32, 64]
          dropout-1 = [0, 0.3, 0.6], dropout-2 = [0, 0.3, 0.6]
          init-lr = [5e-4, 1e-3, 5e-3, 1e-2, 5e-2, 1e-1], schedule = [cosine, const]
          n-1 = [16, 32, 64, 128, 256, 512], n-2 = [16, 32, 64, 128, 256, 512]
        }
        parameters = [a1, a2, batch_size, dropout-1, dropout-2, init-lr, schedule, n-1, n-2]
        metrics { mse = [valid_mse_s0, valid_mse_s1, valid_mse_s2, valid_mse_s3] }
        cost = [runtime_s0, runtime_s1, runtime_s2, runtime_s3]
        """;
    Path folder = folder("fcnet");
    SearchSpace space = Tables.infer(folder, text, "");
    SimulatedEstimator table = Tables.create(folder, text, space, "mse");
    Configuration first =
        space.configuration(
            Map.of(
                "a1",
                "relu",
                "a2",
                "relu",
                "batch-size",
                8,
                "dropout-1",
                0.0,
                "dropout-2",
                0.0,
                "init-lr",
                5e-4,
                "schedule",
                "cosine",
                "n-1",
                16,
                "n-2",
                16));
    Playback played = play(table, first);

    assertThat(space.size()).hasValueSatisfying(size -> assertThat(size).isEqualTo(62_208));
    assertThat(table.candidates()).isEmpty();
    assertThat(table.optimum(Objective.minimize("mse")).orElseThrow())
        .isCloseTo(0.221379, within(1e-6));
    int seed = List.of(0.341951, 0.341037, 0.339186, 0.338689).indexOf(played.result().get("mse"));
    assertThat(seed).isNotNegative();
    assertThat(played.seconds()).isEqualTo(List.of(485.6, 483.2, 477.1, 481.4).get(seed));
  }

  @Test
  void nasBenchMacro_asEightLayers_hasThePublishedBest() {
    String text =
        """
        file = nas-bench-macro_cifar10.csv.gz, split { arch = [a, b, c, d, e, f, g, h] }
        parameters = [a, b, c, d, e, f, g, h]
        metrics { accuracy = [test_acc_s1, test_acc_s2, test_acc_s3], flops = flops }
        """;
    Path folder = folder("nas-bench-macro");
    SimulatedEstimator table =
        Tables.create(folder, text, Tables.infer(folder, text, ""), "accuracy");

    assertThat(table.candidates()).isEmpty();
    assertThat(table.optimum(Objective.maximize("accuracy")).orElseThrow())
        .isCloseTo(93.1267, within(1e-4));
  }

  @Test
  void nasBenchGraph_linkAndOperations_areRows() throws Exception {
    String text =
        """
        file = cora.csv.gz, split { ops = [o1, o2, o3, o4] }, separators { ops = "|" }
        parameters = [link, o1, o2, o3, o4], passes = 2
        metrics { accuracy = valid_acc, latency = latency_s }, report { test = test_acc }
        """;
    Path folder = folder("nas-bench-graph");
    SearchSpace space = Tables.infer(folder, text, "");
    SimulatedEstimator table = Tables.create(folder, text, space, "accuracy");
    Configuration first = table.candidates().orElseThrow().list().get(0);

    assertThat(table.candidates().orElseThrow().list()).hasSize(26_206);
    assertThat(table.candidates().orElseThrow().passes()).isEqualTo(2);
    assertThat(first.get("link")).isEqualTo("0000");
    assertThat(play(table, first).result().get("accuracy")).isEqualTo(0.773333);
    assertThat(table.optimum(Objective.maximize("accuracy"))).hasValue(0.819333);
  }

  @Test
  void hpobench_fiveSeeds_haveThePublishedBestMean() {
    String text =
        """
        file = vehicle.csv.gz, split { code = [alpha, batch, depth, rate, width] }
        parameters = [alpha, batch, depth, rate, width]
        metrics { accuracy = [bal_acc_s0, bal_acc_s1, bal_acc_s2, bal_acc_s3, bal_acc_s4] }
        repeats = mean
        """;
    Path folder = folder("hpobench-nn");
    SimulatedEstimator table =
        Tables.create(folder, text, Tables.infer(folder, text, ""), "accuracy");

    assertThat(table.candidates()).isEmpty();
    assertThat(table.optimum(Objective.maximize("accuracy")).orElseThrow())
        .isCloseTo(0.951570, within(1e-5));
  }

  @Test
  void taskset_joinedCurves_endWhereTheyDiverged() throws Exception {
    String text =
        """
        file = patch128_LSTM128_avg_bs64.csv.gz, join { file = configs.csv, on = config }
        where { split = valid }, metrics { loss = "e{step}" }
        fidelity { steps { from = 0, to = 50 } }, simulated-cost { median = 1, sigma = 0.5 }
        """;
    Path folder = folder("taskset");
    SearchSpace space = Tables.infer(folder, text, "");
    SimulatedEstimator table = Tables.create(folder, text, space, "loss");
    List<Configuration> rows = table.candidates().orElseThrow().list();
    int diverged = 0;
    for (Configuration row : rows) {
      Playback playback = play(table, row);
      if (playback.failure() != null) {
        diverged++;
        assertThat(playback.points().size()).isLessThan(51);
        assertThat(playback.failure()).contains("column 'e" + playback.points().size() + "'");
      }
    }
    Playback tenth =
        table.play(
            new Suggestion.Evaluate(rows.get(0), Fidelity.of("steps", 10), WeightSource.fresh()),
            RecordingEvaluation.of(1));

    assertThat(rows).hasSize(1000);
    assertThat(space.dimensions()).isEqualTo(8);
    assertThat(space.parameter("learning-rate")).isInstanceOf(FloatParameter.class);
    assertThat(diverged).isEqualTo(84);
    assertThat(table.optimum(Objective.minimize("loss")).orElseThrow())
        .isCloseTo(0.13989, within(1e-5));
    assertThat(tenth.points()).hasSize(11);
    assertThat(tenth.points().get(0).metrics().get("loss")).isEqualTo(0.694149);
  }

  @Test
  void logisticRegression_epochsAsRows_reportsEach() throws Exception {
    String text =
        """
        file = logreg_on_grid.csv, parameters = [lrate, l2_reg, batchsize]
        fidelity { epochs { column = n_epochs } }, metrics { error = valid_error }
        cost = time_s, cumulative-cost = true, report { test = test_error }
        """;
    Path folder = folder("hpolib-grids");
    SearchSpace space = Tables.infer(folder, text, "");
    SimulatedEstimator table = Tables.create(folder, text, space, "error");
    Configuration any = space.sample(RandomStreams.of(1).stream(RandomStreams.Kind.TRIAL, 1, "x"));
    Playback playback = play(table, any);

    assertThat(table.candidates()).isEmpty();
    assertThat(playback.points()).hasSizeGreaterThan(5);
    assertThat(playback.points().get(0).step()).isEqualTo(5);
    assertThat(playback.failure()).isNull();
  }

  @Test
  void natsCurves_seedsAsRows_areRepeats() throws Exception {
    String text =
        """
        file = curves.csv.gz, parameters = [index]
        where { space = tss, hp_epochs = 200, dataset = cifar10, split = ori-test }
        fidelity { epochs { column = epoch } }, metrics { accuracy = eval_acc }
        cost = train_time_s
        """;
    Path folder = folder("nats-curves");
    SearchSpace space = Tables.infer(folder, text, "");
    SimulatedEstimator table = Tables.create(folder, text, space, "accuracy");
    Playback playback = play(table, space.configuration(Map.of("index", 11)));

    assertThat(playback.points()).hasSize(200);
    assertThat(playback.seconds()).isCloseTo(200 * 24.924, within(1.0));
  }
}
