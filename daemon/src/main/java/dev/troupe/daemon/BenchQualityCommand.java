package dev.troupe.daemon;

import dev.troupe.bench.PeerRuns;
import dev.troupe.bench.Problem;
import dev.troupe.bench.QualityBenchmark;
import dev.troupe.bench.QualityJson;
import dev.troupe.bench.QualityTable;
import dev.troupe.bench.Ranking;
import dev.troupe.bench.Row;
import dev.troupe.bench.Suite;
import dev.troupe.bench.Trajectories;
import dev.troupe.bench.Trajectory;
import java.io.IOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Compares strategies on problems. */
@Command(
    name = "quality",
    description = "Compares strategies on a suite of problems, or on any study files.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each strategy runs on each problem with the seeds 1 to N. Told is the best value",
      "seen so far, as seen, after 25, 50, 100 and 200 evaluations, or after an eighth, a",
      "quarter, half and all of a shorter budget or of the time.",
      "Suites: peers, synthetic, conditional, nb201, macro, graph, fcnet, hpobench, yahpo,",
      "taskset."
    })
final class BenchQualityCommand implements Callable<Integer> {

  /** Where the problems come from. */
  static final class Source {

    @Option(names = "--suite", paramLabel = "SUITE", description = "problems of Troupe's own")
    private @Nullable String suite;

    @Option(
        names = "--study",
        paramLabel = "FILE",
        arity = "1..*",
        description = "study files, each a problem: its strategy and its seed do not count")
    private List<Path> studies = List.of();
  }

  private final Terminal terminal;

  @ArgGroup(multiplicity = "1")
  private Source source = new Source();

  @Mixin private final BenchArguments arguments = new BenchArguments();

  @Option(
      names = "--strategies",
      paramLabel = "NAMES",
      split = ",",
      required = true,
      description = "what is compared, as in random,sobol")
  private List<String> strategies = List.of();

  @Option(
      names = "--baseline",
      paramLabel = "NAME",
      description =
          "one of them, against which the others are tested on the same seeds, by Wilcoxon's"
              + " signed ranks (default: random, if it is one of them)")
  private @Nullable String baseline;

