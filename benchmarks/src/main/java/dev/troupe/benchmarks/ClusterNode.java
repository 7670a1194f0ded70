package dev.troupe.benchmarks;

import dev.troupe.Study;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.cluster.ClusterDaemon;
import dev.troupe.cluster.ClusterTimes;
import dev.troupe.cluster.ClusterWorker;
import dev.troupe.cluster.DaemonSettings;
import dev.troupe.cluster.Endpoint;
import dev.troupe.cluster.WorkerSettings;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A member of a cluster in a process of its own. A daemon runs one study, and prints a line for
 * each event that the benchmark wants to know about: milliseconds of the time of day, kind, trial,
 * attempt, and the device.
 */
final class ClusterNode {

  private ClusterNode() {}

  /** Starts a worker's process. */
  static Process startWorker(
      Path joinFile, String name, int slots, @Nullable Endpoint bind, @Nullable Endpoint advertised)
      throws IOException {
    return start(
        "worker",
        joinFile.toString(),
        name,
        Integer.toString(slots),
        bind == null ? "" : bind.toString(),
        advertised == null ? "" : advertised.toString());
  }

  /** Starts a daemon's process. */
  static Process startDaemon(Path home, Endpoint bind, Endpoint advertised, Path studyFile)
      throws IOException {
    return start(
        "daemon", home.toString(), bind.toString(), advertised.toString(), studyFile.toString());
  }

  private static Process start(String... arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                ClusterNode.class.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
  }

  /** Is a worker or a daemon. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    if (arguments[0].equals("worker")) {
      beWorker(arguments);
    } else {
      beDaemon(arguments, out);
    }
  }

  private static void beWorker(String[] arguments) {
    ClusterWorker worker =
        ClusterWorker.start(
            new WorkerSettings(
                Path.of(arguments[1]),
                Troupe.cpuSlots(Integer.parseInt(arguments[3])),
                arguments[2],
                endpoint(arguments[4]),
                endpoint(arguments[5]),
                ClusterTimes.configured()));
    var unused = worker.ended().join();
  }

  private static @Nullable Endpoint endpoint(String text) {
    return text.isEmpty() ? null : Endpoint.parse(text);
  }

  private static void beDaemon(String[] arguments, PrintStream out) {
    Path home = Path.of(arguments[1]);
    try (ClusterDaemon daemon =
        ClusterDaemon.start(
            new DaemonSettings(
                home,
                home.resolve("join.conf"),
                Endpoint.parse(arguments[2]),
                Endpoint.parse(arguments[3]),
                List.of(),
                ClusterTimes.configured()))) {
      StudyFile file = StudyFile.load(Path.of(arguments[4]), List.of());
      Study<?> study =
          file.start(file.builder(daemon.troupe(), List.of(event -> print(event, out))).home(home));
      print(out, "started", 0, 0, "");
      study.outcome().toCompletableFuture().join();
      print(out, "done", 0, 0, "");
    }
  }

  private static void print(StudyEvent event, PrintStream out) {
    if (event instanceof StudyEvent.AttemptStarted started) {
      print(
          out,
          "begins",
          started.attempt().trial().number(),
          started.attempt().number(),
          started.device());
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      print(
          out,
          failed.lost() ? "lost" : "fails",
          failed.attempt().trial().number(),
          failed.attempt().number(),
          "");
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      print(out, "ends", ended.trial().id().number(), 0, ended.trial().state().name());
    }
  }

  private static void print(PrintStream out, String kind, long trial, int attempt, String detail) {
    out.printf("%d %s %d %d %s%n", System.currentTimeMillis(), kind, trial, attempt, detail);
    out.flush();
  }
}
