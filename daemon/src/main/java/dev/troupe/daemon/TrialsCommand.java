package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptSummary;
import dev.troupe.KeptTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Lists the trials of a study that is kept. */
@Command(
    name = "trials",
    description = "Lists the trials of a study, a line each; also while it runs.",
    mixinStandardHelpOptions = true)
final class TrialsCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "STUDY", description = "the study's name")
  private String name = "";

  @Mixin private final KeptArguments arguments = new KeptArguments();

  @ArgGroup(exclusive = true)
  private final Form form = new Form();

  /** In which form to list them. */
  private static final class Form {

    @Option(
        names = "--json",
        description = "a line of JSON for each trial, with all that is on record of it")
    private boolean json;

    @Option(
        names = "--csv",
        description = "a table with a column for each parameter and metric, and its head")
    private boolean csv;
  }

  @Option(
      names = "--measurements",
      description = "with --csv: a row for each measurement instead of each trial")
  private boolean measurements;

  TrialsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (measurements && !form.csv) {
      throw new IllegalArgumentException(
          "--measurements needs --csv, since every other form has them or none. Maybe add --csv.");
    }
    try (KeptStudies studies = arguments.open()) {
      KeptArguments.warn(form.csv ? printCsv(studies) : printLines(studies), terminal.err());
    }
    return ExitStatus.DONE;
  }

  /**
   * Reads the study twice: once for the columns, then for the rows, which need not fit in memory.
   */
  private KeptSummary printCsv(KeptStudies studies) {
    var columns = new CsvColumns();
    KeptSummary summary = studies.forEachTrial(name, columns::add);
    TrialsCsv csv = new TrialsCsv(columns, terminal.out());
    if (measurements) {
      csv.printMeasurementHead();
      return studies.forEachTrial(summary, csv::printMeasurements);
    }
    csv.printHead();
    return studies.forEachTrial(summary, csv::print);
  }

  private KeptSummary printLines(KeptStudies studies) {
    if (form.json) {
      return studies.forEachTrial(
          name, trial -> JsonLines.print(KeptJson.trial(trial), terminal.out()));
    }
    List<Objective> objectives = studies.summary(name).objectives();
    return studies.forEachTrial(name, trial -> print(objectives, trial));
  }

  private void print(List<Objective> objectives, KeptTrial trial) {
    String what =
        trial.end() != null && trial.end().outcome() instanceof Outcome.Failed failed
            ? failed.reason().lines().findFirst().orElse("")
            : Text.metrics(trial.metrics(), objectives);
    terminal
        .out()
        .printf(
            "%5s  %-9s  %s  %s%n",
            trial.id(),
            trial.state().name().toLowerCase(Locale.ROOT),
            what,
            trial.candidate() == null ? "" : trial.candidate());
  }
}
