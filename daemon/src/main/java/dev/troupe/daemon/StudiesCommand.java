package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptSummary;
import dev.troupe.KeptTrial;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lists the studies that are kept. */
@Command(
    name = "studies",
    description = "Lists the studies that are kept, a line each; also while they run.",
    mixinStandardHelpOptions = true)
final class StudiesCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final KeptArguments arguments = new KeptArguments();

  @Option(names = "--json", description = "a line of JSON for each study")
  private boolean json;

  StudiesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (KeptStudies studies = arguments.open()) {
      List<String> names = studies.names();
      int width = names.stream().mapToInt(String::length).max().orElse(1);
      for (String name : names) {
        KeptSummary study = studies.summary(name);
        KeptArguments.warn(study, terminal.err());
        if (json) {
          JsonLines.print(JsonLines.kept(study), terminal.out());
        } else {
          terminal.out().println(("%-" + width + "s  %s").formatted(name, describe(study)));
        }
      }
      if (names.isEmpty() && !json) {
        terminal.out().println("There is none yet.");
      }
    }
    return ExitStatus.DONE;
  }

  private static String describe(KeptSummary study) {
    String counts =
        study.counts().entrySet().stream()
            .map(each -> each.getValue() + " " + each.getKey().name().toLowerCase(Locale.ROOT))
            .collect(Collectors.joining(", "));
    String best = study.best() == null ? "" : "  best " + value(study, study.best());
    // Its end is not on record: from here nobody can tell whether its process lives.
    String state =
        study.reason() == null ? "not ended" : study.state().name().toLowerCase(Locale.ROOT);
    if (study.paused()) {
      state += ", paused";
    }
    return "%-9s  %s%s".formatted(state, counts.isEmpty() ? "no trials" : counts, best);
  }

  private static String value(KeptSummary study, KeptTrial best) {
    return Text.metrics(best.metrics(), study.objectives());
  }
}
