package dev.troupe.benchmarks;

import akka.actor.typed.ActorSystem;
import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.AskPattern;
import com.typesafe.config.ConfigFactory;
import dev.troupe.actor.LedgerActor;
import dev.troupe.ledger.FileLedgerProvider;
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
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What it costs to have trials on the disk: trials per second, each of three events (asked,
 * suggested, ended with three measurements) and five parameters, through the ledger's actor with 1
 * and with 64 trials in an append, beside the ledger in memory and beside plain inserts of rows of
 * that size through JDBC with a commit for each; then how long a study takes to be read, and how
 * much room it takes.
 *
 * <p>Arguments: the folder to write to (a temporary one), the seconds of each measurement (5), and
 * the numbers of trials to read (10,000 and 100,000).
 */
public final class LedgerSpeed {

  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final int BULK = 500;

  /** So that the ledger in memory fits. */
  private static final int MOST_TRIALS = 100_000;

  private final Path home;
  private final double seconds;

  private LedgerSpeed(Path home, double seconds) {
    this.home = home;
    this.seconds = seconds;
  }

  /** Prints a line for each measurement. */
  public static void main(String[] arguments) throws IOException, SQLException {
    Path parent =
        Path.of(arguments.length > 0 ? arguments[0] : System.getProperty("java.io.tmpdir"));
    double seconds = arguments.length > 1 ? Double.parseDouble(arguments[1]) : 5;
    int[] sizes =
        arguments.length > 2
            ? Stream.of(arguments).skip(2).mapToInt(Integer::parseInt).toArray()
            : new int[] {10_000, 100_000};
    Path home = Files.createTempDirectory(parent, "ledger-speed");
    var speed = new LedgerSpeed(home, seconds);
    try {
      speed.run(sizes);
    } finally {
      delete(home);
    }
  }

  private void run(int[] sizes) throws IOException, SQLException {
    for (int pending : new int[] {1, 64}) {
      for (int round = 0; round < 2; round++) { // the first one warms up
        double memory = rate(LedgerActor.inMemory(), pending);
        double file = rate(open("speed-" + pending + "-" + round, home), pending);
        if (round == 1) {
          System.out.printf("%2d pending: memory  %10.0f trials/s%n", pending, memory);
          System.out.printf("%2d pending: file    %10.0f trials/s%n", pending, file);
        }
      }
    }
    for (String mode : List.of("WAL", "DELETE")) {
      double rows = plainInserts(mode);
      System.out.printf(
          "plain inserts, a commit each, journal_mode=%s, synchronous=FULL: %.0f rows/s, %.0f trials/s%n",
          mode, rows, rows / 3);
    }
    for (int trials : sizes) {
      measureReading(trials);
    }
  }

  private static Behavior<LedgerActor.Command> open(String study, Path home) {
    return new FileLedgerProvider().open("file", study, home);
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
    ActorSystem<LedgerActor.Command> writer = start(open("writer", folder));
    for (int from = 0; from < trials; from += BULK) {
      append(writer, events(from, Math.min(BULK, trials - from)));
    }
    stop(writer);
    double[] millis = new double[5];
    for (int round = 0; round < millis.length; round++) {
      long start = System.nanoTime();
      int found = new FileLedgerProvider().reader("file", folder).read("writer").events().size();
      millis[round] = (System.nanoTime() - start) / 1e6;
      if (found != 3 * trials) {
        throw new IllegalStateException("%d events of %d".formatted(found, 3 * trials));
      }
    }
    long bytes = size(folder);
    System.out.printf(
        "%d trials: read in %.0f ms at first, %.0f ms at best; %.0f bytes per trial%n",
        trials,
        millis[0],
        IntStream.range(1, millis.length).mapToDouble(i -> millis[i]).min().orElseThrow(),
        (double) bytes / trials);
  }

  private double plainInserts(String mode) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("plain-" + mode + ".db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = " + mode);
      statement.execute("PRAGMA synchronous = FULL");
      statement.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, study TEXT, payload BLOB)");
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO rows (study, payload) VALUES ('plain', ?)")) {
        insert.setBytes(1, new byte[100]);
        long start = System.nanoTime();
        long rows = 0;
        while (System.nanoTime() - start < seconds * 1e9) {
          insert.executeUpdate();
          rows++;
        }
        return rows / ((System.nanoTime() - start) / 1e9);
      }
    }
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

  private static long size(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("troupe.db"))
          .mapToLong(file -> file.toFile().length())
          .sum();
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
