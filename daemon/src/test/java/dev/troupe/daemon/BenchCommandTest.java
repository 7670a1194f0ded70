package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands bench quality, bench plot and replay. */
@Timeout(240)
class BenchCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path study(String name) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".conf"),
        """
        study     { metric = value, direction = minimize, clock = virtual, seed = 9 }
        space     = infer
        strategy  { name = grid, levels = 3 }
        estimator { name = synthetic, problem = %s }
        budget    { trials = 30 }
        """
            .formatted(name));
  }

  private static CommandLineRun quality(Object... more) {
    var arguments = new ArrayList<Object>(List.of("bench", "quality"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray());
  }

  private static List<JsonNode> json(CommandLineRun run) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (String line : run.outLines()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  @Test
  void quality_ofASuite_isALinePerProblemAndStrategyInOrder() throws IOException {
    CommandLineRun run =
        quality("--suite", "peers", "--strategies", "sobol,random", "--seeds", 2, "--json");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    List<JsonNode> lines = json(run);
    assertThat(lines).hasSize(12);
    assertThat(lines.get(0).get("problem").asText()).isEqualTo("branin");
    assertThat(lines.get(0).get("strategy").asText()).isEqualTo("sobol");
    assertThat(lines.get(1).get("strategy").asText()).isEqualTo("random");
    assertThat(lines.get(11).get("problem").asText()).isEqualTo("mixed");
    assertThat(lines)
        .allMatch(line -> line.get("regret").get("final").get("q25").asDouble() >= 0)
        .allMatch(line -> line.has("ms-per-suggestion") && line.has("wall-seconds"));
  }

  @Test
  void quality_withPruners_comparesEachStrategyWithEach() throws IOException {
    CommandLineRun run =
        quality(
            "--study",
            study("curves"),
            "--strategies",
            "random",
            "--pruners",
            "asha,none",
            "--baseline",
            "random+none",
            "--set",
            "pruner.eta=2",
            "--seeds",
            5,
            "--json");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    List<JsonNode> lines = json(run);
    assertThat(lines)
        .extracting(line -> line.get("strategy").asText())
        .containsExactly("random+asha", "random+none");
    assertThat(lines.get(0).has("p-value")).isTrue();
  }

  @Test
  void quality_settingOfManyPruners_isRefused() throws IOException {
    CommandLineRun run =
        quality(
            "--study",
            study("curves"),
            "--strategies",
            "random",
            "--pruners",
            "asha,median",
            "--set",
            "pruner.eta=2",
            "--seeds",
            1);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--set pruner.eta=2", "it names 2 others", "Maybe");
  }

  @Test
  void quality_ofMovedProblems_testsAgainstTheBaseline() throws IOException {
    CommandLineRun run =
        quality(
            "--study",
            study("branin"),
            study("mixed"),
            "--strategies",
            "sobol,quasi-random",
            "--baseline",
            "quasi-random",
            "--seeds",
            5,
            "--shifts",
            100);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("branin/100: minimize value", "mixed/100: ", "p against quasi-random", "CPU ms")
        .contains("regret of the best value");
  }

  @Test
  void quality_movedBesideRecordedRuns_isRefused() throws IOException {
    Path peers =
        Files.writeString(
            folder.resolve("peers.csv"),
            "peer,version,problem,budget,seed,regret_25\ntpe,4.9,branin,50,1,0.5\n");
    CommandLineRun run =
        quality(
            "--suite",
            "peers",
            "--strategies",
            "random",
            "--seeds",
            2,
            "--shifts",
            1,
            "--peers",
            peers);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--shifts 1: --peers were recorded on problems as they are");
  }

  @Test
  void quality_withoutTiming_isTheSameByteForByteOnAnyThreads() throws IOException {
    Object[] arguments = {
      "--study",
      study("branin"),
      study("mixed"),
      "--strategies",
      "random,quasi-random",
      "--seeds",
      4,
      "--workers",
      3,
      "--budget",
      40,
      "--json",
      "--no-timing"
    };
    var again = new ArrayList<Object>(List.of(arguments));
    again.addAll(List.of("--threads", 2));
    CommandLineRun first = quality(arguments);
    assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.DONE);
    assertThat(first.outLines()).hasSize(4);
    assertThat(quality(again.toArray()).out()).isEqualTo(first.out());
    assertThat(first.out()).doesNotContain("ms-per-suggestion", "wall-seconds");
  }

  @Test
  void quality_forPeople_showsTablesPeersAndRanks() throws IOException {
    Path peers = folder.resolve("peers.csv");
    var text = new StringBuilder("peer,version,problem,budget,seed,regret_25,regret_50\n");
    for (int seed = 0; seed < 5; seed++) {
      text.append("tpe,4.9,branin,50,%d,%s,%s%n".formatted(seed, 0.5 + seed, 0.01 * (seed + 1)));
    }
    Files.writeString(peers, text);
    CommandLineRun run =
        quality(
            "--study",
            study("branin"),
            "--strategies",
            "random,sobol",
            "--seeds",
            5,
            "--budget",
            50,
            "--target",
            1,
            "--peers",
            peers);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("branin: minimize value, 50 evaluations", "at 25", "at 50", "evaluations to 1")
        .contains("regret of the best value", "tpe *", "*: recorded runs of another system")
        .contains("Mean rank of the median end over 1 problem: branin", "  tpe * ");
  }

  @Test
  void quality_ofOneStrategy_takesItsSettings() throws IOException {
    Path file = study("branin");
    CommandLineRun four =
        quality(
            "--study",
            file,
            "--strategies",
            "grid",
            "--seeds",
            1,
            "--set",
            "strategy.levels=4",
            "--json",
            "--no-timing");
    CommandLineRun five =
        quality("--study", file, "--strategies", "grid", "--seeds", 1, "--json", "--no-timing");
    assertThat(four.status()).as(four.err()).isEqualTo(ExitStatus.DONE);
    assertThat(five.status()).as(five.err()).isEqualTo(ExitStatus.DONE);
    assertThat(four.out()).isNotEqualTo(five.out());
  }

  @Test
  void plot_ofRecords_writesADrawing() throws IOException {
    Path records = folder.resolve("records.jsonl");
    Path drawing = folder.resolve("curves.svg");
    CommandLineRun run =
        quality(
            "--study",
            study("branin"),
            study("levy8"),
            "--strategies",
            "random,sobol",
            "--seeds",
            3,
            "--records",
            records,
            "--json");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    CommandLineRun plot =
        CommandLineRun.of(
            "bench", "plot", records, "--out", drawing, "--problem", "branin", "--log");
    assertThat(plot.status()).as(plot.err()).isEqualTo(ExitStatus.DONE);
    assertThat(Files.readString(drawing))
        .contains(">branin<", ">regret<", ">sobol<")
        .doesNotContain(">levy8<");

    CommandLineRun wrong =
        CommandLineRun.of("bench", "plot", records, "--out", drawing, "--problem", "brannin");
    assertThat(wrong.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(wrong.err()).contains("no problem named 'brannin'. Maybe 'branin'.");
    CommandLineRun value =
        CommandLineRun.of("bench", "plot", records, "--out", drawing, "--value", "bst");
    assertThat(value.err())
        .contains("--value must be regret or best, but was 'bst'. Maybe 'best'.");
  }

  @Test
  void replay_ofTrials_tellsWhatBothSearchesFound() throws IOException {
    Path file = study("branin");
    CommandLineRun recorded =
        CommandLineRun.of(
            "run",
            file,
            "--json",
            "--quiet",
            "--set",
            "strategy=null",
            "--set",
            "strategy.name=sobol");
    assertThat(recorded.status()).as(recorded.err()).isEqualTo(ExitStatus.DONE);
    Path trials = Files.writeString(folder.resolve("trials.jsonl"), recorded.out());

    CommandLineRun run =
        CommandLineRun.of("replay", file, "--trials", trials, "--strategy", "random", "--seeds", 5);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("Replay of study 'branin': nothing is trained", "nearest of 30 recorded trials")
        .contains("The recorded search found value ")
        .contains("random", "evaluations to ");

    CommandLineRun lines =
        CommandLineRun.of(
            "replay", file, "--trials", trials, "--strategy", "random", "--budget", 60, "--json");
    JsonNode line = json(lines).get(0);
    assertThat(line.get("recorded-search").get("trials").asInt()).isEqualTo(30);
    assertThat(line.get("regret").get("final").get("median").asDouble()).isNotNegative();
    assertThat(line.get("to-target").has("reached")).isTrue();
  }

  @Test
  void quality_strategyThatRefusesAProblem_losesNoOtherResult() throws IOException {
    CommandLineRun run =
        quality(
            "--study",
            study("ackley10"),
            study("branin"),
            "--strategies",
            "grid,random",
            "--seeds",
            2,
            "--json");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err())
        .contains(
            "Problem 'ackley10' has no result of 'grid': Strategy 'grid': the grid must have");
    assertThat(json(run))
        .extracting(line -> line.get("problem").asText() + " " + line.get("strategy").asText())
        .containsExactly("ackley10 random", "branin grid", "branin random");
  }

  @Test
  void quality_whereNothingCompletes_saysSo() throws IOException {
    CommandLineRun run =
        quality(
            "--study",
            study("branin"),
            "--strategies",
            "random",
            "--seeds",
            2,
            "--set",
            "simulation.failures=1");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.err())
        .contains("Problem 'branin', strategy 'random': a trial must complete, but none did.");
  }

  @Test
  void quality_recordsThatDoNotFitOnTheDisk_saysSo() throws IOException {
    Path full = Path.of("/dev/full");
    assumeThat(full).exists();

    CommandLineRun run =
        quality(
            "--study", study("branin"), "--strategies", "random", "--seeds", 2, "--records", full);

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err())
        .contains("--records '/dev/full' cannot be written", "the disk is full")
        .doesNotContain("unexpected");
  }

  @Test
  void usage_thatIsWrong_saysWhatIsRight() throws IOException {
    Path file = study("branin");
    Object[][] commands = {
      {"--suite", "synthetics", "--strategies", "random", "--seeds", 2},
      {"--study", file, "--strategies", "random"},
      {"--study", file, "--strategies", "random", "--seeds", 0},
      {"--study", file, "--strategies", "random", "--seeds", 2_000_000_000},
      {"--study", file, "--strategies", "rndom", "--seeds", 2},
      {"--strategies", "random", "--seeds", 2},
      {"--study", folder.resolve("none.conf"), "--strategies", "random", "--seeds", 2},
      {"--study", file, "--strategies", "random", "--seeds", 2, "--budget", "many"},
      {"--study", file, "--strategies", "random", "--seeds", 2, "--budget", "0"},
      {"--suite", "macro", "--strategies", "random", "--seeds", 2, "--data", "no-such-folder"},
      {"--study", file, "--strategies", "random,sobol", "--seeds", 2, "--set", "strategy.a=1"},
      {"--study", file, file, "--strategies", "random", "--seeds", 2},
      {"--study", file, "--strategies", "random", "--seeds", 2, "--records", folder},
      {"--study", file, "--strategies", "random", "--seeds", 2, "--peers", file},
    };
    String[] messages = {
      "There is no suite named 'synthetics'. Maybe 'synthetic'.",
      "Missing required option: '--seeds=N'",
      "The number of seeds must be at least 1, but was 0.",
      "The number of seeds must be at most 1000000, but was 2000000000.",
      "There is no strategy named 'rndom'. Maybe 'random'.",
      "--suite",
      "none.conf' does not exist",
      "--budget must be a number of trials or a time with a unit",
      "--budget must be a number of trials or a time with a unit",
      "TROUPE_DATA",
      "--set strategy.a=1: a strategy's settings can be made where --strategies names it alone",
      "the name 'branin' again",
      "--records",
      "Recorded runs 'branin.conf'",
    };
    for (int i = 0; i < commands.length; i++) {
      CommandLineRun run = quality(commands[i]);
      assertThat(run.status()).as(messages[i]).isEqualTo(ExitStatus.USAGE);
      assertThat(run.err()).contains(messages[i]).doesNotContain("unexpected");
    }
    assertThat(CommandLineRun.of("bench").status()).isEqualTo(ExitStatus.USAGE);
    assertThat(CommandLineRun.of("bench").err()).contains("Maybe look at: troupe bench --help");
  }
}
