package dev.troupe.benchmarks;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigFactory;
import dev.troupe.Strategies;
import dev.troupe.StrategyChoice;
import dev.troupe.StudyBuilder;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.estimator.Estimator;
import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * How many epochs strategies need on learning curves of TaskSet, on the virtual clock, to find what
 * random search at full fidelity finds in 200 trials (the median of the seeds): ratios of epochs
 * and of time, as medians over seeds, and then over tasks. A run that never gets there counts as
 * infinite.
 */
public final class PromotionSavings {

  private static final int RANDOM_TRIALS = 200;
  private static final int EPOCHS = 50;
  private static final int LONGEST = 2;
  private static final double SECONDS_PER_HOUR = 3600;

  private static final String FILE =
      """
      study     { name = %s, metric = loss, direction = minimize, parallelism = %d, clock = virtual }
      space     = infer
      infer     { log = [learning-rate, epsilon, l1, l2, linear-decay, exponential-decay] }
      estimator {
        name = table, file = "%s/%s.csv.gz"
        where { split = valid }
        join { file = "%s/configs.csv", on = config }
        parameters {
          learning-rate = learning_rate, beta1 = beta1, beta2 = beta2, epsilon = epsilon,
          l1 = l1, l2 = l2, linear-decay = linear_decay, exponential-decay = exponential_decay
        }
        lookup = rows
        metrics { loss = "e{epoch}" }
        fidelity { epochs { from = 1, to = 50 } }
        simulated-cost { median = 1, sigma = 0 }
      }
      """;

  /** What a run took. */
  private record Spent(double epochs, double seconds) {}

  private final Arguments arguments;
  private final int workers;

  private PromotionSavings(Arguments arguments) {
    this.arguments = arguments;
    this.workers = arguments.number("workers");
  }

  /**
   * Options: data (the folder of TaskSet), tasks and strategies (names, parted by semicolons; a
   * strategy may have settings in HOCON, as in {@code asha:proposer=gp-ucb,resource.eta=4}), seeds,
   * workers.
   */
  public static void main(String[] line) {
    var options = new HashMap<String, String>();
    options.put("data", "taskset");
    options.put(
        "tasks",
        "patch128_LSTM128_avg_bs64;patch128_LSTM128_bs64;patch32_GRU128_bs128;patch32_GRU64_avg_bs128;patch32_LSTM128_bs128;patch32_VRNN64_tanh_avg_bs128");
    options.put("strategies", "successive-halving;hyperband;asha;bohb;dehb");
    options.put("seeds", "5");
    options.put("workers", "1");
    new PromotionSavings(Arguments.parse(line, options)).run();
  }

  private void run() {
    List<String> tasks = List.of(arguments.text("tasks").split(";"));
    List<String> strategies = List.of(arguments.text("strategies").split(";"));
    var ratios = new HashMap<String, double[]>();
    var times = new HashMap<String, double[]>();
    for (int i = 0; i < tasks.size(); i++) {
      StudyFile file = file(tasks.get(i));
      try (Troupe troupe = file.startTroupe();
          Estimator estimator = file.createEstimator()) {
        double target = target(file, troupe, estimator);
        for (String strategy : strategies) {
          Spent median = median(file, troupe, estimator, strategy, target);
          ratios.computeIfAbsent(strategy, key -> new double[tasks.size()])[i] = median.epochs();
          times.computeIfAbsent(strategy, key -> new double[tasks.size()])[i] = median.seconds();
          System.out.printf(
              Locale.ROOT,
              "%-28s %-40s target %.6f epochs x %.4f time x %.4f%n",
              tasks.get(i),
              strategy,
              target,
              median.epochs(),
              median.seconds());
        }
      }
    }
    for (String strategy : strategies) {
      System.out.printf(
          Locale.ROOT,
          "%-69s median of tasks: epochs x %.4f time x %.4f%n",
          strategy,
          median(requireNonNull(ratios.get(strategy))),
          median(requireNonNull(times.get(strategy))));
    }
  }

  private StudyFile file(String task) {
    String data = arguments.text("data");
    String text = FILE.formatted(task.toLowerCase(Locale.ROOT), workers, data, task, data);
    return StudyFile.parse(Path.of("taskset.conf").toAbsolutePath(), text, List.of());
  }

  private double target(StudyFile file, Troupe troupe, Estimator estimator) {
    var losses = new double[arguments.number("seeds")];
    for (int seed = 0; seed < losses.length; seed++) {
      Budget budget = Budget.trials(RANDOM_TRIALS);
      StudyResult result =
          finish(file, troupe, estimator, Strategies.random(), budget, 1000 + seed);
      EndedTrial best = result.best();
      losses[seed] = best == null ? Double.NaN : best.metrics().get("loss");
    }
    return median(losses);
  }

  private Spent median(
      StudyFile file, Troupe troupe, Estimator estimator, String strategy, double target) {
    int seeds = arguments.number("seeds");
    var epochs = new double[seeds];
    var seconds = new double[seeds];
    double whole = RANDOM_TRIALS * EPOCHS;
    Budget budget =
        Budget.unlimited()
            .withTarget(target)
            .withVirtualTime(Duration.ofSeconds((long) (LONGEST * whole / workers)));
    for (int seed = 0; seed < seeds; seed++) {
      StudyResult result = finish(file, troupe, estimator, choice(strategy), budget, seed + 1);
      EndedTrial best = result.best();
      boolean isReached = best != null && best.metrics().get("loss") <= target;
      Double elapsed = result.virtualSeconds();
      epochs[seed] =
          isReached ? result.deviceHours() * SECONDS_PER_HOUR / whole : Double.POSITIVE_INFINITY;
      seconds[seed] =
          isReached && elapsed != null ? elapsed * workers / whole : Double.POSITIVE_INFINITY;
    }
    return new Spent(median(epochs), median(seconds));
  }

  private static StrategyChoice choice(String text) {
    int colon = text.indexOf(':');
    return colon < 0
        ? Strategies.named(text, Map.of())
        : Strategies.named(
            text.substring(0, colon),
            ConfigFactory.parseString(text.substring(colon + 1)).root().unwrapped());
  }

  private StudyResult finish(
      StudyFile file,
      Troupe troupe,
      Estimator estimator,
      StrategyChoice strategy,
      Budget budget,
      long seed) {
    StudyBuilder<Configuration> study =
        file.builder(troupe, List.of()).strategy(strategy).seed(seed).ledger("memory");
    StudyResult result =
        study.budget(budget).startWith(estimator).outcome().toCompletableFuture().join();
    if (result.state() == StudyState.FAILED) {
      throw new IllegalStateException(result.reason());
    }
    return result;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
