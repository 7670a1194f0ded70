package dev.troupe.benchmarks;

import dev.troupe.KeptAttempt;
import dev.troupe.KeptStudies;
import dev.troupe.KeptTrial;
import dev.troupe.Troupe;
import dev.troupe.actor.LedgerReader;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Kills the process of a study with SIGKILL at random moments, many times, starting it again each
 * time, and compares its trials with those of the same study that nobody disturbed: identical, none
 * lost, none twice. Ends with status 1 if they are not.
 *
 * <p>Options: kills (300), trials (2,000), parallelism (4), millis (the longest that a trial takes,
 * 200), ledger (file, or a JDBC URL), home (a temporary folder), seed of the moments (1).
 *
 * <p>A moment is drawn evenly between 0.2 s after the start of the JVM, when it has not come to the
 * study yet, and some time after the study goes on, which is chosen so that the study outlasts the
 * kills.
 */
public final class Chaos {

  private static final double EARLIEST = 0.2;

  private static final List<String> OPTIONS =
      List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto");

  private final Arguments arguments;
  private final Path home;
  private final SplittableRandom random;
  private final List<Double> recoveries = new ArrayList<>();
  private int early;

  private Chaos(Arguments arguments, Path home) {
    this.arguments = arguments;
    this.home = home;
    this.random = new SplittableRandom(arguments.number("seed"));
  }

  /** Prints what happened. */
  public static void main(String[] line) throws IOException, InterruptedException {
    Arguments arguments =
        Arguments.parse(
            line,
            Map.of(
                "kills",
                "300",
                "trials",
                "2000",
                "parallelism",
                "4",
                "millis",
                "200",
                "ledger",
                "file",
                "home",
                "",
                "seed",
                "1"));
    boolean temporary = arguments.text("home").isEmpty();
    Path home =
        temporary ? Files.createTempDirectory("troupe-chaos") : Path.of(arguments.text("home"));
    try {
      if (!new Chaos(arguments, home).run()) {
        System.exit(1);
      }
    } finally {
      if (temporary) {
        Folders.delete(home);
      }
    }
  }

