package dev.troupe.benchmarks;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.ConfigFactory;
import dev.troupe.actor.LedgerActor;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What it costs to have trials on the disk: trials per second, each of three facts (asked,
 * suggested, ended with three measurements) and five parameters, acknowledged when they are kept,
 * with 1 and with 64 trials in an append: through the ledger's actor to the disk, to PostgreSQL and
 * to memory; beside the program {@code sqlite3}, which inserts the same rows with a commit for
 * each. Then how long a study takes to be read, and how much room it takes.
 *
 * <p>Options: home (a folder to write to, a temporary one), seconds (of each measurement, 5),
 * postgres (a JDBC URL, none), trials (the numbers of trials to read, 10000,100000).
 */
public final class LedgerSpeed {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int BULK = 500;
  private static final int ROWS_A_TRIAL = 3;

  /** So that the ledger in memory fits. */
  private static final int MOST_TRIALS = 100_000;

  private final Arguments arguments;
  private final Path home;
  private final double seconds;
  private final String suffix = "-" + System.currentTimeMillis(); // where a database outlives this

  private LedgerSpeed(Arguments arguments, Path home) {
    this.arguments = arguments;
    this.home = home;
    this.seconds = Double.parseDouble(arguments.text("seconds"));
  }

  /** Prints a table, then a line for each study that is read. */
  public static void main(String[] line) throws IOException, InterruptedException, SQLException {
    Arguments arguments =
        Arguments.parse(
            line,
            Map.of(
                "home",
                System.getProperty("java.io.tmpdir"),
                "seconds",
                "5",
                "postgres",
                "",
                "trials",
                "10000,100000"));
    Path home = Files.createTempDirectory(Path.of(arguments.text("home")), "ledger-speed");
    try {
      new LedgerSpeed(arguments, home).run();
    } finally {
      Folders.delete(home);
    }
  }

  private void run() throws IOException, InterruptedException, SQLException {
    System.out.println("trials/s, acknowledged when kept     1 pending   64 pending");
    double[] file = measure("file", "file (SQLite)");
    if (!arguments.text("postgres").isEmpty()) {
      measure(arguments.text("postgres"), "PostgreSQL");
    }
    double[] memory = measure("memory", "memory");
    System.out.printf(
        "  file / memory                     %10.3f   %10.3f%n",
        file[0] / memory[0], file[1] / memory[1]);
    if (SqliteProgram.isInstalled()) {
      List<String> rows = SqliteProgram.inserts(home.resolve("troupe.db"));
      for (String mode : List.of("DELETE", "WAL")) {
        Path copy = home.resolve("sqlite3-" + mode + ".db");
        double single = SqliteProgram.rate(copy, mode, rows, seconds) / ROWS_A_TRIAL;
        System.out.printf(
            "%-34s  %10.0f   (file is %.1f and %.1f times as fast)%n",
            "sqlite3, a commit a row, " + mode, single, file[0] / single, file[1] / single);
      }
    } else {
      System.out.println("The program sqlite3 is not installed.");
    }
    for (String trials : arguments.text("trials").split(",")) {
      measureReading(Integer.parseInt(trials));
    }
  }

  private double[] measure(String setting, String label) {
    double[] rates = new double[2];
    for (int round = 0; round < 2; round++) { // the first one warms up
      for (int i = 0; i < rates.length; i++) {
        int pending = i == 0 ? 1 : 64;
        rates[i] = rate(open(setting, "speed-%d-%d%s".formatted(pending, round, suffix)), pending);
      }
    }
    System.out.printf("%-34s  %10.0f   %10.0f%n", label, rates[0], rates[1]);
    return rates;
  }

  private Behavior<LedgerActor.Command> open(String setting, String study) {
    return open(setting, study, home);
  }

  private static Behavior<LedgerActor.Command> open(String setting, String study, Path folder) {
    return Ledgers.find(setting).open(setting, study, folder);
  }

