package dev.troupe.benchmarks;

import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/**
 * A real study, in as much device time with each trick: networks for pictures of Fashion-MNIST.
 *
 * <table>
 * <caption>Arms</caption>
 * <tr><th>full</th><td>random search, each trial trained to its end</td></tr>
 * <tr><th>asha</th><td>the same candidates, but only the best go on</td></tr>
 * <tr><th>curve</th><td>random search; a trial that will not become the best is stopped</td></tr>
 * <tr><th>inheritance</th><td>networks that grow by morphisms, with the weights of
 * their parents, and then 3 epochs</td></tr>
 * <tr><th>together</th><td>these, the best of which go on, if their curves promise it</td></tr>
 * </table>
 *
 * <p>For each seed the arm {@code full} gets {@code --trials}, and the others as much device time
 * as those took, or all of them {@code --device-seconds}. Each study is a line of JSON in {@code
 * --record}, and is not run again: what was interrupted goes on. Prints each, and medians over
 * seeds.
 *
 * <p>Options: {@code --arms full,asha,curve,inheritance,together}, {@code --seeds 3}, {@code
 * --first-seed 1}, {@code --trials 40}, {@code --images 6000} (a fifth of them judges), {@code
 * --epochs 9}, {@code --device-seconds 0}, {@code --record fashion.jsonl}, {@code --folder
 * benchmarks/fashion}, {@code --set} (a setting for all studies; several with semicolons).
 */
public final class FashionStudy {

  private static final String FULL = "full";
  private static final double SECONDS_PER_HOUR = 3600;

  /** A third of the epochs that all have by default. */
  private static final String HEIRS = "estimator.heir-epochs=3";

  private static final Map<String, List<String>> SETTINGS =
      Map.of(
          FULL,
          List.of(),
          "asha",
          List.of("strategy={name=asha}"),
          "curve",
          List.of("pruner={name=curve}"),
          "inheritance",
          List.of(HEIRS),
          "together",
          List.of(HEIRS, "strategy={name=asha,proposer=autokeras}", "pruner={name=curve}"));

  private static final List<String> MORPHING = List.of("inheritance", "together");

  private final Arguments arguments;
  private final Path record;
  private final List<FashionRun> runs = new ArrayList<>();

  private FashionStudy(Arguments arguments) throws IOException {
    this.arguments = arguments;
    this.record = Path.of(arguments.text("record"));
    if (Files.exists(record)) {
      Files.readAllLines(record).forEach(line -> runs.add(FashionRun.of(line)));
    }
  }

  /** Runs what is missing, and prints all. */
  public static void main(String[] line) throws IOException {
    var options = new HashMap<String, String>();
    options.put("arms", "full,asha,curve,inheritance,together");
    options.put("seeds", "3");
    options.put("first-seed", "1");
    options.put("trials", "40");
    options.put("images", "6000");
    options.put("epochs", "9");
    options.put("device-seconds", "0");
    options.put("record", "fashion.jsonl");
    options.put("folder", "benchmarks/fashion");
    options.put("set", "");
    new FashionStudy(Arguments.parse(line, options)).run();
  }

  private void run() throws IOException {
    List<String> arms = List.of(arguments.text("arms").split(","));
    int first = arguments.number("first-seed");
    System.out.println(
        "arm          seed  completed  pruned  paused  failed  validation    test  device-s  saved");
    for (int seed = first; seed < first + arguments.number("seeds"); seed++) {
      double seconds = Double.parseDouble(arguments.text("device-seconds"));
      for (String arm : arms) {
        FashionRun run = find(arm, seed);
        if (run == null) {
          run = run(arm, seed, allowed(arm, seed, seconds));
        }
        print(run);
      }
    }
    for (String arm : arms) {
      System.out.printf(
          Locale.ROOT,
          "%-12s median of %d seeds: validation %.4f, test %.4f, device-s %.0f, saved %.0f%n",
          arm,
          of(arm).size(),
          median(arm, FashionRun::validation),
          median(arm, FashionRun::test),
          median(arm, FashionRun::deviceSeconds),
          median(arm, FashionStudy::saved));
    }
  }