  private boolean run() throws InterruptedException {
    String suffix = "-" + System.currentTimeMillis(); // where a ledger outlives this program
    long start = System.nanoTime();
    finish("undisturbed" + suffix);
    double undisturbed = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "undisturbed: %d trials in %.1f s%n", arguments.number("trials"), undisturbed);
    start = System.nanoTime();
    int kills = killMany("disturbed" + suffix, arguments.number("trials") / undisturbed);
    finish("disturbed" + suffix);
    double disturbed = (System.nanoTime() - start) / 1e9;
    System.out.printf(
        "disturbed:   %d kills, %d of them before the study went on; %.1f s%n",
        kills, early, disturbed);
    recoveries.sort(null);
    System.out.printf(
        "recovery:    %.2f s median, %.2f s at most, from the start of the JVM to the first trial%n",
        recoveries.get(recoveries.size() / 2), recoveries.get(recoveries.size() - 1));
    return compare("undisturbed" + suffix, "disturbed" + suffix);
  }

  /** Kills the study as often as wanted, unless it comes to its end. */
  private int killMany(String name, double rate) throws InterruptedException {
    int most = arguments.number("kills");
    var ended = new AtomicInteger();
    double recovery = 1;
    for (int kills = 0; kills < most; kills++) {
      double left = arguments.number("trials") - ended.get();
      double after = timeAfterRecovery(0.8 * left / (most - kills), rate, recovery);
      double moment = EARLIEST + random.nextDouble() * (recovery - EARLIEST + after);
      Double took = killOnce(name, moment, ended);
      if (took == null) {
        early++;
        recovery = Math.max(recovery, moment); // so long at least
      } else {
        recoveries.add(took);
        recovery = Math.max(2 * EARLIEST, (3 * recovery + took) / 4);
      }
      if (ended.get() >= arguments.number("trials")) {
        return kills;
      }
      if ((kills + 1) % 50 == 0) {
        System.out.printf("  %d kills, %d trials have ended%n", kills + 1, ended.get());
      }
    }
    return most;
  }

  /**
   * Returns up to how long after the recovery to kill, so that {@code trials} end between two kills
   * on average, where many kills come before the recovery.
   */
  private static double timeAfterRecovery(double trials, double rate, double recovery) {
    double before = Math.max(0, recovery - EARLIEST);
    return (trials + Math.sqrt(trials * trials + 2 * rate * trials * before)) / rate;
  }

  /** Returns after how long the study went on, or null if it was killed before. */
  private @Nullable Double killOnce(String name, double moment, AtomicInteger ended)
      throws InterruptedException {
    var on = new AtomicLong();
    long start = System.nanoTime();
    try (ChildJvm child =
        start(
            name,
            line -> {
              if (line.equals("on")) {
                on.set(System.nanoTime());
              } else if (line.equals("ended")) {
                ended.incrementAndGet();
              }
            })) {
      while (System.nanoTime() - start < moment * 1e9 && child.isAlive()) {
        Thread.sleep(2);
      }
      child.kill();
    }
    return on.get() == 0 ? null : (Double) ((on.get() - start) / 1e9);
  }

  private void finish(String name) throws InterruptedException {
    try (ChildJvm child = start(name, line -> {})) {
      int status = child.await();
      if (status != 0) {
        throw new IllegalStateException("The study's process ended with status " + status);
      }
    }
  }

  private ChildJvm start(String name, Consumer<String> lines) {
    var line = new ArrayList<>(List.of("--name", name, "--home", home.toString()));
    for (String option : List.of("ledger", "trials", "parallelism", "millis")) {
      line.addAll(List.of("--" + option, arguments.text(option)));
    }
    return ChildJvm.start(ChaosStudy.class, OPTIONS, line, lines);
  }

  private boolean compare(String undisturbed, String disturbed) {
    List<KeptTrial> expected = trials(undisturbed);
    List<KeptTrial> found = trials(disturbed);
    int different = 0;
    for (int i = 0; i < Math.max(expected.size(), found.size()); i++) {
      String one = i < expected.size() ? describe(expected.get(i)) : "nothing";
      String other = i < found.size() ? describe(found.get(i)) : "nothing";
      if (!one.equals(other)) {
        different++;
        System.out.printf("differs: %s%n     was: %s%n", other, one);
      }
    }
    long repeated = found.stream().mapToLong(trial -> lost(trial)).sum();
    boolean once = isEachOnce(disturbed);
    System.out.printf(
        "trials:      %d, %d of them different, %s; %d runs were lost and begun anew%n",
        found.size(), different, once ? "each once" : "NOT each once", repeated);
    return different == 0 && once && found.size() == arguments.number("trials");
  }

  private static long lost(KeptTrial trial) {
    return trial.earlier().stream().filter(KeptAttempt::lost).count();
  }

  private List<KeptTrial> trials(String name) {
    try (KeptStudies studies = Troupe.keptStudies(arguments.text("ledger"), home)) {
      return studies.study(name).trials();
    }
  }

  /** All that is the same in every run. */
  private static String describe(KeptTrial trial) {
    return "%s %s %s %s %s"
        .formatted(
            trial.id(),
            trial.state(),
            trial.candidate(),
            trial.end() == null ? "" : trial.end().outcome(),
            trial.measurements().stream().map(each -> each.step() + ":" + each.metrics()).toList());
  }

  private boolean isEachOnce(String name) {
    Set<TrialId> suggested = new HashSet<>();
    Set<TrialId> ended = new HashSet<>();
    boolean once = true;
    for (StudyEvent event : facts(name)) {
      if (event instanceof StudyEvent.TrialSuggested suggestion) {
        once &= suggested.add(suggestion.trial());
      } else if (event instanceof StudyEvent.TrialEnded end) {
        once &= ended.add(end.trial().id());
      }
    }
    return once && suggested.equals(ended);
  }

  private List<StudyEvent> facts(String name) {
    String ledger = arguments.text("ledger");
    try (LedgerReader reader = Ledgers.find(ledger).reader(ledger, home)) {
      return reader.read(name).events();
    }
  }
}
