package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * Compares strategies: each runs on each problem with the seeds 1 to n, the same for all, so that
 * differences can be paired. The results depend on neither the number of threads nor timings, but
 * for {@link Row#effort}, provided that the problems are on the virtual clock or have one trial at
 * a time.
 *
 * <pre>{@code
 * var options = new QualityBenchmark.Options(List.of("random", "sobol"), 10, 2, null);
 * try (var benchmark = QualityBenchmark.of(options);
 *     Problem problem = Suite.named("peers").problem("branin", null, List.of())) {
 *   benchmark.run(problem, (row, random, trajectories) -> System.out.println(row.values(0)));
 * }
 * }</pre>
 *
 * Not thread safe.
 */
public final class QualityBenchmark implements AutoCloseable {

  /** The strategy that others are tested against unless another one is chosen. */
  static final String DEFAULT_BASELINE = "random";

  /**
   * What is compared, and how.
   *
   * @param strategies names that study files know, each once, at least one; {@code random+asha} is
   *     a strategy with another pruner than the problem's, {@code random+none} one without. What is
   *     the problem's own has the settings that it has there, others have their defaults
   * @param seeds how many, from 1 to 1,000,000
   * @param threads runs at the same time, at least 1
   * @param target a value of the main metric; how long it takes to see one as good is counted. Null
   *     for none
   * @param baseline the strategy that the others are tested against, one of them; null for {@code
   *     random} where that is one of them, and for no test where it is not
   */
  public record Options(
      List<String> strategies,
      int seeds,
      int threads,
      @Nullable Double target,
      @Nullable String baseline) {

    private static final int MOST_SEEDS = 1_000_000;

    /** Checks the ranges above; breaking one throws {@link IllegalArgumentException}. */
    public Options {
      strategies = List.copyOf(strategies);
      requireAtLeastOne("strategies", strategies.size());
      requireAtLeastOne("seeds", seeds);
      requireAtLeastOne("threads", threads);
      if (seeds > MOST_SEEDS) {
        throw new IllegalArgumentException(
            "The number of seeds must be at most %d, but was %d. Maybe 200."
                .formatted(MOST_SEEDS, seeds));
      }
      var seen = new HashSet<String>();
      for (String strategy : strategies) {
        Entrant.parse(strategy).requireKnown();
        if (!seen.add(strategy)) {
          throw new IllegalArgumentException(
              "A strategy must be named once, but '%s' is named again. Maybe remove one."
                  .formatted(strategy));
        }
      }
      if (baseline != null && !strategies.contains(baseline)) {
        throw new IllegalArgumentException(
            "The baseline must be one of the strategies, but '%s' is none of them. %s"
                .formatted(baseline, Nearest.hint(baseline, strategies)));
      }
      if (target != null && !Double.isFinite(target)) {
        throw new IllegalArgumentException(
            "The target must be finite, but was %s. Maybe leave it out.".formatted(target));
      }
    }

    /** Options with {@code random} as the baseline. */
    public Options(List<String> strategies, int seeds, int threads, @Nullable Double target) {
      this(strategies, seeds, threads, target, null);
    }

    /** Returns the name of the strategy that the others are tested against. */
    String effectiveBaseline() {
      return baseline == null ? DEFAULT_BASELINE : baseline;
    }

    private static void requireAtLeastOne(String what, int count) {
      if (count < 1) {
        throw new IllegalArgumentException(
            "The number of %s must be at least 1, but was %d. Maybe 10.".formatted(what, count));
      }
    }
  }

  /** Is told what came out, strategy after strategy in the order of the options. */
  @FunctionalInterface
  public interface Listener {
    /**
     * A strategy has done all its runs on a problem.
     *
     * @param row what came out
     * @param baseline what came out of the strategy that the others are tested against, or null if
     *     that is not compared
     * @param trajectories the runs in full, in the order of seeds
     */
    void completed(Row row, @Nullable Row baseline, List<Trajectory> trajectories);

    /**
     * A strategy has no row on a problem, since one of its runs failed. Unless overridden, this
     * ends the benchmark.
     *
     * @param reason what went wrong: the strategy refuses the problem's space, or a study failed
     */
    default void failed(Problem problem, String strategy, RuntimeException reason) {
      throw reason;
    }
  }

  private final Options options;
  private final ExecutorService executor;
  private final BlockingQueue<Stage> idle = new LinkedBlockingQueue<>();
  private final List<Stage> stages = new ArrayList<>();

  private QualityBenchmark(Options options) {
    this.options = options;
    this.executor =
        Executors.newFixedThreadPool(
            options.threads(),
            task -> {
              var thread = new Thread(task, "troupe-bench");
              thread.setDaemon(true);
              return thread;
            });
    for (int i = 0; i < options.threads(); i++) {
      var stage = new Stage();
      stages.add(stage);
      idle.add(stage);
    }
  }

  /** Returns a benchmark, whose threads live until it is closed. */
  public static QualityBenchmark of(Options options) {
    return new QualityBenchmark(options);
  }

  /**
   * Runs all strategies on a problem.
   *
   * @return a row for each strategy, in the order of the options, but for those that failed
   * @throws IllegalArgumentException if a strategy refuses the problem's space, and the listener
   *     does not let that pass, or the strategy is the baseline
   * @throws IllegalStateException if a study fails, likewise, or this thread is interrupted
   */
  public List<Row> run(Problem problem, Listener listener) {
    var running = new LinkedHashMap<String, List<Future<Stage.Performance>>>();
    String reference = options.effectiveBaseline();
    // The baseline goes first, so that the others can be told with their difference from it.
    options.strategies().stream()
        .sorted(Comparator.comparing(strategy -> !strategy.equals(reference)))
        .forEach(strategy -> running.put(strategy, submit(problem, strategy)));
    var rows = new ArrayList<Row>();
    Row baseline = null;
    if (running.containsKey(reference)) {
      baseline = row(problem, reference, await(running.get(reference)));
    }
    for (String strategy : options.strategies()) {
      List<Stage.Performance> performances;
      try {
        performances = await(running.get(strategy));
      } catch (IllegalArgumentException | IllegalStateException e) {
        if (Thread.currentThread().isInterrupted()) {
          throw e;
        }
        listener.failed(problem, strategy, e);
        continue;
      }
      Row row = row(problem, strategy, performances);
      rows.add(row);
      listener.completed(
          row, baseline, performances.stream().map(Stage.Performance::trajectory).toList());
    }
    return rows;
  }

  private List<Future<Stage.Performance>> submit(Problem problem, String strategy) {
    return LongStream.rangeClosed(1, options.seeds())
        .mapToObj(seed -> executor.submit(() -> perform(problem, strategy, seed)))
        .toList();
  }

  private List<Stage.Performance> await(@Nullable List<Future<Stage.Performance>> futures) {
    return requireNonNull(futures, "futures").stream().map(this::await).toList();
  }

  private Stage.Performance perform(Problem problem, String strategy, long seed)
      throws InterruptedException {
    Stage stage = idle.take();
    try {
      return stage.perform(problem, strategy, seed, options.target());
    } finally {
      idle.add(stage);
    }
  }

  private Stage.Performance await(Future<Stage.Performance> future) {
    try {
      return future.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted during a benchmark.", e);
    }
  }

  private Row row(Problem problem, String strategy, List<Stage.Performance> performances) {
    double suggestSeconds = 0;
    double cpuSeconds = 0;
    long suggestions = 0;
    double seconds = 0;
    for (Stage.Performance each : performances) {
      suggestSeconds += each.suggestSeconds();
      cpuSeconds += each.cpuSeconds();
      suggestions += each.suggestions();
      seconds += each.seconds();
    }
    return new Row(
        problem.name(),
        strategy,
        false,
        problem.objective(),
        problem.horizon().checkpoints().stream().map(Horizon.Checkpoint::label).toList(),
        performances.stream().map(Stage.Performance::run).toList(),
        new Row.Effort(
            1000 * suggestSeconds / Math.max(1, suggestions),
            1000 * cpuSeconds / Math.max(1, suggestions),
            seconds),
        options.target());
  }

  /** Ends the threads, and what still runs on them. */
  @Override
  public void close() {
    executor.shutdownNow();
    stages.forEach(Stage::close);
  }
}
