package dev.troupe.daemon;

import static java.util.Objects.requireNonNull;

import dev.troupe.KeptStudies;
import dev.troupe.KeptTrial;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.actor.RecordCheck;
import dev.troupe.bench.Problem;
import dev.troupe.bench.QualityBenchmark;
import dev.troupe.bench.QualityJson;
import dev.troupe.bench.QualityTable;
import dev.troupe.bench.RecordedTrial;
import dev.troupe.bench.RecordedTrials;
import dev.troupe.bench.Replay;
import dev.troupe.bench.Row;
import dev.troupe.study.Objective;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs another strategy on the trials of a finished study, or its own one on its record. */
@Command(
    name = "replay",
    description = {
      "Runs another strategy on the trials of a finished study, in virtual time; or, with --exact,",
      "checks that the study's own strategy suggests again what is on record."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing is trained: a candidate is worth what the nearest recorded trial was, takes as",
      "long (1 s where that is not recorded), and fails if that failed.",
      "",
      "Exit status of --exact: 0 all suggestions are equal, 2 it is another study or not on record,",
      "3 a suggestion differs."
    })
final class ReplayCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "the study file")
  private @Nullable Path file;

  @Mixin private final BenchArguments arguments = new BenchArguments();

  @Mixin private final KeptArguments keptArguments = new KeptArguments();

  @Option(
      names = "--trials",
      paramLabel = "TRIALS.jsonl",
      description =
          "the study's trials, as run FILE --json printed them (default: those that are kept"
              + " under the study's name)")
  private @Nullable Path trials;

  @Option(names = "--strategy", paramLabel = "NAME", description = "the strategy to run")
  private @Nullable String strategy;

  @Option(
      names = "--exact",
      description =
          "tells the study's own strategy again all that it was told, in the recorded order, and"
              + " compares what it suggests with the record")
  private boolean exact;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "with --exact: wins over the file, as for run")
  private List<String> overrides = List.of();

  @Option(
      names = "--seeds",
      paramLabel = "N",
      description = "runs, with the seeds 1 to N (default: 1)")
  private int seeds = 1;

  ReplayCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (exact) {
      return check();
    }
    if (!overrides.isEmpty()) {
      throw new IllegalArgumentException("--set needs --exact. Maybe change the study file.");
    }
    return simulate(requireStrategy());
  }

  private String requireStrategy() {
    if (strategy == null) {
      throw new IllegalArgumentException(
          "A replay needs a strategy to run. Maybe --strategy random, or --exact for the study's own.");
    }
    return strategy;
  }

  private int check() {
    if (strategy != null || trials != null) {
      throw new IllegalArgumentException(
          "--exact is for the study's own strategy and record. Maybe leave out --strategy and --trials.");
    }
    StudyFile study = StudyFile.load(requireNonNull(file), overrides);
    try (Troupe troupe = study.startTroupe()) {
      RecordCheck result = study.check(keptArguments.apply(study.builder(troupe, List.of())));
      if (result.difference() == null) {
        terminal.out().printf("%1$d of %1$d suggestions are equal.%n", result.suggestions());
        return ExitStatus.DONE;
      }
      terminal
          .out()
          .printf(
              "Not all of %d suggestions are equal: %s.%n",
              result.suggestions(), result.difference());
      return ExitStatus.FAILED;
    }
  }

  private int simulate(String strategy) {
    StudyFile study = StudyFile.load(requireNonNull(file), List.of());
    List<RecordedTrial> recorded =
        trials == null ? kept(study) : RecordedTrials.read(trials, study.space());
    Objective objective = study.objectives().get(0);
    Replay replay = Replay.of(study.space(), objective, recorded);
    var options =
        new QualityBenchmark.Options(
            List.of(strategy), seeds, arguments.threads(1), replay.bestValue());
    if (!arguments.json()) {
      terminal
          .out()
          .printf(
              "Replay of study '%s': nothing is trained, an answer is that of the nearest of %s.%n",
              study.name(), Text.count(replay.size(), "recorded trial"));
      terminal
          .out()
          .printf(
              "The recorded search found %s %s, after %s.%n",
              objective.metric(),
              Text.number(replay.bestValue()),
              Text.count(replay.evaluationsToBest(), "evaluation"));
    }
    try (QualityBenchmark benchmark = QualityBenchmark.of(options);
        Problem problem = Problem.of(virtual(strategy, replay.size()), replay)) {
      List<Row> rows = benchmark.run(problem, (row, baseline, trajectories) -> print(row, replay));
      if (!arguments.json()) {
        terminal.out().print(QualityTable.of(rows, problem.horizon(), true));
      }
    }
    return ExitStatus.DONE;
  }

  /** Returns the trials that are kept under the study's name. */
  private List<RecordedTrial> kept(StudyFile study) {
    try (KeptStudies studies = keptArguments.open(study.ledger())) {
      return KeptArguments.study(studies, study.name(), terminal.err()).trials().stream()
          .map(KeptTrial::end)
          .filter(Objects::nonNull)
          .flatMap(trial -> RecordedTrial.of(trial).stream())
          .toList();
    }
  }

  private void print(Row row, Replay replay) {
    if (arguments.json()) {
      terminal.out().println(QualityJson.replayLine(row, replay, true));
    }
  }

  /** Returns the study on the virtual clock, by default with as many trials as were recorded. */
  private StudyFile virtual(String strategy, int recordedTrials) {
    var changes = new ArrayList<>(BenchArguments.strategy(strategy));
    changes.add("study.clock=virtual");
    changes.add("pruner=null");
    changes.add("budget=null");
    changes.add("budget.trials=" + recordedTrials);
    changes.addAll(arguments.overrides());
    return StudyFile.load(requireNonNull(file), changes);
  }
}
