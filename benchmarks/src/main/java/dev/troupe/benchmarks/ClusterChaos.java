package dev.troupe.benchmarks;

import dev.troupe.KeptStudies;
import dev.troupe.KeptStudy;
import dev.troupe.Troupe;
import dev.troupe.cluster.Endpoint;
import dev.troupe.study.TrialState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What a study survives: a daemon and two workers on loopback, of which one is killed in the middle
 * of a trial, the other one is frozen for a minute, the connection between daemon and a worker is
 * cut while both still see the other worker, connections are broken and slow, and the daemon is
 * frozen, killed and started again. Prints how many seconds it took until a lost trial went
 * elsewhere, and whether each trial was counted once.
 *
 * <p>Arguments: {@code --trials 450}, {@code --seconds 2} of a trial, {@code --slots 2} of each
 * worker, {@code --freeze 60} and {@code --cut 60} seconds.
 */
public final class ClusterChaos {

  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration DAEMON_FREEZE = Duration.ofSeconds(20);
  private static final String DAEMON_HOST = "127.0.0.1";

  /** A line that a daemon printed. */
  private record Line(long millis, String kind, long trial, int attempt, String detail) {

    static Line parse(String text) {
      String[] parts = text.split(" ", 5);
      return new Line(
          Long.parseLong(parts[0]),
          parts[1],
          Long.parseLong(parts[2]),
          Integer.parseInt(parts[3]),
          parts[4]);
    }
  }

  /** A worker behind a proxy of its own. */
  private final class Worker {
    private final String name;
    private final Endpoint bind;
    private final TcpProxy proxy;
    private @Nullable Process process;

    Worker(String name, String host) throws IOException {
      this.name = name;
      this.bind = new Endpoint(host, freePort());
      this.proxy = new TcpProxy(new InetSocketAddress(host, bind.port()));
    }

    void start() throws IOException {
      process =
          ClusterNode.startWorker(
              home.resolve("join.conf"),
              name,
              slots,
              bind,
              new Endpoint(DAEMON_HOST, proxy.port()));
    }

    void kill() throws InterruptedException {
      if (process != null) {
        process.destroyForcibly().waitFor();
      }
    }

    void signal(String signal) throws IOException, InterruptedException {
      send(signal, process);
    }

    boolean has(Line line) {
      return line.detail().startsWith(name + "/") || line.detail().startsWith(name + "-");
    }
  }

  private final Path home;
  private final int slots;
  private final int trials;
  private final double seconds;
  private final List<Line> lines = new ArrayList<>();
  private final TcpProxy toDaemon;
  private final Endpoint daemonBind;
  private final Path studyFile;
  private final Worker first;
  private final Worker second;
  private @Nullable Process daemon;

  private ClusterChaos(Path home, Arguments arguments) throws IOException {
    this.home = home;
    slots = arguments.number("slots");
    trials = arguments.number("trials");
    seconds = Double.parseDouble(arguments.text("seconds"));
    daemonBind = new Endpoint(DAEMON_HOST, freePort());
    toDaemon = new TcpProxy(new InetSocketAddress(DAEMON_HOST, daemonBind.port()));
    first = new Worker("first", "127.0.0.2");
    second = new Worker("second", "127.0.0.3");
    studyFile = home.resolve("chaos.conf");
    Files.writeString(
        studyFile,
        """
        study { name = chaos, metric = loss, direction = minimize, parallelism = %d }
        space { x { type = float, low = 0, high = 1 } }
        strategy { name = random }
        estimator { name = sleeping, seconds = %s }
        budget { trials = %d }
        ledger = file
        """
            .formatted(2 * slots, seconds, trials));
  }

  private static void send(String signal, @Nullable Process process)
      throws IOException, InterruptedException {
    if (process != null) {
      new ProcessBuilder("kill", "-" + signal, Long.toString(process.pid())).start().waitFor();
    }
  }

  /** Returns a port that nobody uses on any address. */
  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Runs it all, and ends with status 1 if a trial was lost or counted twice. */
  public static void main(String[] line) throws Exception {
    Arguments arguments =
        Arguments.parse(
            line,
            Map.of("trials", "450", "seconds", "2", "slots", "2", "freeze", "60", "cut", "60"));
    Path home = Files.createTempDirectory("cluster-chaos");
    var chaos = new ClusterChaos(home, arguments);
    boolean good;
    try {
      chaos.run(arguments.number("freeze"), arguments.number("cut"));
      good = chaos.judge();
    } finally {
      chaos.close();
      ClusterScaling.delete(home);
    }
    System.exit(good ? 0 : 1);
  }