  private double rate(Behavior<LedgerActor.Command> behavior, int pending) {
    ActorSystem<LedgerActor.Command> ledger = start(behavior);
    long start = System.nanoTime();
    long trials = 0;
    while (trials < MOST_TRIALS && System.nanoTime() - start < seconds * 1e9) {
      append(ledger, events(trials, pending));
      trials += pending;
    }
    double rate = trials / ((System.nanoTime() - start) / 1e9);
    stop(ledger);
    return rate;
  }

  private static ActorSystem<LedgerActor.Command> start(Behavior<LedgerActor.Command> behavior) {
    return ActorSystem.create(
        behavior,
        "ledger-speed",
        ConfigFactory.parseResources(LedgerSpeed.class.getClassLoader(), "troupe-akka.conf")
            .withFallback(ConfigFactory.load()));
  }

  private static void stop(ActorSystem<?> system) {
    system.terminate();
    system.getWhenTerminated().toCompletableFuture().join();
  }

  private static void append(ActorSystem<LedgerActor.Command> ledger, List<StudyEvent> events) {
    LedgerActor.Reply reply =
        AskPattern.<LedgerActor.Command, LedgerActor.Reply>ask(
                ledger,
                replyTo -> new LedgerActor.Append(events, replyTo),
                PATIENCE,
                ledger.scheduler())
            .toCompletableFuture()
            .join();
    if (reply instanceof LedgerActor.AppendFailed failed) {
      throw new IllegalStateException(failed.reason());
    }
  }

  private void measureReading(int trials) throws IOException {
    Path folder = home.resolve("read-" + trials);
    ActorSystem<LedgerActor.Command> writer = start(open("file", "writer", folder));
    for (int from = 0; from < trials; from += BULK) {
      append(writer, events(from, Math.min(BULK, trials - from)));
    }
    stop(writer);
    double[] millis = new double[5];
    for (int round = 0; round < millis.length; round++) {
      long start = System.nanoTime();
      int found = Ledgers.find("file").reader("file", folder).read("writer").events().size();
      millis[round] = (System.nanoTime() - start) / 1e6;
      if (found != 3 * trials) {
        throw new IllegalStateException("%d events of %d".formatted(found, 3 * trials));
      }
    }
    long bytes = Folders.databaseSize(folder);
    System.out.printf(
        "%d trials: read in %.0f ms at first, %.0f ms at best; %.0f bytes per trial%n",
        trials,
        millis[0],
        IntStream.range(1, millis.length).mapToDouble(i -> millis[i]).min().orElseThrow(),
        (double) bytes / trials);
  }

  private static List<StudyEvent> events(long after, int trials) {
    var events = new ArrayList<StudyEvent>(3 * trials);
    for (long number = after + 1; number <= after + trials; number++) {
      TrialId trial = TrialId.of(number);
      double x = 1.0 / number;
      Suggestion suggestion =
          Suggestion.evaluate(
              Configuration.empty()
                  .with("learning-rate", x)
                  .with("momentum", 1 - x)
                  .with("layers", number % 5)
                  .with("dropout", x / 2)
                  .with("activation", "relu"));
      List<Measurement> measurements =
          IntStream.rangeClosed(1, 3)
              .mapToObj(step -> new Measurement(step, Metrics.of("accuracy", x * step), step))
              .toList();
      events.add(new StudyEvent.StrategyAsked("speed", List.of(trial), Map.of(), 1, 1, 1e-5));
      events.add(new StudyEvent.TrialSuggested("speed", trial, suggestion));
      events.add(
          new StudyEvent.TrialEnded(
              "speed",
              Instant.ofEpochSecond(1_800_000_000 + number),
              new EndedTrial(
                  trial,
                  suggestion,
                  measurements,
                  new Outcome.Completed(Metrics.of("accuracy", 3 * x)),
                  3)));
    }
    return events;
  }
}
