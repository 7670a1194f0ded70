package dev.troupe.daemon;

import static java.util.Objects.requireNonNull;

import dev.troupe.KeptStudies;
import dev.troupe.KeptTrial;
import dev.troupe.StudyFile;
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

/** Runs another strategy on the trials of a finished study. */
@Command(
    name = "replay",
    description = "Runs another strategy on the trials of a finished study, in virtual time.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Nothing is trained: a candidate is worth what the nearest recorded trial was, takes as",
      "long (1 s where that is not recorded), and fails if that failed."
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

  @Option(
      names = "--strategy",
      paramLabel = "NAME",
      required = true,
      description = "the strategy to run")
  private String strategy = "";

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
        Problem problem = Problem.of(virtual(replay.size()), replay)) {
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
  private StudyFile virtual(int recordedTrials) {
    var overrides = new ArrayList<>(BenchArguments.strategy(strategy));
    overrides.add("study.clock=virtual");
    overrides.add("pruner=null");
    overrides.add("budget=null");
    overrides.add("budget.trials=" + recordedTrials);
    overrides.addAll(arguments.overrides());
    return StudyFile.load(requireNonNull(file), overrides);
  }
}
