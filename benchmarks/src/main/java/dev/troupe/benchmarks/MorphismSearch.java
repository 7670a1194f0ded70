package dev.troupe.benchmarks;

import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

/**
 * What a search by morphisms finds in the time of one study beside others: the first study file
 * gets a number of trials, the others as much device time as those took. Prints the validation loss
 * of the best trial and the test scores of that for each seed, medians, and how probable as
 * consistent a lead over each other study would be by chance (Wilcoxon's signed ranks, two-sided;
 * five seeds give 0.0625 at best).
 *
 * <p>Options: {@code --studies} (names of files in the folder, the first being compared with the
 * others), {@code --folder benchmarks/autokeras}, {@code --trials 40}, {@code --seeds 5}, {@code
 * --set} (a setting for all studies, {@code estimator.epochs=3} say; several with semicolons).
 */
public final class MorphismSearch {

  private static final double SECONDS_PER_HOUR = 3600;
  private static final int MOST_EXACT = 30;

  private final Arguments arguments;

  private MorphismSearch(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Runs all studies and prints the table. */
  public static void main(String[] line) {
    var arguments =
        Arguments.parse(
            line,
            Map.of(
                "studies", "autokeras,random-morphism,random-chain",
                "folder", "benchmarks/autokeras",
                "trials", "40",
                "seeds", "5",
                "set", ""));
    new MorphismSearch(arguments).run();
  }

  private void run() {
    List<String> names = List.of(arguments.text("studies").split(",", -1));
    int seeds = arguments.number("seeds");
    var losses = new double[names.size()][seeds];
    var accuracies = new double[names.size()][seeds];
    System.out.println(
        "study            seed  trials  device-s  validation loss  test loss  test accuracy");
    for (int seed = 1; seed <= seeds; seed++) {
      double hours = 0;
      for (int i = 0; i < names.size(); i++) {
        StudyResult result = result(names.get(i), seed, hours);
        hours = i == 0 ? result.deviceHours() : hours;
        EndedTrial best = result.best();
        losses[i][seed - 1] = best == null ? Double.NaN : best.metrics().get("loss");
        accuracies[i][seed - 1] = result.test().getOrNaN("accuracy");
        System.out.printf(
            "%-15s %5d %7d %9.1f %16.4f %10.4f %14.4f%n",
            names.get(i),
            seed,
            result.completed(),
            result.deviceHours() * SECONDS_PER_HOUR,
            losses[i][seed - 1],
            result.test().getOrNaN("loss"),
            accuracies[i][seed - 1]);
      }
    }
    for (int i = 0; i < names.size(); i++) {
      System.out.printf(
          "%-15s median validation loss %.4f, median test accuracy %.4f%s%n",
          names.get(i),
          median(losses[i]),
          median(accuracies[i]),
          i == 0 ? "" : ", lead " + lead(losses[0], losses[i]));
    }
  }

  /**
   * Runs a study.
   *
   * @param hours of devices, or 0 for the number of trials
   */
  private StudyResult result(String name, int seed, double hours) {
    var overrides = new ArrayList<String>();
    overrides.add("study.seed=" + seed);
    overrides.add("budget.trials=" + (hours == 0 ? arguments.number("trials") : Integer.MAX_VALUE));
    if (hours > 0) {
      overrides.add("budget.device-hours=" + hours);
    }
    if (!arguments.text("set").isEmpty()) {
      overrides.addAll(List.of(arguments.text("set").split(";", -1)));
    }
    StudyFile file = StudyFile.load(Path.of(arguments.text("folder"), name + ".conf"), overrides);
    try (Troupe troupe = file.startTroupe()) {
      var builder = file.builder(troupe, List.of()).isolation(file.isolation().inOwnJvm());
      return file.start(builder).outcome().toCompletableFuture().join();
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }

  private static String lead(double[] first, double[] other) {
    int better = 0;
    for (int i = 0; i < first.length; i++) {
      better += first[i] < other[i] ? 1 : 0;
    }
    double chance =
        new WilcoxonSignedRankTest()
            .wilcoxonSignedRankTest(first, other, first.length <= MOST_EXACT);
    return "%d of %d seeds (p = %.4f)".formatted(better, first.length, chance);
  }
}
