package dev.troupe.benchmarks;

import dev.troupe.Strategies;
import dev.troupe.Troupe;
import dev.troupe.codec.Envelope;
import dev.troupe.codec.EventCodec;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.stream.Stream;

/**
 * What a study does and says when its disk or its clock is in trouble: a full disk, a folder that
 * must not be written, one that is removed in mid-study, a clock that was set back by an hour, and
 * a PostgreSQL that is stopped and started in mid-study.
 *
 * <p>The first two mount a small file system in memory, for which the process has to be root; it is
 * said where that fails. Arguments: for PostgreSQL its URL, and the commands that stop and start
 * the server; without them this case is left out.
 */
public final class Trouble {

  private static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  private static final int TRIALS = 60;
  private static final int MIDDLE = 20;
  private static final long AWAY_MILLIS = 5_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private final Path folder;

  private Trouble(Path folder) {
    this.folder = folder;
  }

  /** Prints what happens in each case. */
  public static void main(String[] arguments) throws Exception {
    Path folder = Files.createTempDirectory("trouble");
    var trouble = new Trouble(folder);
    try {
      trouble.fullDisk();
      trouble.readOnlyFolder();
      trouble.removedFolder();
      trouble.clockSetBack();
      if (arguments.length == 3) {
        trouble.stoppedServer(arguments[0], arguments[1], arguments[2]);
      } else {
        System.out.println("== PostgreSQL: left out, since no URL and commands were given");
      }
    } finally {
      delete(folder);
    }
  }

  private void fullDisk() throws Exception {
    System.out.println("== Full disk");
    Path home = folder.resolve("full");
    if (!mount(home, "size=1m")) {
      return;
    }
    try {
      print("while it is full", () -> run("file", home, TRIALS, 4000, trial -> {}));
      count(home);
      command("mount -o remount,size=64m " + home);
      print("with more space", () -> run("file", home, TRIALS, 4000, trial -> {}));
    } finally {
      command("umount " + home);
    }
  }

  private void readOnlyFolder() throws Exception {
    System.out.println("== Read-only folder");
    Path home = folder.resolve("read-only");
    if (!mount(home, "size=8m")) {
      return;
    }
    try {
      print("before", () -> run("file", home, MIDDLE, 1, trial -> {}));
      command("mount -o remount,ro " + home);
      print("run", () -> run("file", home, TRIALS, 1, trial -> {}));
      count(home);
    } finally {
      command("umount " + home);
    }
  }

  private void removedFolder() {
    System.out.println("== Folder removed in mid-study");
    Path home = folder.resolve("removed");
    print(
        "run",
        () ->
            run(
                "file",
                home,
                TRIALS,
                1,
                trial -> {
                  if (trial == MIDDLE) {
                    delete(home);
                  }
                }));
  }

  /**
   * The record is moved an hour ahead, which is what it looks like after the clock was set back.
   */
  private void clockSetBack() throws SQLException {
    System.out.println("== Clock set back by an hour between two runs");
    Path home = folder.resolve("clock");
    print("first run", () -> run("file", home, MIDDLE, 1, trial -> {}));
    moveAhead(home.resolve("troupe.db"));
    print("second run", () -> run("file", home, TRIALS, 1, trial -> {}));
  }

  private static void moveAhead(Path database) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "SELECT persistence_id, sequence_number, event_payload FROM event_journal");
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE event_journal SET event_payload = ?"
                    + " WHERE persistence_id = ? AND sequence_number = ?")) {
      connection.setAutoCommit(false);
      while (row.next()) {
        String id = row.getString(1);
        long number = row.getLong(2);
        byte[] encoded = Envelope.open(id, number, row.getBytes(3));
        StudyEvent event = EventCodec.decode("trouble", encoded, new HashMap<>());
        update.setBytes(1, Envelope.seal(id, number, EventCodec.encode(moveAhead(event))));
        update.setString(2, id);
        update.setLong(3, number);
        update.addBatch();
      }
      update.executeBatch();
      connection.commit();
    }
  }

  private static StudyEvent moveAhead(StudyEvent event) {
    if (event instanceof StudyEvent.StudyStarted started) {
      return new StudyEvent.StudyStarted(
          started.study(),
          started.at().plus(HOUR),
          started.objectives(),
          started.strategy(),
          started.seed(),
          started.parallelism(),
          started.budget(),
          started.definition());
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      return new StudyEvent.TrialEnded(ended.study(), ended.at().plus(HOUR), ended.trial());
    } else if (event instanceof StudyEvent.StudyEnded ended) {
      Instant at = ended.at().plus(HOUR);
      return new StudyEvent.StudyEnded(
          ended.study(), at, ended.state(), ended.reason(), ended.test());
    }
    return event;
  }

  private void stoppedServer(String url, String stop, String start) throws Exception {
    System.out.println("== PostgreSQL stopped and started in mid-study");
    Thread away =
        new Thread(
            () -> {
              command(stop);
              pause(AWAY_MILLIS);
              command(start);
            });
    print(
        "run",
        () ->
            run(
                url,
                folder,
                TRIALS,
                1,
                trial -> {
                  if (trial == MIDDLE) {
                    away.start();
                  }
                }));
    away.join();
  }

  /** A study of short trials, which has to give its result whatever happens. */
  private static StudyResult run(
      String ledger, Path home, int trials, int values, TrialListener listener) {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      return troupe
          .study("trouble", SPACE)
          .minimize("loss")
          .strategy(Strategies.sobol())
          .budget(Budget.trials(trials))
          .parallelism(2)
          .seed(1)
          .ledger(ledger)
          .home(home)
          .start(
              (candidate, trial) -> {
                listener.onTrial(trial.id().number());
                pause(20);
                double[] curve = trial.random().doubles(values).toArray();
                trial.report(1, Metrics.of("loss", 1).withVector("curve", curve));
                return candidate.getDouble("x");
              })
          .outcome()
          .toCompletableFuture()
          .join();
    }
  }

  private interface TrialListener {
    void onTrial(long number) throws IOException;
  }

  private interface Case {
    StudyResult run();
  }

  private static void print(String what, Case attempt) {
    try {
      StudyResult result = attempt.run();
      System.out.printf(
          "%s: %s, %d completed in %.2f s: %s%n",
          what, result.state(), result.completed(), result.seconds(), result.reason());
    } catch (IllegalStateException | IllegalArgumentException e) {
      System.out.println(what + ": refused: " + e.getMessage());
    }
  }

  private static void count(Path home) {
    try (var studies = Troupe.keptStudies("file", home)) {
      System.out.println("on record: " + studies.summary("trouble").counts());
    }
  }

  private static boolean mount(Path home, String options) throws IOException {
    Files.createDirectories(home);
    boolean mounted = command("mount -t tmpfs -o " + options + " tmpfs " + home);
    if (!mounted) {
      System.out.println("left out: no file system could be mounted. Maybe run it as root.");
    }
    return mounted;
  }

  private static boolean command(String line) {
    try {
      return new ProcessBuilder(List.of("sh", "-c", line))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.INHERIT)
              .start()
              .waitFor()
          == 0;
    } catch (IOException e) {
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }

  private static void pause(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