  @Option(
      names = "--shifts",
      paramLabel = "SEED",
      description =
          "moves synthetic problems: the runs with seed k are on instance SEED + k, for all"
              + " strategies alike (estimator.instance), and the regret stays exact")
  private @Nullable Integer shifts;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      required = true,
      description = "runs of each strategy on each problem, with the seeds 1 to N")
  private int seeds;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "the folder of the data that suites read (default: the environment variable"
              + " TROUPE_DATA)")
  private @Nullable Path data;

  @Option(
      names = "--peers",
      paramLabel = "FILE",
      description = "a CSV file with recorded runs of other systems, which are shown too")
  private List<Path> peers = List.of();

  @Option(
      names = "--target",
      paramLabel = "X",
      description = "also tells how many evaluations it takes to see a value as good")
  private @Nullable Double target;

  @Option(
      names = "--no-timing",
      negatable = false,
      description = "leaves out what took real time, which differs from one time to the next")
  private boolean noTiming;

  @Option(
      names = "--records",
      paramLabel = "FILE",
      description = "writes every run in full, as lines of JSON, for bench plot")
  private @Nullable Path records;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "wins over each problem's study file; strategy.KEY where one strategy is named alone")
  private List<String> settings = List.of();

  /** Whether a result is missing. */
  private boolean hasComplaints;

  BenchQualityCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    // Study files may be on the machine's clock, where runs would compete for its devices.
    int fallback = source.suite == null ? 1 : Runtime.getRuntime().availableProcessors();
    var options =
        new QualityBenchmark.Options(
            strategies, seeds, arguments.threads(fallback), target, baseline);
    if (shifts != null && !peers.isEmpty()) {
      throw new IllegalArgumentException(
          "--shifts %s: --peers were recorded on problems as they are, and mean nothing on others. Maybe leave one of the two out."
              .formatted(shifts));
    }
    PeerRuns others = PeerRuns.read(peers);
    List<Supplier<Problem>> problems = problems(overrides());
    var rows = new ArrayList<Row>();
    try (QualityBenchmark benchmark = QualityBenchmark.of(options);
        Writer recorder = recorder()) {
      for (Supplier<Problem> each : problems) {
        try (Problem problem = each.get()) {
          rows.addAll(run(benchmark, problem, others, recorder));
        }
      }
    } catch (IOException e) { // nothing but the records can throw it
      throw unwritable(e);
    }
    if (!arguments.json() && !rows.isEmpty()) {
      terminal.out().print(Ranking.of(rows));
    }
    if (terminal.out().checkError()) {
      complain("Standard output could not be written. Maybe the disk is full.");
    }
    return hasComplaints ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  /** Says what is amiss without losing the results of the others. */
  private void complain(String what) {
    hasComplaints = true;
    terminal.flush();
    terminal.err().println("troupe: " + what);
  }

  private List<Row> run(
      QualityBenchmark benchmark, Problem problem, PeerRuns others, Writer recorder) {
    var rows =
        new ArrayList<Row>(
            benchmark.run(
                problem,
                new QualityBenchmark.Listener() {
                  @Override
                  public void completed(
                      Row row, @Nullable Row baseline, List<Trajectory> trajectories) {
                    printLine(row, baseline);
                    write(recorder, trajectories);
                    if (trajectories.stream().noneMatch(Trajectory::hasValue)) {
                      complain(
                          "Problem '%s', strategy '%s': a trial must complete, but none did. Maybe run the study by itself to see why."
                              .formatted(row.problem(), row.strategy()));
                    }
                  }

                  @Override
                  public void failed(Problem on, String strategy, RuntimeException reason) {
                    complain(
                        "Problem '%s' has no result of '%s': %s"
                            .formatted(on.name(), strategy, reason.getMessage()));
                  }
                }));
    for (Row row : others.rows(problem, target)) {
      printLine(row, null);
      rows.add(row);
    }
    if (!arguments.json() && !rows.isEmpty()) {
      terminal.out().println(QualityTable.of(rows, problem.horizon(), baseline, !noTiming));
      terminal.flush();
    }
    return rows;
  }

  private void printLine(Row row, @Nullable Row baseline) {
    if (arguments.json()) {
      terminal.out().println(QualityJson.line(row, baseline, !noTiming));
      terminal.flush();
    }
  }

  private List<Supplier<Problem>> problems(List<String> overrides) {
    var problems = new BenchProblems(overrides, shifts);
    return source.suite == null
        ? problems.ofFiles(source.studies)
        : problems.ofSuite(Suite.named(source.suite), folder());
  }

  private @Nullable Path folder() {
    String variable = System.getenv(Suite.DATA_VARIABLE);
    if (data != null || variable == null || variable.isBlank()) {
      return data;
    }
    return Path.of(variable);
  }

  /** The strategy of a study file is replaced as a whole, before settings are made. */
  private List<String> overrides() {
    var overrides = new ArrayList<>(BenchArguments.strategy(strategies.get(0)));
    for (String setting : settings) {
      if (setting.startsWith("strategy.name") || isAmbiguous(setting)) {
        throw new IllegalArgumentException(
            "--set %s: a strategy's settings can be made where --strategies names it alone, but it names %d. Maybe compare it by itself, with --records."
                .formatted(setting, strategies.size()));
      }
      overrides.add(setting);
    }
    overrides.addAll(arguments.overrides());
    return overrides;
  }

  private boolean isAmbiguous(String setting) {
    return setting.startsWith("strategy") && strategies.size() > 1;
  }

  private Writer recorder() {
    if (records == null) {
      return Writer.nullWriter();
    }
    try {
      return Files.newBufferedWriter(records);
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private void write(Writer recorder, List<Trajectory> trajectories) {
    if (records == null) {
      return;
    }
    try {
      for (Trajectory each : trajectories) {
        recorder.write(Trajectories.line(each));
        recorder.write('\n');
      }
      recorder.flush(); // what is done is kept, whatever becomes of the rest
    } catch (IOException e) {
      throw unwritable(e);
    }
  }

  private IllegalArgumentException unwritable(IOException e) {
    return new IllegalArgumentException(
        "--records '%s' cannot be written: %s. Maybe its folder does not exist, or the disk is full."
            .formatted(records, e.getMessage()),
        e);
  }
}
