package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The commands studies, trials, best and replay, and run on a study that is kept. */
@Timeout(120)
class KeptCommandsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path file;

  @BeforeEach
  void write() throws IOException {
    Files.writeString(
        folder.resolve("objective.sh"),
        """
        read -r request
        n=$(printf '%s' "$request" | sed 's/.*"n":\\([0-9]*\\).*/\\1/')
        if [ "$n" = 7 ]; then echo "out of sevens, sorry" >&2; exit 1; fi
        echo "{\\"step\\":1,\\"metrics\\":{\\"loss\\":$n}}"
        """);
    file =
        Files.writeString(
            folder.resolve("sevens.conf"),
            """
            study { metric = loss, direction = minimize, seed = 3 }
            space { n { type = int, low = 1, high = 9 } }
            strategy { name = grid, levels = 9 }
            estimator { name = process, command = [sh, objective.sh] }
            budget { trials = 8 }
            ledger = drawer
            """);
  }

  private CommandLineRun run(Object... more) {
    var all = new ArrayList<Object>(List.of("run", file, "--quiet", "--home", folder));
    all.addAll(List.of(more));
    return CommandLineRun.of(all.toArray());
  }

  private CommandLineRun read(Object... command) {
    var all = new ArrayList<Object>(List.of(command));
    all.addAll(List.of("--home", folder, "--ledger", "drawer"));
    return CommandLineRun.of(all.toArray());
  }

  private static List<JsonNode> json(CommandLineRun run) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (String line : run.outLines()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  @Test
  void run_endedStudy_printsTheSameAgain() throws IOException {
    List<JsonNode> first = json(run("--json"));
    List<JsonNode> again = json(run("--json"));

    assertThat(first).hasSize(9);
    assertThat(again.subList(0, 8)).isEqualTo(first.subList(0, 8));
    assertThat(again.get(8).get("trials")).isEqualTo(first.get(8).get("trials"));
    assertThat(again.get(8).get("best")).isEqualTo(first.get(8).get("best"));
  }

  @Test
  void run_largerBudget_extendsAndPrintsAllTrials() throws IOException {
    run();

    CommandLineRun extended = run("--json", "--set", "budget.trials=9");

    assertThat(json(extended)).hasSize(10);
    assertThat(json(extended).get(8).get("trial").asInt()).isEqualTo(9);
    assertThat(read("trials", "sevens").outLines()).hasSize(9);
  }

  @Test
  void run_otherEstimator_isRefusedWithTheRemedy() {
    run();

    CommandLineRun refused = run("--set", "estimator.command=[sh,other.sh]");

    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err())
        .contains("Study 'sevens': it must be the same as when it began, but its estimator was")
        .contains("objective.sh")
        .contains("other.sh")
        .contains("--fresh");
  }

  @Test
  void run_fresh_isKeptBesideIt() {
    run();

    CommandLineRun fresh = run("--fresh", "--set", "study.seed=4");

    assertThat(fresh.out()).contains("Study sevens-2: done");
    assertThat(read("studies").out()).contains("sevens  ").contains("sevens-2");
  }

  @Test
  void studies_json_isOneLineEach() throws IOException {
    run();

    List<JsonNode> studies = json(read("studies", "--json"));

    assertThat(studies).hasSize(1);
    JsonNode study = studies.get(0);
    assertThat(study.get("study").asText()).isEqualTo("sevens");
    assertThat(study.get("state").asText()).isEqualTo("done");
    assertThat(study.get("trials").get("completed").asInt()).isPositive();
    assertThat(study.get("best").get("metrics").get("loss").asDouble()).isEqualTo(1);
  }

  @Test
  void explain_anyTrial_saysWhatItWasBasedOn() throws IOException {
    run();

    CommandLineRun text = read("explain", "sevens", "3");
    JsonNode json = json(read("explain", "sevens", "3", "--json")).get(0);

    assertThat(text.status()).isEqualTo(ExitStatus.DONE);
    assertThat(text.outLines().get(0)).isEqualTo("trial 3 of sevens: completed, loss 3");
    assertThat(text.out()).contains("strategy grid", "point 3 of a grid of 9", "  n  3");
    assertThat(json.get("study").asText()).isEqualTo("sevens");
    assertThat(json.get("strategy").asText()).isEqualTo("grid");
    assertThat(json.get("settings").asText()).contains("levels", "9");
    assertThat(json.get("explanation").get("reason").asText()).contains("point 3 of a grid of 9");
  }

  @Test
  void explain_trialAtALowFidelity_saysHowWellThatRanks() throws IOException {
    file =
        Files.writeString(
            folder.resolve("curves.conf"),
            """
            study { name = curves, metric = value, direction = minimize, seed = 1 }
            space = infer
            strategy { name = random }
            estimator { name = synthetic, problem = curves, epochs = 20 }
            fidelity { axes { epochs = 3 } }
            budget { trials = 20 }
            ledger = drawer
            """);
    run();

    CommandLineRun text = read("explain", "curves", "1");

    assertThat(text.status()).as(text.err()).isEqualTo(ExitStatus.DONE);
    assertThat(text.out()).contains("(fidelity)", "{epochs=3.0}");
    assertThat(text.outLines().get(text.outLines().size() - 1))
        .matches(
            "its fidelity has a rank correlation of \\S+ .Kendall. with .*, over 5 candidates");
  }

  @Test
  void explain_noSuchStudyOrTrial_isRefusedWithTheRemedy() {
    run();

    assertThat(read("explain", "seven", "1").err())
        .contains("'seven' is not on record", "'sevens'");
    CommandLineRun unknown = read("explain", "sevens", "9");
    assertThat(unknown.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(unknown.err())
        .contains("Study 'sevens' has no trial 9, but 8 others. Maybe look at them: troupe trials");
    assertThat(read("explain", "sevens", "x").status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void trials_everyForm_tellsAll() throws IOException {
    run();

    List<JsonNode> trials = json(read("trials", "sevens", "--json"));
    List<String> rows = read("trials", "sevens", "--csv").outLines();

    assertThat(trials).hasSize(8);
    assertThat(trials.get(0).get("attempts").asInt()).isEqualTo(1);
    assertThat(trials.get(0).get("measurements")).hasSize(1);
    assertThat(rows.get(0))
        .isEqualTo(
            "trial,state,n,loss,weights,parent,attempts,failures,device,device-seconds,"
                + "lost-seconds,ended,reason");
    assertThat(rows).filteredOn(row -> row.matches("\\d+,.*")).hasSize(8);
    assertThat(rows).contains("out of sevens, sorry\""); // a quoted field may have lines
    assertThat(read("trials", "sevens").out()).contains("completed").contains("loss 1");
    assertThat(read("trials", "sevens", "--json", "--csv").status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void trials_jsonOfARetriedTrial_hasAllThatIsOnRecord() throws IOException {
    run("--set", "estimator.retries=1");

    JsonNode trial =
        json(read("trials", "sevens", "--json")).stream()
            .filter(each -> each.get("state").asText().equals("failed"))
            .findFirst()
            .orElseThrow();

    assertThat(trial.get("attempts").asInt()).isEqualTo(2);
    assertThat(trial.get("weights").get("source").asText()).isEqualTo("fresh");
    assertThat(trial.get("ended").asText()).matches("\\d{4}-.*Z");
    assertThat(trial.get("device").isNull()).isTrue(); // only GPUs are recorded
    JsonNode failure = trial.get("failures").get(0);
    assertThat(failure.get("attempt").asInt()).isEqualTo(1);
    assertThat(failure.get("reason").asText()).contains("out of sevens, sorry");
    assertThat(failure.get("lost").asBoolean()).isFalse();
    assertThat(failure.get("device-seconds").asDouble()).isPositive();
  }

  @Test
  void trials_measurementsAsCsv_isARowEach() {
    run();

    List<String> rows = read("trials", "sevens", "--csv", "--measurements").outLines();

    assertThat(rows.get(0)).isEqualTo("trial,attempt,step,seconds,loss");
    assertThat(rows).hasSize(8); // of eight trials, one failed before its first
    assertThat(rows.get(1)).matches("1,1,1,[0-9.E-]+,[0-9].0");
    CommandLineRun alone = read("trials", "sevens", "--measurements");
    assertThat(alone.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(alone.err()).contains("--measurements needs --csv");
  }

  @Test
  void run_withoutALedgerInTheFile_isKeptInTheHomeFolder() throws IOException {
    Files.writeString(file, Files.readString(file).replace("ledger = drawer", ""));
    var arguments = new Object[] {"run", file, "--home", folder, "--set", "budget.trials=4"};

    CommandLineRun first = CommandLineRun.of(arguments);
    CommandLineRun again = CommandLineRun.of(arguments);
    CommandLineRun more = CommandLineRun.of("run", file, "--home", folder, "--json", "--quiet");

    String kept = "kept     in %1$s (troupe trials sevens --home %1$s)".formatted(folder);
    assertThat(first.outLines()).contains("  " + kept);
    assertThat(again.outLines()).contains("  " + kept);
    assertThat(again.out()).contains("4 completed");
    assertThat(json(more)).hasSize(9);
    assertThat(more.out()).doesNotContain("troupe trials");
    assertThat(folder.resolve("troupe.db")).exists();
    assertThat(CommandLineRun.of("trials", "sevens", "--home", folder).outLines()).hasSize(8);
  }

  @Test
  void run_onTheVirtualClock_isKeptNowhere() throws IOException {
    Path simulated =
        Files.writeString(
            folder.resolve("simulated.conf"),
            """
            study { metric = value, direction = minimize, clock = virtual }
            space = infer
            estimator { name = synthetic, problem = branin }
            budget { trials = 4 }
            """);

    CommandLineRun run = CommandLineRun.of("run", simulated, "--home", folder);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).doesNotContain("kept");
    assertThat(folder.resolve("troupe.db")).doesNotExist();
    assertThat(CommandLineRun.of("replay", simulated, "--exact").err())
        .contains("ledger = memory keeps nothing");
  }

  @Test
  void replay_exact_comparesWithTheRecord() throws IOException {
    run();

    CommandLineRun equal = read("replay", file, "--exact");
    CommandLineRun other = read("replay", file, "--exact", "--set", "study.seed=4");
    CommandLineRun both = read("replay", file, "--exact", "--strategy", "random");
    CommandLineRun neither = read("replay", file);

    assertThat(equal.out()).isEqualTo("8 of 8 suggestions are equal." + System.lineSeparator());
    assertThat(equal.status()).isEqualTo(ExitStatus.DONE);
    assertThat(other.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(other.err()).contains("its seed was '3', and is '4'");
    assertThat(both.err()).contains("--exact is for the study's own strategy");
    assertThat(neither.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(neither.err()).contains("A replay needs a strategy");
  }

  @Test
  void readers_whileAnotherProcessRunsTheStudy_tellHowFarItIs() throws Exception {
    Files.writeString(
        folder.resolve("objective.sh"),
        """
        read -r request
        case "$request" in
          *'"trial":4,'*) until [ -e go ]; do sleep 0.05; done ;;
        esac
        echo "{\\"step\\":1,\\"metrics\\":{\\"loss\\":1}}"
        """);
    Files.writeString(file, Files.readString(file).replace("ledger = drawer", ""));
    Process process = start("run", file.toString(), "--quiet", "--home", folder.toString());
    try {
      while (!readFile("trials", "sevens", "--json").out().contains("\"trial\":4")) {
        assertThat(process.isAlive()).isTrue();
        Thread.sleep(50); // as a person would look again
      }

      List<JsonNode> trials = json(readFile("trials", "sevens", "--json"));
      assertThat(trials)
          .extracting(trial -> trial.get("state").asText())
          .containsExactly("completed", "completed", "completed", "running");
      assertThat(readFile("trials", "sevens", "--csv").outLines()).hasSize(5);
      assertThat(readFile("studies").out()).contains("not ended", "1 running, 3 completed");
      assertThat(readFile("best", "sevens").out()).startsWith("trial 1: loss 1");
      CommandLineRun second = CommandLineRun.of("run", file, "--home", folder);
      assertThat(second.status()).isEqualTo(ExitStatus.USAGE);
      assertThat(second.err()).contains("process " + process.pid());

      Files.createFile(folder.resolve("go"));
      assertThat(process.waitFor()).isZero();
      assertThat(readFile("studies").out()).contains("done", "8 completed");
    } finally {
      process.destroyForcibly();
    }
  }

  private CommandLineRun readFile(Object... command) {
    var all = new ArrayList<Object>(List.of(command));
    all.addAll(List.of("--home", folder));
    return CommandLineRun.of(all.toArray());
  }

  private Process start(String... arguments) throws IOException {
    var command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                "-XX:TieredStopAtLevel=1",
                Main.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve("process.log").toFile())
        .start();
  }

  @Test
  void best_tellsTheBestTrial() throws IOException {
    run();

    assertThat(read("best", "sevens").out()).contains("loss 1").contains("n  1");
    assertThat(json(read("best", "sevens", "--json")).get(0).get("metrics").get("loss").asInt())
        .isEqualTo(1);
  }

  @Test
  void trials_unknownStudy_suggestsTheNearest() {
    run();

    CommandLineRun unknown = read("trials", "seven");

    assertThat(unknown.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(unknown.err()).contains("Study 'seven' is not on record.").contains("sevens");
  }

  @Test
  void trials_damagedStudy_saysWhatCannotBeRead() {
    run("--set", "study.name=torn");

    CommandLineRun torn = read("trials", "torn");

    assertThat(torn.outLines()).hasSize(8);
    assertThat(torn.err()).contains("Study 'torn' is damaged: page 7 cannot be read");
  }

  @Test
  void trials_ledgerThatKeepsNothing_saysSo() {
    CommandLineRun memory = CommandLineRun.of("trials", "sevens", "--ledger", "memory");

    assertThat(memory.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(memory.err()).contains("ledger = memory keeps nothing");
  }

  @Test
  void replay_withoutTrials_takesThoseThatAreKept() {
    run();

    CommandLineRun replay = read("replay", file, "--strategy", "random");

    assertThat(replay.err()).isEmpty();
    assertThat(replay.status()).isEqualTo(ExitStatus.DONE);
    assertThat(replay.out()).contains("the nearest of 8 recorded trials");
  }
}
