package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Daemons, and studies that are handed to them. */
@Timeout(120)
class ServeCommandTest {

  @TempDir Path folder;

  private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

  private Path study(String name, String ledger, int trials) throws IOException {
    Path file = folder.resolve(name + ".conf");
    Files.writeString(
        file,
        """
        study { name = %s, metric = value, direction = minimize, parallelism = 2 }
        space = infer
        estimator { name = synthetic, problem = branin }
        budget { trials = %d }
        ledger = %s
        """
            .formatted(name, trials, ledger));
    return file;
  }

  private Path home() {
    return folder.resolve("home");
  }

  private ServedStudies served(Troupe troupe) {
    var out = new PrintStream(printed, true, StandardCharsets.UTF_8);
    return new ServedStudies(troupe, home(), new Terminal(out, out));
  }

  @Test
  void serve_untilDone_printsALineForEachStudyAndTheWorstStatus() throws Exception {
    Path hopeless = study("hopeless", "file", 2);
    Files.writeString(
        hopeless,
        Files.readString(hopeless)
            .replace("space = infer", "space { x { type = float, low = 0, high = 1 } }")
            .replace(
                "name = synthetic, problem = branin",
                "name = process, command = [sh, -c, \"exit 1\"]"));

    CommandLineRun run =
        CommandLineRun.of(
            "serve",
            study("a", "file", 3),
            study("b", "memory", 4),
            hopeless,
            "--home",
            home(),
            "--slots",
            2,
            "--until-done");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.FAILED);
    assertThat(run.outLines())
        .hasSize(3)
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("Study a: done, ")
                    .contains("3 completed", "best trial"))
        .anySatisfy(line -> assertThat(line).startsWith("Study b: done, ").contains("4 completed"))
        .anySatisfy(line -> assertThat(line).contains("2 failed", "no best trial"));
  }

  @Test
  void serve_cluster_writesTheJoinFileAndServesWithItsOwnSlots() throws Exception {
    CommandLineRun run =
        CommandLineRun.of(
            "serve",
            "--cluster",
            "--port",
            0,
            study("a", "file", 3),
            "--home",
            home(),
            "--slots",
            1,
            "--set",
            "cluster.lease=5s",
            "--until-done");

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    assertThat(run.err())
        .containsPattern("Workers join at 127.0.0.1:\\d+ with: troupe worker --join .*join.conf");
    assertThat(home().resolve("join.conf")).isNotEmptyFile();
  }

  @Test
  void serve_wrongArguments_areRefused() throws Exception {
    Path virtual = study("v", "file", 3);
    Files.writeString(
        virtual, Files.readString(virtual).replace("parallelism", "clock = virtual, parallelism"));

    requireRefused("a daemon's clock is real", "serve", virtual, "--home", home(), "--until-done");
    requireRefused("--slots must be auto", "serve", "--slots", "x", "--home", home());
    requireRefused(
        "cluster.lease must be at least 3 times",
        "serve",
        "--cluster",
        "--set",
        "cluster.lease=1s",
        "--home",
        home());
    requireRefused(
        "Maybe say where they do: --advertise",
        "serve",
        "--cluster",
        "--bind",
        "0.0.0.0",
        "--home",
        home());
    requireRefused("does not exist", "worker", "--join", folder.resolve("none"));
  }

  private static void requireRefused(String message, Object... arguments) {
    CommandLineRun run = CommandLineRun.of(arguments);
    assertThat(run.err()).contains(message);
    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
  }

  @Test
  void run_inAServedHome_isHandedOverAndPrintsTheSameAsEver() throws Exception {
    Path file = study("a", "file", 5);
    try (Troupe troupe = Troupe.start();
        DaemonLock lock = DaemonLock.acquire(home())) {
      ServedStudies served = served(troupe);
      try (var poller = new SubmissionPoller(lock.home(), served)) {
        poller.start();
        CommandLineRun run = CommandLineRun.of("run", file, "--home", home(), "--json");
        CommandLineRun again =
            CommandLineRun.of("run", file, "--home", home(), "--json", "--fresh");

        assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
        assertThat(run.err()).contains("Study a is handed to the daemon of");
        assertThat(run.outLines()).hasSize(6);
        for (int trial = 1; trial <= 5; trial++) {
          assertThat(run.outLines().get(trial - 1)).startsWith("{\"trial\":" + trial + ",");
        }
        assertThat(run.outLines().get(5)).contains("\"study\":\"a\"", "\"completed\":5");
        assertThat(again.outLines()).hasSize(6);
        assertThat(again.outLines().get(5)).contains("\"study\":\"a-2\"");
      }
      assertThat(printed.toString(StandardCharsets.UTF_8))
          .contains("Study a: done", "Study a-2: done");
    }
    try (var left = Files.list(home().resolve("submitted"))) {
      assertThat(left).isEmpty();
    }
  }

  @Test
  void run_studyThatTheDaemonRefuses_isToldWhy() throws Exception {
    CommandLineRun.of("run", study("a", "file", 2), "--home", home(), "--quiet");
    Path other = study("a", "file", 2);
    Files.writeString(other, Files.readString(other).replace("branin", "hartmann6"));
    try (Troupe troupe = Troupe.start();
        DaemonLock lock = DaemonLock.acquire(home());
        var poller = new SubmissionPoller(lock.home(), served(troupe))) {
      poller.start();
      requireRefused("Study 'a'", "run", other, "--home", home());
    }
  }

  @Test
  void submission_ofADaemonThatDied_isTakenUpByTheNextOne() throws Exception {
    Files.createDirectories(home());
    String id =
        new Submissions(home()).submit(StudyFile.load(study("a", "file", 3), List.of()), false);
    try (Troupe troupe = Troupe.start()) {
      ServedStudies served = served(troupe);
      try (var poller = new SubmissionPoller(home(), served)) {
        poller.start();
        var submissions = new Submissions(home());
        for (int tries = 0; tries < 600; tries++) {
          Submissions.Answer answer = submissions.answer(id);
          if (answer != null && answer.ended() && submissions.open().isEmpty()) {
            break; // it is answered first, and then no longer open
          }
          Thread.sleep(100);
        }
        assertThat(submissions.answer(id)).isEqualTo(new Submissions.Answer("a", null, true));
        assertThat(submissions.open()).isEmpty();
        submissions.remove(id);
        assertThat(submissions.answer(id)).isNull();
      }
    }
  }

  @Test
  void daemonLock_heldByAnother_namesIt() {
    assertThat(DaemonLock.holder(home())).isNull();
    try (DaemonLock lock = DaemonLock.acquire(home())) {
      assertThat(lock.home()).isEqualTo(home());
      assertThat(DaemonLock.holder(home())).isEqualTo("this process");
      assertThatThrownBy(() -> DaemonLock.acquire(home()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContainingAll("is served by this process already", "Maybe");
    }
    assertThat(DaemonLock.holder(home())).isNull();
  }
}
