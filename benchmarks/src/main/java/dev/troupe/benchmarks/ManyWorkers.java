package dev.troupe.benchmarks;

import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.bench.SharedEstimator;
import dev.troupe.estimator.Estimator;
import dev.troupe.study.Budget;
import dev.troupe.study.StudyResult;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;

/**
 * How well a strategy keeps many virtual workers busy, and how much faster it is than with one:
 * once with a number of trials, to the end of the last, and once with a limit of time. With trials
 * the study ends with a drain, in which the last promotions go through rung after rung with nothing
 * else to do; the fewer trials there are for each worker, the more it weighs. With a limit of time
 * all work to its end, and what is compared is how many epochs were trained in it.
 *
 * <p>Options: {@code --data}, {@code --task} (see {@link SavingsTask}), {@code --row} (see {@link
 * SavingsRow}), {@code --workers 500}, {@code --trials 20000}, {@code --seconds 200} of virtual
 * time, {@code --seed 1}.
 */
public final class ManyWorkers {

  private final Arguments arguments;
  private final SavingsTask task;
  private final Path data;

  private ManyWorkers(Arguments arguments) {
    this.arguments = arguments;
    this.data = Path.of(arguments.text("data")).toAbsolutePath();
    this.task = SavingsTask.list(arguments.text("task"), data).get(0);
  }

  /** What a study took. */
  private record Took(
      long epochs, double seconds, double busy, double busyWhileSuggesting, long trials) {}

  /** Prints a line for each kind of budget. */
  public static void main(String[] line) {
    var options = new HashMap<String, String>();
    options.put("data", System.getenv().getOrDefault("TROUPE_DATA", "."));
    options.put("task", "lcbench-3945");
    options.put("row", "asha");
    options.put("workers", "500");
    options.put("trials", "20000");
    options.put("seconds", "200");
    options.put("seed", "1");
    new ManyWorkers(Arguments.parse(line, options)).run();
  }

  private void run() {
    int workers = arguments.number("workers");
    Budget trials = Budget.trials(arguments.number("trials"));
    Took one = take(1, trials);
    Took many = take(workers, trials);
    print("trials", one, many, one.seconds() / many.seconds());
    Budget time =
        Budget.unlimited().withVirtualTime(Duration.ofSeconds(arguments.number("seconds")));
    one = take(1, time);
    many = take(workers, time);
    print("time", one, many, (double) many.epochs() / one.epochs());
  }

  private void print(String budget, Took one, Took many, double speedUp) {
    System.out.printf(
        Locale.ROOT,
        "%s, budget of %s: %d trials, %d epochs in %.0f s on 1 worker; %d trials, %d epochs in %.0f s on %s: speed-up %.1f, utilisation %.3f, %.3f while trials began%n",
        arguments.text("row"),
        budget,
        one.trials(),
        one.epochs(),
        one.seconds(),
        many.trials(),
        many.epochs(),
        many.seconds(),
        arguments.text("workers"),
        speedUp,
        many.busy(),
        many.busyWhileSuggesting());
  }

  private Took take(int workers, Budget budget) {
    StudyFile file = task.file(workers, data);
    SavingsRow row = SavingsRow.of(arguments.text("row"));
    var counter = new EpochCounter();
    try (Troupe troupe = file.startTroupe();
        Estimator estimator = file.createEstimator()) {
      StudyResult result =
          file.builder(troupe, List.of(counter))
              .strategy(row.strategy())
              .pruner(row.pruner())
              .seed(arguments.number("seed"))
              .ledger("memory")
              .budget(budget)
              .startWith(SharedEstimator.of(estimator))
              .outcome()
              .toCompletableFuture()
              .join();
      Double seconds = result.virtualSeconds();
      return new Took(
          counter.epochs(),
          seconds == null ? result.seconds() : seconds,
          result.utilisation(),
          result.utilisationWhileSuggesting(),
          result.trials() + result.paused());
    }
  }
}
