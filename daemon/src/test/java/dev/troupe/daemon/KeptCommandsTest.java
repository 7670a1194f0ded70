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
  void trials_everyForm_tellsAll() throws IOException {
    run();

    List<JsonNode> trials = json(read("trials", "sevens", "--json"));
    List<String> rows = read("trials", "sevens", "--csv").outLines();

    assertThat(trials).hasSize(8);
    assertThat(trials.get(0).get("attempts").asInt()).isEqualTo(1);
    assertThat(trials.get(0).get("measurements")).hasSize(1);
    assertThat(rows.get(0)).isEqualTo("trial,state,n,loss,attempts,device-seconds,reason");
    assertThat(rows).filteredOn(row -> row.matches("\\d+,.*")).hasSize(8);
    assertThat(rows).contains("out of sevens, sorry\""); // a quoted field may have lines
    assertThat(read("trials", "sevens").out()).contains("completed").contains("loss 1");
    assertThat(read("trials", "sevens", "--json", "--csv").status()).isEqualTo(ExitStatus.USAGE);
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
