package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Whole studies from the command line, with programs as objectives. */
@Timeout(120)
class RunCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path study(String command, String more) throws IOException {
    return Files.writeString(
        folder.resolve("program.conf"),
        """
        study { metric = loss, direction = minimize, parallelism = 2, seed = 3 }
        space {
          x { type = float, low = -1, high = 1 }
          n { type = int, low = 1, high = 9 }
        }
        estimator { name = process, command = %s }
        budget { trials = 6 }
        ledger = memory
        %s
        """
            .formatted(command, more));
  }

  private Path script(String text) throws IOException {
    return Files.writeString(folder.resolve("objective.sh"), text);
  }

  private static List<JsonNode> json(CommandLineRun run) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (String line : run.outLines()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  private Path curves() throws IOException {
    return Files.writeString(
        folder.resolve("curves.conf"),
        """
        study { name = curves, metric = value, direction = minimize, seed = 1 }
        space = infer
        strategy { name = random }
        estimator { name = synthetic, problem = curves, epochs = 20 }
        budget { trials = 20 }
        ledger = memory
        """);
  }

  @Test
  void run_fidelitySet_searchesAtItAndChecksInFull() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("run", curves(), "--set", "fidelity.axes.epochs=3", "--json", "--quiet");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    List<JsonNode> lines = json(run);
    List<JsonNode> trials = lines.subList(0, lines.size() - 1);
    assertThat(trials).hasSize(20);
    long full = trials.stream().filter(trial -> trial.get("fidelity").isEmpty()).count();
    assertThat(full).isBetween(5L, 10L);
    assertThat(trials)
        .filteredOn(trial -> !trial.get("fidelity").isEmpty())
        .allMatch(trial -> trial.get("fidelity").get("epochs").asDouble() == 3);
    JsonNode result = lines.get(20);
    long best = result.get("best").get("trial").asLong();
    assertThat(trials)
        .filteredOn(trial -> trial.get("trial").asLong() == best)
        .allMatch(trial -> trial.get("fidelity").isEmpty());
    JsonNode level = result.get("fidelity").get("levels").get(0);
    assertThat(level.get("axes").get("epochs").asDouble()).isEqualTo(3);
    assertThat(level.get("pairs").asInt()).isGreaterThanOrEqualTo(4);
    assertThat(level.get("kendall").asDouble()).isBetween(-1.0, 1.0);
    assertThat(level.get("selected").asBoolean()).isFalse();
    assertThat(result.get("fidelity").get("cost-exponents").get("epochs").has("mean")).isTrue();
  }

  @Test
  void check_fidelitySet_tellsIt() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "check", curves(), "--set", "fidelity.axes.epochs=3", "--set", "fidelity.check=7");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains("fidelity   {epochs=3.0}, checked in full on 7");
  }

  @Test
  void run_shellScript_jsonIsOneLinePerTrialInOrderAndTheResult() throws IOException {
    script(
        """
        read -r request
        n=$(printf '%s' "$request" | sed 's/.*"n":\\([0-9]*\\).*/\\1/')
        echo "{\\"step\\":1,\\"metrics\\":{\\"loss\\":$n}}"
        """);
    CommandLineRun run =
        CommandLineRun.of("run", study("[sh, objective.sh]", ""), "--json", "--quiet");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    List<JsonNode> lines = json(run);
    assertThat(lines).hasSize(7);
    for (int i = 0; i < 6; i++) {
      JsonNode trial = lines.get(i);
      assertThat(trial.get("trial").asLong()).isEqualTo(i + 1);
      assertThat(trial.get("state").asText()).isEqualTo("completed");
      assertThat(trial.get("metrics").get("loss").asDouble())
          .isEqualTo(trial.get("configuration").get("n").asDouble());
      assertThat(trial.get("parent").isNull()).isTrue();
      assertThat(trial.get("fidelity").isObject()).isTrue();
    }
    JsonNode result = lines.get(6);
    assertThat(result.get("state").asText()).isEqualTo("done");
    assertThat(result.get("trials").get("completed").asInt()).isEqualTo(6);
    assertThat(result.get("best").get("metrics").get("loss").asDouble())
        .isEqualTo(
            lines.subList(0, 6).stream()
                .mapToDouble(trial -> trial.get("metrics").get("loss").asDouble())
                .min()
                .orElseThrow());
    assertThat(result.get("seed").asLong()).isEqualTo(3);
    assertThat(result.get("virtual-seconds").isNull()).isTrue();
  }

  @Test
  void run_logicalOrderOnOneAndTwoSlots_isTheSame() throws IOException {
    script(
        // all that is asked, but for the file in which a checkpoint may be written
        """
        read -r request
        asked=${request%%\\"checkpoint\\"*}
        echo "{\\"loss\\":$(printf '%s' "$asked" | cksum | cut -c1-4)}"
        """);
    Path file = study("[sh, objective.sh]", "study.order = logical");

    CommandLineRun one =
        CommandLineRun.of("run", file, "--json", "--quiet", "--set", "devices.cpu-slots=1");
    CommandLineRun two =
        CommandLineRun.of("run", file, "--json", "--quiet", "--set", "devices.cpu-slots=2");

    assertThat(one.outLines().subList(0, 6)).isEqualTo(two.outLines().subList(0, 6));
    assertThat(json(one).get(6).get("best")).isEqualTo(json(two).get(6).get("best"));
  }

  @Test
  void run_someTrialsFail_theRestCounts() throws IOException {
    script(
        """
        read -r request
        case "$request" in
          *'"trial":2,'*) echo garbage ;;
          *'"trial":3,'*) echo 'no such file' >&2; exit 7 ;;
          *'"trial":4,'*) sleep 60 ;;
          *) echo '{"loss":0.5}' ;;
        esac
        """);
    CommandLineRun run =
        CommandLineRun.of(
            "run", study("[sh, objective.sh]", "estimator.time-limit = 1s"), "--json", "--quiet");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    List<JsonNode> lines = json(run);
    assertThat(lines.get(1).get("reason").asText())
        .startsWith("Trial 2: 'sh objective.sh' broke the protocol")
        .contains("garbage");
    assertThat(lines.get(2).get("reason").asText()).contains("Trial 3", "7", "no such file");
    assertThat(lines.get(3).get("reason").asText()).contains("Trial 4", "1 s");
    assertThat(lines.get(6).get("trials").get("failed").asInt()).isEqualTo(3);
    assertThat(lines.get(6).get("trials").get("completed").asInt()).isEqualTo(3);
  }

  @Test
  void run_programIsMissing_noTrialCompletes() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("run", study("[no-such-program-anywhere]", ""), "--json", "--quiet");

    assertThat(run.status()).isEqualTo(ExitStatus.FAILED);
    List<JsonNode> lines = json(run);
    assertThat(lines.get(0).get("reason").asText()).contains("no-such-program-anywhere", "Maybe");
    assertThat(lines.get(6).get("best").isNull()).isTrue();
    assertThat(lines.get(6).get("trials").get("failed").asInt()).isEqualTo(6);
  }

  @Test
  void run_withoutJson_printsATable() throws IOException {
    script("echo '{\"loss\":0.25}'");
    CommandLineRun run = CommandLineRun.of("run", study("[sh, objective.sh]", ""), "--quiet");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("Study program: done", "6 completed", "best     trial 1: loss 0.25")
        .containsPattern("x +-?[0-9.]+");
  }

  @Test
  void run_set_winsOverTheFile() throws IOException {
    script("echo '{\"loss\":0.25}'");
    CommandLineRun run =
        CommandLineRun.of(
            "run",
            study("[sh, objective.sh]", ""),
            "--json",
            "--quiet",
            "--set",
            "budget.trials=2",
            "--set",
            "space.n.high=1");

    assertThat(run.outLines()).hasSize(3);
    assertThat(json(run).get(0).get("configuration").get("n").asInt()).isEqualTo(1);
  }

  @Test
  void run_metricsPort_isServedWhileItRuns() throws Exception {
    // The program waits at one pipe until its trial was seen, and for the answer at another.
    Path running = pipe("running");
    Path seen = pipe("seen");
    script("echo yes > running; read answer < seen; echo '{\"loss\":0.25}'");
    Path file = study("[sh, objective.sh]", "study.parallelism = 1\nbudget.trials = 1");
    int port = freePort();
    var run =
        CompletableFuture.supplyAsync(
            () -> CommandLineRun.of("run", file, "--quiet", "--metrics-port", port));

    Files.readString(running);
    String page =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:%d/metrics".formatted(port)))
                    .build(),
                HttpResponse.BodyHandlers.ofString())
            .body();
    Files.writeString(seen, "go\n", StandardOpenOption.WRITE);

    assertThat(page).contains("troupe_trials_parallelism{study=\"program\"} 1");
    assertThat(run.join().status()).isEqualTo(ExitStatus.DONE);
  }

  private Path pipe(String name) throws Exception {
    Path path = folder.resolve(name);
    assertThat(new ProcessBuilder("mkfifo", path.toString()).start().waitFor()).isZero();
    return path;
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Test
  void run_metricsPortThatIsNone_isRefused() throws IOException {
    CommandLineRun run =
        CommandLineRun.of("run", study("[true]", ""), "--quiet", "--metrics-port", "70000");

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("--metrics-port", "70000");
  }

  @Test
  void list_everything_namesWhatThereIs() {
    CommandLineRun run = CommandLineRun.of("list");

    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("random", "grid", "quasi-random", "process", "dl4j-mlp", "digits", "memory");
  }

  @Test
  void check_goodFile_showsSpaceAndSize() throws IOException {
    CommandLineRun run = CommandLineRun.of("check", study("[true]", ""));

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out()).contains("is valid", "x: a number", "uncountable", "random", "process");
  }

  @Test
  void check_fileWithoutAStrategy_showsWhichOneItGetsAndWhy() throws IOException {
    CommandLineRun run =
        CommandLineRun.of(
            "check",
            study("[true]", ""),
            "--set",
            "strategy=null",
            "--set",
            "study.parallelism=100");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.out())
        .contains("strategy   auto: tpe, since 100 trials are in flight at a time");
  }
}
