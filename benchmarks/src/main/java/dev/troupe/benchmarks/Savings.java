package dev.troupe.benchmarks;

import static java.util.Objects.requireNonNull;

import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What pruners and multi-fidelity strategies need, on the virtual clock, to reach what random
 * search at full fidelity reaches in 200 trials: ratios of epochs and of time.
 *
 * <p>The target of a task is the median, over 20 seeds of their own, of the best value of those 200
 * trials. A run ends at the target, or in vain after {@code --longest} times the time of random
 * search with as many workers. Its epochs are divided by those of 200 full trainings, its seconds
 * by the median of what random search takes with as many workers. Runs in vain are censored: they
 * count as larger than any other in medians and quartiles.
 *
 * <p>Each run is a line of JSON in {@code --record}, and is not made again: a table can be had in
 * parts, by interrupting and starting again, or by several processes, each with a record of its own
 * and the others' in {@code --with}. TaskSet has no times: an epoch takes 1 s, times a log-normal
 * factor (sigma 0.5) for each trial.
 *
 * <p>Options: {@code --data}, else the environment variable {@code TROUPE_DATA}; {@code --tasks
 * taskset,lcbench} (see {@link SavingsTask#list}); {@code --rows} (see {@link SavingsRow}, parted
 * by semicolons; {@code all}: those that are built in; {@code none}: only the table); {@code
 * --workers 1,8,64}; {@code --seeds 20}; {@code --first-seed 1}; {@code --longest 2}; {@code
 * --record savings.jsonl}; {@code --with}, files parted by commas; {@code --baseline asha}; {@code
 * --json}, a file for the table.
 */
public final class Savings {

  private static final int REFERENCE_SEEDS = 20;

  private static final SavingsRow RANDOM = SavingsRow.of("random");
  private static final Budget FULL = Budget.trials(SavingsTask.REFERENCE_TRIALS);

  /** Seeds of the target are none of those that it is compared with. */
  private static final int REFERENCE_FIRST = 1001;

  /** Those of the table in the README. */
  private static final List<String> ALL =
      List.of(
          "random",
          "tpe",
          "random+median",
          "random+percentile",
          "random+successive-halving",
          "random+hyperband",
          "random+asha",
          "random+curve",
          "random+patience",
          "tpe+asha",
          "successive-halving",
          "hyperband",
          "asha",
          "asha:resource.eta=4",
          "asha:resource.low=3",
          "bohb",
          "dehb",
          "asha:proposer=tpe",
          "asha:proposer=gp-ucb,resource.low=3");

  /** What random search at full fidelity comes to. */
  private record Reference(double target, double seconds) {}

  private final Arguments arguments;
  private final Path data;
  private final SavingsRecord record;
  private final List<SavingsRow> rows;
  private final double longest;

  private Savings(Arguments arguments, Path data, SavingsRecord record) {
    this.arguments = arguments;
    this.data = data;
    this.record = record;
    this.rows = rows(arguments.text("rows"));
    this.longest = Double.parseDouble(arguments.text("longest"));
  }

  private static List<SavingsRow> rows(String text) {
    List<String> names =
        switch (text) {
          case "all" -> ALL;
          case "none" -> List.of();
          default -> List.of(text.split(";"));
        };
    return names.stream().map(SavingsRow::of).toList();
  }

  /** Makes the runs that are missing, and prints the table. */
  public static void main(String[] line) throws IOException {
    var options = new HashMap<String, String>();
    options.put("data", System.getenv().getOrDefault("TROUPE_DATA", "."));
    options.put("tasks", "taskset,lcbench");
    options.put("rows", "all");
    options.put("workers", "1,8,64");
    options.put("seeds", "20");
    options.put("first-seed", "1");
    options.put("longest", "2");
    options.put("record", "savings.jsonl");
    options.put("with", "");
    options.put("baseline", "asha");
    options.put("json", "");
    Arguments arguments = Arguments.parse(line, options);
    List<Path> others =
        arguments.text("with").isEmpty()
            ? List.of()
            : List.of(arguments.text("with").split(",")).stream().map(Path::of).toList();
    SavingsRecord record = SavingsRecord.load(Path.of(arguments.text("record")), others);
    new Savings(arguments, Path.of(arguments.text("data")).toAbsolutePath(), record).run();
  }

  private void run() throws IOException {
    List<SavingsTask> tasks = SavingsTask.list(arguments.text("tasks"), data);
    for (SavingsTask task : tasks) {
      run(task);
    }
    var table = new SavingsTable(record.runs(), tasks, arguments.text("baseline"), REFERENCE_SEEDS);
    table.print(System.out);
    if (!arguments.text("json").isEmpty()) {
      table.write(Path.of(arguments.text("json")));
    }
  }

  /** Runs of one seed come one after the other: they ask for the same curves, kept that long. */
  private void run(SavingsTask task) throws IOException {
    List<Integer> workers =
        List.of(arguments.text("workers").split(",")).stream().map(Integer::valueOf).toList();
    Map<Integer, Reference> references = references(task, workers);
    int first = arguments.number("first-seed");
    try (Estimator estimator = task.file(1, data).createEstimator()) {
      for (int seed = first; seed < first + arguments.number("seeds"); seed++) {
        SimulatedEstimator shared = task.shared(estimator);
        for (int count : workers) {
          run(task, count, seed, shared, requireNonNull(references.get(count)));
        }
      }
    }
  }

  private void run(
      SavingsTask task, int workers, int seed, Estimator estimator, Reference reference)
      throws IOException {
    List<SavingsRun.Key> missing =
        rows.stream()
            .map(row -> new SavingsRun.Key(task.name(), row.text(), workers, seed))
            .filter(key -> record.find(key) == null)
            .toList();
    if (missing.isEmpty()) {
      return;
    }
    StudyFile file = task.file(workers, data);
    Budget budget =
        Budget.unlimited()
            .withTarget(reference.target())
            .withVirtualTime(Duration.ofMillis(Math.round(1000 * longest * reference.seconds())));
    try (Troupe troupe = file.startTroupe()) {
      for (SavingsRun.Key key : missing) {
        SavingsRow row = SavingsRow.of(key.row());
        record.add(finish(key, file, troupe, estimator, row, budget, reference.target()));
      }
    }
  }

  private Map<Integer, Reference> references(SavingsTask task, List<Integer> workers)
      throws IOException {
    Map<Integer, Reference> references = new HashMap<>();
    try (Estimator estimator = task.fullFile(1, data).createEstimator()) {
      SimulatedEstimator shared = task.shared(estimator);
      for (int count : workers) {
        references.put(count, reference(task, count, shared));
      }
    }
    return references;
  }

  private Reference reference(SavingsTask task, int workers, Estimator estimator)
      throws IOException {
    StudyFile file = task.fullFile(workers, data);
    var runs = new ArrayList<SavingsRun>();
    try (Troupe troupe = file.startTroupe()) {
      for (int i = 0; i < REFERENCE_SEEDS; i++) {
        var key =
            new SavingsRun.Key(task.name(), SavingsTask.REFERENCE, workers, REFERENCE_FIRST + i);
        SavingsRun run = record.find(key);
        if (run == null) {
          run = finish(key, file, troupe, estimator, RANDOM, FULL, Double.NaN);
          record.add(run);
        }
        runs.add(run);
      }
    }
    return new Reference(
        Quartiles.of(runs.stream().mapToDouble(SavingsRun::loss).toArray()).median(),
        Quartiles.of(runs.stream().mapToDouble(SavingsRun::seconds).toArray()).median());
  }

  /**
   * Makes a run.
   *
   * @param target NaN if there is none
   */
  private static SavingsRun finish(
      SavingsRun.Key key,
      StudyFile file,
      Troupe troupe,
      Estimator estimator,
      SavingsRow row,
      Budget budget,
      double target) {
    var counter = new EpochCounter();
    StudyResult result =
        file.builder(troupe, List.of(counter))
            .strategy(row.strategy())
            .pruner(row.pruner())
            .seed(key.seed())
            .ledger("memory")
            .budget(budget)
            .startWith(estimator)
            .outcome()
            .toCompletableFuture()
            .join();
    if (result.state() == StudyState.FAILED) {
      throw new IllegalStateException("%s: %s".formatted(key, result.reason()));
    }
    Objective objective = file.objectives().get(0);
    EndedTrial best = result.best();
    double value = best == null ? Double.NaN : best.metrics().getOrNaN(objective.metric());
    boolean reached = objective.direction().toLoss(value) <= objective.direction().toLoss(target);
    Double seconds = result.virtualSeconds();
    return new SavingsRun(
        key,
        reached,
        value,
        counter.epochs(),
        seconds == null ? result.seconds() : seconds,
        result.utilisation(),
        result.trials() + result.paused());
  }
}
