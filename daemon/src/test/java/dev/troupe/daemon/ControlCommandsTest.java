package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What is asked of a study on the command line, while another command runs it and afterwards. */
@Timeout(120)
class ControlCommandsTest {

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
        while [ ! -e go ]; do sleep 0.05; done
        echo "{\\"step\\":1,\\"metrics\\":{\\"loss\\":$n}}"
        """);
    file =
        Files.writeString(
            folder.resolve("waiting.conf"),
            """
            study { metric = loss, direction = minimize, seed = 3 }
            space { n { type = int, low = 1, high = 1000 }, x { type = float, low = 0, high = 1 } }
            estimator { name = process, command = [sh, objective.sh] }
            budget { trials = 2 }
            devices { cpu-slots = 2 }
            ledger = file
            """);
  }

  private CommandLineRun command(Object... words) {
    var all = new ArrayList<Object>(List.of(words));
    all.addAll(List.of("--home", folder));
    return CommandLineRun.of(all.toArray());
  }

  private CommandLineRun run() {
    return command("run", file, "--quiet", "--json");
  }

  private void letGo() throws IOException {
    Files.writeString(folder.resolve("go"), "");
  }

  private static List<JsonNode> json(CommandLineRun run) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (String line : run.outLines()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  private CompletableFuture<CommandLineRun> runBeside() {
    CompletableFuture<CommandLineRun> run = CompletableFuture.supplyAsync(this::run);
    while (command("trials", "waiting", "--json").out().isEmpty()) {
      assertThat(run).isNotDone();
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return run;
  }

  private static CommandLineRun end(CompletableFuture<CommandLineRun> run) throws Exception {
    return run.get(60, TimeUnit.SECONDS);
  }

  @Test
  void commands_studyThatRuns_areDoneByWhoRunsIt() throws Exception {
    CompletableFuture<CommandLineRun> run = runBeside();

    CommandLineRun enqueued = command("enqueue", "waiting", "n=77", "x=1");
    CommandLineRun outside = command("enqueue", "waiting", "--json", "{\"n\":7000,\"x\":1}");
    CommandLineRun extended = command("extend", "waiting", "--trials", 4);
    CommandLineRun less = command("extend", "waiting", "--trials", 3);
    CommandLineRun paused = command("pause", "waiting");
    CommandLineRun parallel = command("parallelism", "waiting", 2);
    letGo();
    String listed = command("studies").out();
    CommandLineRun resumed = command("resume", "waiting");

    assertThat(enqueued.out())
        .isEqualToIgnoringNewLines("Study 'waiting' is asked to evaluate {n=77, x=1}.");
    assertThat(enqueued.status()).isEqualTo(ExitStatus.DONE);
    assertThat(outside.err()).contains("7000");
    assertThat(outside.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(extended.out()).contains("is asked to extend its budget to trials = 4.");
    assertThat(less.err()).contains("an extension must allow more than trials = 4");
    assertThat(paused.out()).contains("is asked to pause.");
    assertThat(parallel.out()).contains("is asked to keep 2 trials in flight.");
    assertThat(listed).contains("not ended, paused");
    assertThat(resumed.out()).contains("is asked to go on.");
    List<JsonNode> lines = json(end(run));
    assertThat(lines).hasSize(5);
    assertThat(lines.get(1).get("configuration").get("n").asInt()).isEqualTo(77);
    assertThat(lines.get(4).get("trials").get("completed").asInt()).isEqualTo(4);
  }

  @Test
  void stop_studyThatRuns_endsIt() throws Exception {
    CompletableFuture<CommandLineRun> run = runBeside();

    assertThat(command("stop", "waiting", "--now").out()).contains("is asked to stop now.");

    JsonNode result = json(end(run)).get(1);
    assertThat(result.get("state").asText()).isEqualTo("stopped");
    assertThat(result.get("trials").get("stopped").asInt()).isEqualTo(1);
  }

  @Test
  void commands_studyThatNobodyRuns_holdWhenItRunsAgain() throws Exception {
    letGo();
    run();

    CommandLineRun paused = command("pause", "waiting");
    CommandLineRun stopped = command("stop", "waiting");
    CommandLineRun extended = command("extend", "waiting", "--trials", 4);
    CommandLineRun enqueued = command("enqueue", "waiting", "n=77", "x=0.5");
    CommandLineRun outside = command("enqueue", "waiting", "n=77", "y=0.5");
    List<JsonNode> lines = json(run());

    assertThat(paused.err())
        .contains("Study 'waiting': it has ended, since the budget of 2 trials");
    assertThat(stopped.err()).contains("nobody runs it, so that there is nothing to stop");
    assertThat(stopped.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(extended.out()).contains("Nobody runs it: that holds when it is run again.");
    assertThat(enqueued.out()).contains("Nobody runs it: that waits until it is run again.");
    assertThat(outside.out()).contains("Nobody runs it: that waits until it is run again.");
    assertThat(lines).hasSize(5);
    assertThat(lines.get(2).get("configuration").get("n").asInt()).isEqualTo(77);
    assertThat(json(run())).as("once").hasSize(5);
  }

  @Test
  void run_pausedStudy_staysPausedUntilItIsResumed() throws Exception {
    CompletableFuture<CommandLineRun> first = runBeside();
    command("stop", "waiting", "--now");
    end(first);
    assertThat(command("pause", "waiting").out()).contains("that holds when it is run again");
    letGo();

    CompletableFuture<CommandLineRun> again = CompletableFuture.supplyAsync(this::run);
    while (!command("studies").out().contains("not ended, paused")) {
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    assertThat(command("parallelism", "waiting", 2).out()).contains("in flight.");
    assertThat(again).isNotDone();
    command("resume", "waiting");

    CommandLineRun ended = end(again);
    assertThat(json(ended)).hasSize(3);
  }

  @Test
  void delete_isSureOfItself() throws Exception {
    CompletableFuture<CommandLineRun> run = runBeside();

    CommandLineRun held = command("delete", "waiting", "--yes");
    letGo();
    end(run);
    CommandLineRun unsure = command("delete", "waiting");
    CommandLineRun sure = command("delete", "waiting", "--yes");

    assertThat(held.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(held.err()).contains("Study 'waiting' is written by process");
    assertThat(unsure.err()).contains("there is no terminal. Maybe --yes.");
    assertThat(sure.out()).contains("Study 'waiting' is deleted.");
    assertThat(command("studies").out()).doesNotContain("waiting");
    assertThat(command("pause", "waiting").err()).contains("Study 'waiting' is not on record.");
    assertThat(json(run())).as("begins anew").hasSize(3);
  }

  @Test
  void enqueue_withoutACandidate_saysHow() {
    assertThat(command("enqueue", "waiting").err()).contains("enqueue needs a candidate");
    assertThat(command("enqueue", "waiting", "x").err()).contains("KEY=VALUE, but got 'x'");
    assertThat(command("enqueue", "waiting", "--json", "[1]").err()).contains("needs an object");
    assertThat(command("extend", "waiting").err()).contains("An extension needs a limit");
  }
}
