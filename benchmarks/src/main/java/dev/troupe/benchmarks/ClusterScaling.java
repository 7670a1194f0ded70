package dev.troupe.benchmarks;

import dev.troupe.Study;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.cluster.ClusterDaemon;
import dev.troupe.cluster.ClusterTimes;
import dev.troupe.cluster.DaemonSettings;
import dev.troupe.cluster.Endpoint;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * How the rate of trials grows with the workers: a daemon, and worker processes on loopback, each
 * with some slots, on trials that sleep; 0 workers are slots of the daemon itself. Studies are
 * durable, connections are encrypted. Efficiency is the rate over that of slots that are never
 * idle.
 *
 * <p>Arguments: {@code --workers 1,2,4}, {@code --slots 16} of each, {@code --seconds 0.5} of a
 * trial, {@code --rounds 40} of trials that each slot does, {@code --ledger file} or memory.
 */
public final class ClusterScaling {

  private final int slots;
  private final double seconds;
  private final int rounds;
  private final String ledger;

  private ClusterScaling(int slots, double seconds, int rounds, String ledger) {
    this.slots = slots;
    this.seconds = seconds;
    this.rounds = rounds;
    this.ledger = ledger;
  }

  /** Prints a line for each number of workers. */
  public static void main(String[] line) throws Exception {
    Arguments arguments =
        Arguments.parse(
            line,
            Map.of(
                "workers", "1,2,4", "slots", "16", "seconds", "0.5", "rounds", "40", "ledger",
                "file"));
    var scaling =
        new ClusterScaling(
            arguments.number("slots"),
            Double.parseDouble(arguments.text("seconds")),
            arguments.number("rounds"),
            arguments.text("ledger"));
    for (String workers : arguments.text("workers").split(",")) {
      scaling.run(Integer.parseInt(workers));
    }
  }

  private void run(int workers) throws Exception {
    Path home = Files.createTempDirectory("cluster-scaling");
    var processes = new ArrayList<Process>();
    try (ClusterDaemon daemon =
        ClusterDaemon.start(
            new DaemonSettings(
                home,
                home.resolve("join.conf"),
                new Endpoint("127.0.0.1", 0),
                null,
                workers == 0 ? Troupe.cpuSlots(slots) : List.of(),
                ClusterTimes.configured()))) {
      for (int i = 1; i <= workers; i++) {
        processes.add(
            ClusterNode.startWorker(home.resolve("join.conf"), "w" + i, slots, null, null));
      }
      warmUp(daemon.troupe(), home, Math.max(1, workers));
      measure(daemon.troupe(), home, workers);
    } finally {
      processes.forEach(Process::destroyForcibly);
      delete(home);
    }
  }

  /** Keeps all busy until each slot of each worker has been used. */
  private void warmUp(Troupe troupe, Path home, int workers) throws InterruptedException {
    Set<String> used = new HashSet<>();
    var all = new CountDownLatch(1);
    Study<?> study =
        start(
            troupe,
            home,
            "warm-up",
            workers * slots,
            1_000_000,
            event -> {
              if (event instanceof StudyEvent.AttemptStarted started
                  && used.add(started.device())
                  && used.size() == workers * slots) {
                all.countDown();
              }
            });
    all.await();
    study.stop(false);
    study.outcome().toCompletableFuture().join();
  }

  private void measure(Troupe troupe, Path home, int workers) {
    int parallelism = Math.max(1, workers) * slots;
    int trials = parallelism * rounds;
    var first = new AtomicLong();
    var last = new AtomicLong();
    Study<?> study =
        start(
            troupe,
            home,
            "measured",
            parallelism,
            trials,
            event -> {
              if (event instanceof StudyEvent.AttemptStarted) {
                first.compareAndSet(0, System.nanoTime());
              } else if (event instanceof StudyEvent.TrialEnded) {
                last.set(System.nanoTime());
              }
            });
    long completed = study.outcome().toCompletableFuture().join().completed();
    double took = (last.get() - first.get()) / 1e9;
    double rate = completed / took;
    System.out.printf(
        "%d workers x %d slots: %d trials of %.1f s in %.1f s, %.1f trials/s, efficiency %.1f %%%n",
        workers, slots, completed, seconds, took, rate, 100 * rate * seconds / parallelism);
  }

  private Study<?> start(
      Troupe troupe,
      Path home,
      String name,
      int parallelism,
      int trials,
      Consumer<StudyEvent> listener) {
    String text =
        """
        study { name = %s, metric = loss, direction = minimize, parallelism = %d }
        space { x { type = float, low = 0, high = 1 } }
        strategy { name = random }
        estimator { name = sleeping, seconds = %s }
        budget { trials = %d }
        ledger = %s
        """
            .formatted(name, parallelism, seconds, trials, ledger);
    StudyFile file = StudyFile.parse(home.resolve(name + ".conf"), text, List.of());
    return file.start(file.builder(troupe, List.of(listener)).home(home));
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