  /** Returns how long devices may be held, or 0 for the number of trials. */
  private double allowed(String arm, long seed, double seconds) {
    if (seconds > 0 || arm.equals(FULL)) {
      return seconds;
    }
    FashionRun full = find(FULL, seed);
    if (full == null) {
      throw new IllegalArgumentException(
          "Arm %s, seed %d: it gets the time that 'full' took, but that was not run. Maybe --arms full,%s or --device-seconds."
              .formatted(arm, seed, arm));
    }
    return full.deviceSeconds();
  }

  private FashionRun run(String arm, long seed, double seconds) throws IOException {
    List<String> settings = SETTINGS.get(arm);
    if (settings == null) {
      throw new IllegalArgumentException(
          "There is no arm '%s'. Maybe one of %s."
              .formatted(arm, SETTINGS.keySet().stream().sorted().toList()));
    }
    var overrides = new ArrayList<>(settings);
    overrides.add("study.seed=" + seed);
    overrides.add("estimator.train-limit=" + arguments.text("images"));
    overrides.add("estimator.epochs=" + arguments.text("epochs"));
    overrides.add(
        "budget.trials=" + (seconds > 0 ? Integer.MAX_VALUE : arguments.number("trials")));
    if (seconds > 0) {
      overrides.add("budget.device-hours=" + seconds / SECONDS_PER_HOUR);
    }
    if (!arguments.text("set").isEmpty()) {
      overrides.addAll(List.of(arguments.text("set").split(";")));
    }
    String name = MORPHING.contains(arm) ? "morphs.conf" : "cnn.conf";
    StudyFile file = StudyFile.load(Path.of(arguments.text("folder"), name), overrides);
    FashionRun run = FashionRun.of(arm, seed, scale(), result(file, arm));
    Files.writeString(
        record, run.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    runs.add(run);
    return run;
  }

  private static StudyResult result(StudyFile file, String arm) {
    try (Troupe troupe = file.startTroupe()) {
      var builder = file.builder(troupe, List.of()).isolation(file.isolation().inOwnJvm());
      StudyResult result = file.start(builder).outcome().toCompletableFuture().join();
      if (result.state() == StudyState.FAILED) {
        throw new IllegalStateException("Arm %s: %s".formatted(arm, result.reason()));
      }
      return result;
    }
  }

  private String scale() {
    return "%s trials, %s images, %s epochs, %s s, %s"
        .formatted(
            arguments.text("trials"),
            arguments.text("images"),
            arguments.text("epochs"),
            arguments.text("device-seconds"),
            arguments.text("set"));
  }

  private List<FashionRun> of(String arm) {
    return runs.stream()
        .filter(run -> run.arm().equals(arm) && run.scale().equals(scale()))
        .toList();
  }

  private @Nullable FashionRun find(String arm, long seed) {
    return of(arm).stream().filter(run -> run.seed() == seed).findFirst().orElse(null);
  }

  private static double saved(FashionRun run) {
    return run.saved().values().stream().mapToDouble(Double::doubleValue).sum();
  }

  private double median(String arm, ToDoubleFunction<FashionRun> amount) {
    return Quartiles.of(of(arm).stream().mapToDouble(amount).toArray()).median();
  }

  private static void print(FashionRun run) {
    System.out.printf(
        Locale.ROOT,
        "%-12s %4d %10d %7d %7d %7d %11.4f %7.4f %9.1f  %s%n",
        run.arm(),
        run.seed(),
        run.trials().getOrDefault("completed", 0L),
        run.trials().getOrDefault("pruned", 0L),
        run.trials().getOrDefault("paused", 0L),
        run.trials().getOrDefault("failed", 0L),
        run.validation(),
        run.test(),
        run.deviceSeconds(),
        run.saved());
  }
}
