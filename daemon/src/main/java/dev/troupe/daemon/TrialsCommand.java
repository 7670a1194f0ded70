package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptStudy;
import dev.troupe.KeptTrial;
import dev.troupe.study.Outcome;
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

  TrialsCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (KeptStudies studies = arguments.open()) {
      KeptStudy study = KeptArguments.study(studies, name, terminal.err());
      if (form.csv) {
        TrialsCsv.print(study.trials(), terminal.out());
      } else {
        study.trials().forEach(trial -> print(study, trial));
      }
    }
    return ExitStatus.DONE;
  }

  private void print(KeptStudy study, KeptTrial trial) {
    if (form.json) {
      JsonLines.print(JsonLines.kept(trial), terminal.out());
      return;
    }
    String what =
        trial.end() != null && trial.end().outcome() instanceof Outcome.Failed failed
            ? failed.reason().lines().findFirst().orElse("")
            : Text.metrics(trial.metrics(), study.objectives());
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
