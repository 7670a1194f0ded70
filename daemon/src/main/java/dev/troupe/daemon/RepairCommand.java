package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptSummary;
import dev.troupe.actor.RepairReport;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Puts a damaged study in order. */
@Command(
    name = "repair",
    description = {
      "Puts a damaged study in order, so that it can go on: what can be read stays, and trials of",
      "which something is missing have failed. A copy of what was damaged is kept. Without --yes",
      "it only says what is damaged."
    },
    mixinStandardHelpOptions = true)
final class RepairCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "STUDY", description = "the study's name")
  private String name = "";

  @Mixin private final KeptArguments arguments = new KeptArguments();

  @Option(names = "--yes", description = "do it")
  private boolean yes;

  RepairCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    KeptSummary study;
    try (KeptStudies studies = arguments.open()) {
      study = studies.summary(name);
    }
    if (study.damages().isEmpty()) {
      terminal.out().println("Study '%s' is intact.".formatted(name));
      return ExitStatus.DONE;
    }
    if (!yes) {
      study.damages().forEach(terminal.out()::println);
      terminal
          .err()
          .println(
              "troupe: Study '%s' is damaged as above; nothing was changed. Maybe repair it: troupe repair '%s' --yes"
                  .formatted(name, name));
      return ExitStatus.USAGE;
    }
    print(arguments.repair(name));
    return ExitStatus.DONE;
  }

  private void print(RepairReport report) {
    report.damages().forEach(terminal.out()::println);
    if (!report.failed().isEmpty()) {
      terminal.out().println("Failed (damaged): trials " + report.failed());
    }
    terminal
        .out()
        .println(
            "Study '%s' can go on. What was damaged is kept: %s".formatted(name, report.aside()));
  }
}
