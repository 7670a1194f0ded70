package dev.troupe.benchmarks;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.StudyFile;
import dev.troupe.bench.SharedEstimator;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.SimulatedEstimator;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A task of {@link Savings}: learning curves on the virtual clock. Immutable.
 *
 * @param name of the data set's file, or {@code lcbench-} and the number of an OpenML task
 * @param epochs of a full evaluation
 * @param text of the study file, with places for the number of workers and for {@code curves}
 * @param curves the lines that give the estimator its axis of epochs
 */
record SavingsTask(String name, int epochs, String text, String curves) {

  /** How the row is called that is random search at full fidelity, to its end. */
  static final String REFERENCE = "reference";

  /** So many trials the reference has. */
  static final int REFERENCE_TRIALS = 200;

  private static final String LCBENCH = "lcbench";

  private static final String PREFIX = "lcbench-";

  private static final List<String> TASKSET =
      List.of(
          "patch128_LSTM128_avg_bs64",
          "patch128_LSTM128_bs64",
          "patch32_GRU128_bs128",
          "patch32_GRU64_avg_bs128",
          "patch32_LSTM128_bs128",
          "patch32_VRNN64_tanh_avg_bs128");

  private static final String TABLE =
      """
      study     { name = savings, metric = loss, direction = minimize, parallelism = %%d, clock = virtual }
      space     = infer
      infer     { log = [learning-rate, epsilon, l1, l2, linear-decay, exponential-decay] }
      estimator {
        name = table, file = "taskset/%s.csv.gz"
        where { split = valid }
        join { file = "taskset/configs.csv", on = config }
        parameters {
          learning-rate = learning_rate, beta1 = beta1, beta2 = beta2, epsilon = epsilon,
          l1 = l1, l2 = l2, linear-decay = linear_decay, exponential-decay = exponential_decay
        }
        lookup = rows
        metrics { loss = "e{epoch}" }
        %%s
        simulated-cost { median = 1, sigma = 0.5 }
      }
      """;

  private static final String SURROGATE =
      """
      study     { name = savings, metric = accuracy, direction = maximize, parallelism = %%d, clock = virtual }
      space     = infer
      estimator {
        name = surrogate, folder = "yahpo/lcbench", instance = "%s"
        metrics { accuracy = val_accuracy }
        %%s
        cost = time
      }
      """;

  private static final String TABLE_CURVES = "fidelity { epochs { from = 1, to = 50 } }";

  private static final String SURROGATE_CURVES =
      "fidelity { epochs { parameter = epoch, from = 1, to = 52 } }";

  /**
   * Returns the tasks of a list, parted by commas: names, or {@code taskset}, {@code lcbench}, or
   * {@code lcbench-odd} and {@code lcbench-even}, each with every second of them: what was tuned on
   * one half is to be checked on the other.
   */
  static List<SavingsTask> list(String names, Path data) {
    var tasks = new ArrayList<SavingsTask>();
    for (String name : names.split(",")) {
      switch (name) {
        case "taskset" -> TASKSET.forEach(each -> tasks.add(of(each)));
        case "lcbench", "lcbench-odd", "lcbench-even" -> {
          List<String> all = instances(data);
          for (int i = 0; i < all.size(); i++) {
            if (name.equals("lcbench") || name.endsWith("even") == (i % 2 == 0)) {
              tasks.add(of(PREFIX + all.get(i)));
            }
          }
        }
        default -> tasks.add(of(name));
      }
    }
    return tasks;
  }

  private static SavingsTask of(String name) {
    return name.startsWith(PREFIX)
        ? new SavingsTask(
            name, 52, SURROGATE.formatted(name.substring(PREFIX.length())), SURROGATE_CURVES)
        : new SavingsTask(name, 50, TABLE.formatted(name), TABLE_CURVES);
  }

  private static List<String> instances(Path data) {
    Path file = data.resolve("yahpo/lcbench/config_space.json");
    for (Config entry : ConfigFactory.parseFile(file.toFile()).getConfigList("hyperparameters")) {
      if (entry.getString("name").equals("OpenML_task_id")) {
        return entry.getStringList("choices");
      }
    }
    throw new IllegalArgumentException(
        "File %s names no tasks. Maybe TROUPE_DATA is another folder.".formatted(file));
  }

  /** Returns of which suite it is: taskset or lcbench. */
  String suite() {
    return name.startsWith(PREFIX) ? LCBENCH : "taskset";
  }

  /**
   * Returns the study file of full evaluations alone: a surrogate is asked for their last epoch
   * only, which takes a fiftieth of the time.
   */
  StudyFile fullFile(int workers, Path data) {
    return suite().equals(LCBENCH) ? file(workers, data, "") : file(workers, data);
  }

  /** Returns the study file for a number of workers, without strategy, pruner, budget and seed. */
  StudyFile file(int workers, Path data) {
    return file(workers, data, curves);
  }

  /**
   * Returns the estimator for many studies, which leave it open. A surrogate's curves are kept in
   * memory; what a table tells of a candidate differs from time to time.
   */
  SimulatedEstimator shared(Estimator estimator) {
    SharedEstimator shared = SharedEstimator.of(estimator);
    return suite().equals(LCBENCH) ? new CurveMemory(shared) : shared;
  }

  private StudyFile file(int workers, Path data, String axis) {
    return StudyFile.parse(
        data.resolve("savings.conf").toAbsolutePath(), text.formatted(workers, axis), List.of());
  }
}
