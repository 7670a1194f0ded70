package dev.troupe.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.bench.QualityBenchmark.Options;
import dev.troupe.space.Configuration;
import dev.troupe.study.Objective;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class QualityBenchmarkTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static List<String> lines(Problem problem, Options options, boolean timing) {
    var lines = new ArrayList<String>();
    try (problem;
        QualityBenchmark benchmark = QualityBenchmark.of(options)) {
      benchmark.run(
          problem,
          (row, baseline, trajectories) -> {
            lines.add(QualityJson.line(row, baseline, timing));
            trajectories.forEach(each -> lines.add(Trajectories.line(each)));
          });
    }
    return lines;
  }

  private static Row row(Problem problem, Options options) {
    try (problem;
        QualityBenchmark benchmark = QualityBenchmark.of(options)) {
      return benchmark.run(problem, (row, baseline, trajectories) -> {}).get(0);
    }
  }

  private static Options options(int seeds, int threads, @Nullable Double target) {
    return new Options(List.of("sobol", "random"), seeds, threads, target);
  }

  @Test
  void run_onMoreThreads_givesTheSameBytes() {
    String four = "study.parallelism = 4";
    List<String> one = lines(Examples.parabola(", noise = 0.1", four), options(6, 1, 1.01), false);
    List<String> two = lines(Examples.parabola(", noise = 0.1", four), options(6, 3, 1.01), false);
    assertThat(two).isEqualTo(one);
    assertThat(one).hasSize(14);
  }

  @Test
  void run_withWorkersThatDie_givesTheSameBytesWhateverCameBefore() {
    String deaths = "simulation.deaths { mean-life = 20s, repair = 5s }, study.parallelism = 3";
    List<String> one = lines(Examples.parabola("", deaths), options(4, 1, null), false);
    List<String> two = lines(Examples.parabola("", deaths), options(4, 2, null), false);
    assertThat(two).isEqualTo(one);
  }

  @Test
  void line_always_hasTheFormThatIsPromised() throws IOException {
    List<String> lines = lines(Examples.parabola("", ""), options(5, 1, 1.0001), true);
    JsonNode sobol = JSON.readTree(lines.get(0));
    assertThat(sobol.fieldNames())
        .toIterable()
        .containsExactly(
            "problem",
            "strategy",
            "seeds",
            "at",
            "final",
            "regret",
            "test",
            "to-target",
            "p-value",
            "baseline",
            "ms-per-suggestion",
            "cpu-ms-per-suggestion",
            "wall-seconds");
    assertThat(sobol.get("strategy").asText()).isEqualTo("sobol");
    assertThat(sobol.get("seeds").asInt()).isEqualTo(5);
    assertThat(sobol.get("at").fieldNames()).toIterable().containsExactly("25");
    assertThat(sobol.get("final").fieldNames())
        .toIterable()
        .containsExactly("median", "q25", "q75", "mean");
    assertThat(sobol.get("regret").get("final").get("mean").asDouble())
        .isBetween(0.0, sobol.get("final").get("mean").asDouble() - 0.99);
    assertThat(sobol.get("to-target").fieldNames())
        .toIterable()
        .containsExactly("reached", "median", "mean");
    assertThat(sobol.get("test").fieldNames()).toIterable().containsExactly("mean", "sd");
  }

  @Test
  void line_testedAgainstAnotherBaseline_hasItsName() throws IOException {
    var options = new Options(List.of("random", "sobol"), 5, 1, null, "sobol");
    List<String> lines = lines(Examples.parabola("", ""), options, true);
    JsonNode random = JSON.readTree(lines.get(0));
    assertThat(random.get("strategy").asText()).isEqualTo("random");
    assertThat(random.get("baseline").asText()).isEqualTo("sobol");
    assertThat(random.get("p-value").asDouble()).isBetween(0.0, 1.0);
    assertThat(random.get("cpu-ms-per-suggestion").asDouble()).isNotNegative();
    assertThat(JSON.readTree(lines.get(6)).has("p-value")).as("sobol itself").isFalse();
  }

  private static Problem moved(int seed) {
    return Suite.named("peers").movedProblem("hartmann6", null, List.of("budget.trials=12"), seed);
  }

  @Test
  void run_ofAMovedProblem_hasAnotherInstanceForEachSeedAndTheSameForAllStrategies() {
    Objective objective = Objective.minimize("value");
    try (Problem problem = moved(40)) {
      assertThat(problem.name()).isEqualTo("hartmann6/40");
      Configuration middle = problem.instance(1).study().space().decode(new double[6]);
      double one = expected(problem.instance(1), middle);
      assertThat(expected(problem.instance(2), middle)).isNotEqualTo(one);
      assertThat(problem.instance(1)).isSameAs(problem.instance(1));
      try (Problem same = moved(39)) {
        assertThat(expected(same.instance(2), middle)).isEqualTo(one);
      }
      for (long seed = 1; seed <= 20; seed++) {
        assertThat(requireNonNull(problem.instance(seed).simulated()).optimum(objective))
            .hasValueCloseTo(-3.322368011415515, within(1e-9));
      }
    }
  }

  private static double expected(Problem problem, Configuration candidate) {
    return requireNonNull(problem.simulated()).expected(candidate, "value").orElseThrow();
  }

  @Test
  void run_ofAMovedProblem_givesTheSameBytesOnMoreThreads() {
    List<String> one = lines(moved(7), options(4, 1, null), false);
    List<String> two = lines(moved(7), options(4, 3, null), false);
    assertThat(two).isEqualTo(one);
    assertThat(one).hasSize(10).allSatisfy(line -> assertThat(line).contains("hartmann6/7"));
  }

  @Test
  void moved_whatHasNoInstances_isRefused() {
    assertThatThrownBy(() -> Problem.moved(new Shifts(1, more -> Examples.parabolaFile("", ""))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Problem 'parabola': it can be moved only if its estimator is synth");
    assertThatThrownBy(() -> moved(-1)).hasMessageContaining("from 0 to 900000, but was -1");
  }

  @Test
  void run_withNoise_tellsValuesAsSeenAndRegretOfTheTruth() {
    Row row = row(Examples.parabola(", noise = 5", ""), options(5, 1, null));
    assertThat(requireNonNull(row.values(row.end())).median()).isLessThan(0);
    assertThat(requireNonNull(row.regrets(row.end())).q25()).isBetween(0.0, 0.49);
  }

  @Test
  void run_whereAllFails_hasNoValuesAndSaysSo() throws IOException {
    Row row = row(Examples.parabola(", fails-below = 1", ""), options(2, 1, 1.0));
    JsonNode line = JSON.readTree(QualityJson.line(row, null, false));
    assertThat(line.get("final").get("median").isNull()).isTrue();
    assertThat(line.get("final").get("missing").asInt()).isEqualTo(2);
    assertThat(line.get("to-target").get("reached").asInt()).isZero();
    assertThat(line.has("test")).isFalse();
  }

  @Test
  void run_forATime_looksAtFractionsOfIt() throws IOException {
    Problem problem = Examples.parabola("", "budget = null, budget { virtual-time = 200s }");
    List<String> lines = lines(problem, options(3, 1, null), false);
    JsonNode line = JSON.readTree(lines.get(0));
    assertThat(line.get("at").fieldNames())
        .toIterable()
        .containsExactly("12.5%", "25%", "50%", "100%");
    assertThat(line.get("at").get("100%")).isEqualTo(line.get("final"));
    JsonNode run = JSON.readTree(lines.get(1));
    assertThat(run.get("time").asDouble()).isEqualTo(200);
    JsonNode seconds = run.get("seconds");
    assertThat(seconds.get(seconds.size() - 1).asDouble()).isLessThanOrEqualTo(200);
  }

  @Test
  void run_ofStudyFilesOwnStrategy_hasItsSettings() {
    String grid = "strategy { name = grid, levels = 7 }";
    var options = new Options(List.of("grid"), 5, 1, null);
    Row row = row(Examples.parabola("", grid), options);
    assertThat(row.isDeterministic()).isTrue();
    // The nearest of seven levels on [0, 1] to 0.3 is 2/6.
    assertThat(requireNonNull(row.regrets(row.end())).median())
        .isEqualTo((2 / 6.0 - 0.3) * (2 / 6.0 - 0.3), within(1e-9));
  }

  @Test
  void run_onTheMachinesClock_worksToo() {
    Row row = row(Examples.parabola("", "study.clock = real"), options(2, 1, null));
    assertThat(requireNonNull(row.values(row.end())).median()).isBetween(1.0, 1.1);
  }

  @Test
  void table_always_hasEveryRowAndCheckpoint() {
    Problem problem = Examples.parabola("", "");
    var rows = new ArrayList<Row>();
    try (problem;
        QualityBenchmark benchmark = QualityBenchmark.of(options(5, 1, 1.0001))) {
      rows.addAll(benchmark.run(problem, (row, baseline, trajectories) -> {}));
    }
    rows.add(Examples.row("parabola", "tpe", true, 1.5, null));
    String table = QualityTable.of(rows, problem.horizon(), false);
    assertThat(table.lines().map(line -> line.replaceAll(" {2,}", " | ").strip()))
        .first()
        .isEqualTo(
            "parabola: minimize loss, 30 evaluations; best value seen so far, median [quartiles]");
    assertThat(table)
        .contains("strategy  seeds  at 25", "end", "evaluations to 1.0001", "p against random")
        .contains("sobol", "random", "tpe *", "1.5 [1.5, 1.5] (1)")
        .contains("regret of the best value", "(n): so many runs", "*: recorded runs")
        .doesNotContain("ms/suggestion");
  }

  @Test
  void options_thatAreWrong_areRefused() {
    assertThatThrownBy(() -> new Options(List.of(), 1, 1, null))
        .hasMessageContaining("The number of strategies must be at least 1, but was 0");
    assertThatThrownBy(() -> new Options(List.of("random"), 0, 1, null))
        .hasMessageContaining("The number of seeds must be at least 1, but was 0");
    assertThatThrownBy(() -> new Options(List.of("rndom"), 1, 1, null))
        .hasMessageContaining("There is no strategy named 'rndom'. Maybe 'random'.");
    assertThatThrownBy(() -> new Options(List.of("random", "random"), 1, 1, null))
        .hasMessageContaining("'random' is named again");
    assertThatThrownBy(() -> new Options(List.of("random", "sobol"), 1, 1, null, "sbol"))
        .hasMessageContaining("one of the strategies, but 'sbol' is none of them. Maybe 'sobol'.");
    assertThatThrownBy(() -> new Options(List.of("random"), 1, 1, Double.NaN))
        .hasMessageContaining("The target must be finite");
  }

  @Test
  void problem_withoutTrialsOrTime_isRefused() {
    assertThatThrownBy(() -> Examples.parabola("", "budget = null, budget { target = 1 }"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Problem 'parabola': the budget must limit trials or time");
  }
}