  private void run(int freezeSeconds, int cutSeconds) throws Exception {
    startDaemon();
    first.start();
    second.start();
    await(first::has);
    await(second::has);

    long killed = busy(second);
    second.kill();
    report("kill -9 of a worker", elsewhere(killed, second));
    second.start();
    awaitAfter(System.currentTimeMillis(), second::has, "it works again, as a new process");

    long frozen = busy(first);
    first.signal("STOP");
    report("a worker frozen for %d s".formatted(freezeSeconds), elsewhere(frozen, first));
    sleepUntil(frozen + 1000L * freezeSeconds);
    long thawed = System.currentTimeMillis();
    first.signal("CONT");
    awaitAfter(thawed, first::has, "it works again, thawed");

    long cut = busy(second);
    toDaemon.hold(second.bind.host());
    second.proxy.hold(DAEMON_HOST);
    report("connection cut for %d s".formatted(cutSeconds), elsewhere(cut, second));
    sleepUntil(cut + 1000L * cutSeconds);
    long healed = System.currentTimeMillis();
    toDaemon.heal();
    second.proxy.heal();
    awaitAfter(healed, second::has, "it works again, healed");

    long broken = busy(first);
    toDaemon.delay(100);
    for (int i = 0; i < 5; i++) {
      toDaemon.reset();
      first.proxy.reset();
      second.proxy.reset();
      sleepUntil(System.currentTimeMillis() + 1000);
    }
    toDaemon.delay(0);
    awaitAfter(
        broken + 5000, line -> line.kind().equals("ends"), "goes on after broken, slow lines");
    printLost("broken and slow connections", broken);

    long daemonFrozen = busy(first);
    send("STOP", daemon);
    sleepUntil(daemonFrozen + DAEMON_FREEZE.toMillis());
    long daemonThawed = System.currentTimeMillis();
    send("CONT", daemon);
    awaitAfter(
        daemonThawed,
        line -> line.kind().equals("begins"),
        "the daemon frozen for %d s, goes on".formatted(DAEMON_FREEZE.toSeconds()));
    await(line -> line.millis() > daemonThawed + 5000);
    printLost("the frozen daemon", daemonFrozen);

    long daemonKilled = busy(first);
    killDaemon();
    sleepUntil(daemonKilled + 5000);
    long restarted = System.currentTimeMillis();
    startDaemon();
    awaitAfter(
        restarted,
        line -> line.kind().equals("begins"),
        "daemon killed and started again, work goes on");
    await(line -> line.kind().equals("done"));
  }

  // Processes

  private void startDaemon() throws IOException, InterruptedException {
    Process process =
        ClusterNode.startDaemon(
            home, daemonBind, new Endpoint(DAEMON_HOST, toDaemon.port()), studyFile);
    daemon = process;
    var reader = new Thread(() -> read(process.inputReader()), "reader");
    reader.setDaemon(true);
    reader.start();
    long now = System.currentTimeMillis();
    await(line -> line.kind().equals("started") && line.millis() >= now);
  }

  private void killDaemon() throws InterruptedException {
    if (daemon != null) {
      daemon.destroyForcibly().waitFor();
    }
  }

  private void read(BufferedReader reader) {
    try {
      String text;
      while ((text = reader.readLine()) != null) {
        synchronized (this) {
          lines.add(Line.parse(text));
          notifyAll();
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void close() throws Exception {
    first.signal("CONT");
    first.kill();
    second.kill();
    killDaemon();
    toDaemon.close();
    first.proxy.close();
    second.proxy.close();
  }

  // What happened

  private synchronized Line await(Predicate<Line> wanted) throws InterruptedException {
    long deadline = System.currentTimeMillis() + PATIENCE.toMillis();
    while (true) {
      for (Line line : lines) {
        if (wanted.test(line)) {
          return line;
        }
      }
      long left = deadline - System.currentTimeMillis();
      if (left <= 0) {
        throw new IllegalStateException(
            "What was waited for did not come within %s.".formatted(PATIENCE));
      }
      wait(left);
    }
  }

  private void awaitAfter(long millis, Predicate<Line> wanted, String what)
      throws InterruptedException {
    Line line = await(each -> each.millis() > millis && wanted.test(each));
    report(what, line.millis() - millis);
  }

  private synchronized List<Line> since(long millis) {
    return lines.stream().filter(line -> line.millis() >= millis).toList();
  }

  /** Waits for a trial that has just begun on a worker, and lets it run for a third of its time. */
  private long busy(Worker worker) throws InterruptedException {
    long now = System.currentTimeMillis();
    Line line =
        await(each -> each.millis() > now && worker.has(each) && each.kind().equals("begins"));
    sleepUntil(line.millis() + Math.round(1000 * seconds / 3));
    return System.currentTimeMillis();
  }

  /** Returns the milliseconds until a trial that a worker had has begun on another one. */
  private long elsewhere(long millis, Worker worker) throws InterruptedException {
    Line lost = await(line -> line.millis() > millis && line.kind().equals("lost"));
    Line again =
        await(
            line ->
                line.kind().equals("begins")
                    && line.trial() == lost.trial()
                    && line.attempt() == lost.attempt() + 1
                    && !worker.has(line));
    return again.millis() - millis;
  }

  private void printLost(String what, long since) {
    System.out.printf(
        "trials lost to %s: %d%n",
        what, since(since).stream().filter(line -> line.kind().equals("lost")).count());
  }

  private static void sleepUntil(long millis) throws InterruptedException {
    Thread.sleep(Math.max(0, millis - System.currentTimeMillis()));
  }

  private static void report(String what, long millis) {
    System.out.printf("%-55s %6.1f s%n", what, millis / 1e3);
  }

  /** Prints and returns whether each trial was counted once. */
  private boolean judge() {
    Map<Long, Integer> ends = new TreeMap<>();
    since(0).stream()
        .filter(line -> line.kind().equals("ends"))
        .forEach(line -> ends.merge(line.trial(), 1, Integer::sum));
    KeptStudy kept;
    try (KeptStudies studies = Troupe.keptStudies("file", home)) {
      kept = studies.study("chaos");
    }
    long completed = kept.counts().getOrDefault(TrialState.COMPLETED, 0L);
    long twice = ends.values().stream().filter(count -> count > 1).count();
    long again = kept.trials().stream().filter(trial -> trial.attempts() > 1).count();
    System.out.printf(
        "trials: %d suggested, %d completed, %d told as ended, %d of them twice; %d ran again%n",
        kept.trials().size(), completed, ends.size(), twice, again);
    return kept.trials().size() == trials && completed == trials && twice == 0;
  }
}
