package dev.troupe.benchmarks;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/**
 * The table of {@link Savings}: for each suite, number of workers and row the median over tasks of
 * the medians over seeds, with quartiles over tasks; and the same over the tasks of all suites. In
 * the ratios to the baseline a task does not count where both are in vain.
 */
final class SavingsTable {

  /** How the suite is called that has the tasks of all. */
  private static final String ALL = "all";

  /** A suite, and how many workers. */
  private record Part(String suite, int workers) {}

  /** What a row comes to. */
  private record Line(
      Part part,
      String row,
      int tasks,
      int runs,
      Quartiles epochs,
      Quartiles seconds,
      double reached,
      double toBaseline) {}

  private final Map<Part, Map<String, Map<SavingsTask, List<SavingsRun>>>> runs =
      new LinkedHashMap<>();
  private final String baseline;
  private final int referenceSeeds;

  /**
   * Sorts runs.
   *
   * @param tasks whose runs count
   * @param baseline the row to which the others are compared
   * @param referenceSeeds how many references a task must have
   */
  SavingsTable(
      Collection<SavingsRun> all, List<SavingsTask> tasks, String baseline, int referenceSeeds) {
    this.baseline = baseline;
    this.referenceSeeds = referenceSeeds;
    var byName = new LinkedHashMap<String, SavingsTask>();
    tasks.forEach(task -> byName.put(task.name(), task));
    boolean hasSeveralSuites = tasks.stream().map(SavingsTask::suite).distinct().count() > 1;
    for (SavingsRun run : all) {
      SavingsTask task = byName.get(run.key().task());
      if (task != null) {
        add(task.suite(), task, run);
        if (hasSeveralSuites) {
          add(ALL, task, run);
        }
      }
    }
  }

  private void add(String suite, SavingsTask task, SavingsRun run) {
    runs.computeIfAbsent(new Part(suite, run.key().workers()), k -> new LinkedHashMap<>())
        .computeIfAbsent(run.key().row(), k -> new LinkedHashMap<>())
        .computeIfAbsent(task, k -> new ArrayList<>())
        .add(run);
  }

  /** Prints it. */
  void print(PrintStream out) {
    out.println(
        "suite    workers  row                               tasks  runs  epochs (quartiles)      "
            + "  seconds (quartiles)       reached  x baseline");
    for (Line line : lines()) {
      out.printf(
          Locale.ROOT,
          "%-8s %7d  %-32s %6d %5d  %s  %s  %6.1f%%  %10s%n",
          line.part.suite,
          line.part.workers,
          line.row,
          line.tasks,
          line.runs,
          text(line.epochs),
          text(line.seconds),
          100 * line.reached,
          text(line.toBaseline));
    }
  }

  private static String text(Quartiles quartiles) {
    return "%6s (%6s, %6s)"
        .formatted(text(quartiles.median()), text(quartiles.low()), text(quartiles.high()));
  }

  /** A median that most runs did not reach is known to be larger than any that did. */
  private static String text(double ratio) {
    return Double.isNaN(ratio)
        ? "-"
        : Double.isInfinite(ratio) ? "never" : String.format(Locale.ROOT, "%.3f", ratio);
  }

  /** Writes it as JSON, a line each; what was not reached has no number. */
  void write(Path file) throws IOException {
    var lines = new ArrayList<String>();
    for (Line line : lines()) {
      var fields = new LinkedHashMap<String, Object>();
      fields.put("suite", line.part.suite);
      fields.put("workers", line.part.workers);
      fields.put("row", line.row);
      fields.put("tasks", line.tasks);
      fields.put("runs", line.runs);
      put(fields, "epochs", line.epochs.median());
      put(fields, "epochs-low", line.epochs.low());
      put(fields, "epochs-high", line.epochs.high());
      put(fields, "seconds", line.seconds.median());
      put(fields, "seconds-low", line.seconds.low());
      put(fields, "seconds-high", line.seconds.high());
      put(fields, "reached", line.reached);
      put(fields, "to-" + baseline, line.toBaseline);
      lines.add(ConfigValueFactory.fromMap(fields).render(ConfigRenderOptions.concise()));
    }
    Files.write(file, lines);
  }

  private static void put(Map<String, Object> fields, String name, double value) {
    if (Double.isFinite(value)) {
      fields.put(name, value);
    }
  }

  private List<Line> lines() {
    var lines = new ArrayList<Line>();
    runs.forEach(
        (part, rows) -> {
          Map<SavingsTask, Double> seconds = new LinkedHashMap<>();
          rows.getOrDefault(SavingsTask.REFERENCE, Map.of())
              .forEach(
                  (task, references) -> {
                    if (references.size() >= referenceSeeds) {
                      seconds.put(task, median(references, SavingsRun::seconds));
                    }
                  });
          rows.forEach(
              (row, tasks) -> {
                if (!row.equals(SavingsTask.REFERENCE)) {
                  lines.add(line(part, row, tasks, rows.get(baseline), seconds));
                }
              });
        });
    return lines;
  }

  private static Line line(
      Part part,
      String row,
      Map<SavingsTask, List<SavingsRun>> tasks,
      @Nullable Map<SavingsTask, List<SavingsRun>> baseline,
      Map<SavingsTask, Double> reference) {
    var epochs = DoubleStream.builder();
    var seconds = DoubleStream.builder();
    var toBaseline = DoubleStream.builder();
    int all = 0;
    int reached = 0;
    for (Map.Entry<SavingsTask, List<SavingsRun>> entry : tasks.entrySet()) {
      SavingsTask task = entry.getKey();
      List<SavingsRun> runs = entry.getValue();
      double whole = (double) SavingsTask.REFERENCE_TRIALS * task.epochs();
      double own = median(runs, run -> run.reached() ? run.epochs() : Double.POSITIVE_INFINITY);
      epochs.add(own / whole);
      double time = median(runs, run -> run.reached() ? run.seconds() : Double.POSITIVE_INFINITY);
      seconds.add(time / reference.getOrDefault(task, Double.NaN));
      List<SavingsRun> others = baseline == null ? null : baseline.get(task);
      if (others != null) {
        double other =
            median(others, run -> run.reached() ? run.epochs() : Double.POSITIVE_INFINITY);
        if (Double.isFinite(own) || Double.isFinite(other)) {
          toBaseline.add(own / other); // 0 where only the baseline is in vain
        }
      }
      all += runs.size();
      reached += (int) runs.stream().filter(SavingsRun::reached).count();
    }
    return new Line(
        part,
        row,
        tasks.size(),
        all,
        Quartiles.of(epochs.build().toArray()),
        Quartiles.of(seconds.build().toArray()),
        (double) reached / all,
        Quartiles.of(toBaseline.build().toArray()).median());
  }

  private static double median(List<SavingsRun> runs, ToDoubleFunction<SavingsRun> amount) {
    return Quartiles.of(runs.stream().mapToDouble(amount).toArray()).median();
  }
}
