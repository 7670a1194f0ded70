package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptSummary;
import dev.troupe.KeptTrial;
import dev.troupe.space.Configuration;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells the best trial of a study that is kept. */
@Command(
    name = "best",
    description = "Tells the best trial of a study so far.",
    mixinStandardHelpOptions = true)
final class BestCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "STUDY", description = "the study's name")
  private String name = "";

  @Mixin private final KeptArguments arguments = new KeptArguments();

  @Option(names = "--json", description = "as a line of JSON, with all that is on record of it")
  private boolean json;

  BestCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (KeptStudies studies = arguments.open()) {
      KeptSummary study = studies.summary(name);
      KeptArguments.warn(study, terminal.err());
      KeptTrial best = study.best();
      if (best == null) {
        terminal.err().println("troupe: Study '%s': no trial has completed.".formatted(name));
        return ExitStatus.FAILED;
      }
      if (json) {
        JsonLines.print(KeptJson.trial(best), terminal.out());
      } else {
        print(study, best);
      }
    }
    return ExitStatus.DONE;
  }

  private void print(KeptSummary study, KeptTrial best) {
    PrintStream out = terminal.out();
    out.printf("trial %s: %s%n", best.id(), Text.metrics(best.metrics(), study.objectives()));
    Configuration candidate = best.candidate();
    if (candidate != null) {
      int width = candidate.names().stream().mapToInt(String::length).max().orElse(1);
      for (String parameter : candidate.names()) {
        out.println(("  %-" + width + "s  %s").formatted(parameter, candidate.get(parameter)));
      }
    }
  }
}
