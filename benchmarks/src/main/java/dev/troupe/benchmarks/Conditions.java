package dev.troupe.benchmarks;

import dev.troupe.bench.Problem;
import dev.troupe.bench.QualityBenchmark;
import dev.troupe.bench.Row;
import dev.troupe.bench.Run;
import dev.troupe.bench.Suite;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.commons.math3.stat.inference.WilcoxonSignedRankTest;

/**
 * What it is worth to know under which conditions parameters exist: each strategy on the problems
 * of the suite {@code conditional}, and on the same without their conditions, with the same seeds.
 * Prints medians of the best value at the end, and how probable as consistent a difference would be
 * by chance (Wilcoxon's signed ranks, two-sided).
 *
 * <p>Options: {@code --strategies gp-ucb,tpe}, {@code --seeds 20}, {@code --trials 60}, {@code
 * --threads 2}.
 */
public final class Conditions {

  private static final List<String> PROBLEMS = List.of("mixed", "nested");

  /** Up to so many pairs the probability is exact. */
  private static final int MOST_EXACT = 30;

  private Conditions() {}

  /** Runs all strategies and prints the table. */
  public static void main(String[] line) {
    var arguments =
        Arguments.parse(
            line,
            Map.of("strategies", "gp-ucb,tpe", "seeds", "20", "trials", "60", "threads", "2"));
    List<String> strategies = List.of(arguments.text("strategies").split(",", -1));
    var options =
        new QualityBenchmark.Options(
            strategies, arguments.number("seeds"), arguments.number("threads"), null);
    System.out.printf("%-8s %-22s %15s %15s %12s%n", "problem", "strategy", "with", "without", "p");
    try (var benchmark = QualityBenchmark.of(options)) {
      for (String problem : PROBLEMS) {
        List<Row> with = rows(benchmark, problem, arguments.number("trials"));
        List<Row> without = rows(benchmark, problem + "-flat", arguments.number("trials"));
        for (int i = 0; i < strategies.size(); i++) {
          print(problem, strategies.get(i), ends(with.get(i)), ends(without.get(i)));
        }
      }
    }
  }

  private static List<Row> rows(QualityBenchmark benchmark, String name, int trials) {
    try (Problem problem =
        Suite.named("conditional").problem(name, null, List.of("budget.trials=" + trials))) {
      return benchmark.run(problem, (row, baseline, trajectories) -> {});
    }
  }

  private static double[] ends(Row row) {
    return row.runs().stream()
        .map(Run::values)
        .map(values -> Objects.requireNonNull(values.get(values.size() - 1)))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }

  private static void print(String problem, String strategy, double[] with, double[] without) {
    double chance =
        new WilcoxonSignedRankTest()
            .wilcoxonSignedRankTest(with, without, with.length <= MOST_EXACT);
    System.out.printf(
        "%-8s %-22s %15.5g %15.5g %12.2g%n",
        problem, strategy, median(with), median(without), chance);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int half = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
  }
}
