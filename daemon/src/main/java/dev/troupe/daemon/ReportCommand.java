package dev.troupe.daemon;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.KeptStudies;
import dev.troupe.KeptStudy;
import dev.troupe.StudyFile;
import dev.troupe.monitoring.report.ReportedStudy;
import dev.troupe.monitoring.report.StudyReport;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Writes all that is on record of a study on one page. */
@Command(
    name = "report",
    description = "Writes plots and tables of a study on one self-contained page of HTML.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Reads the ledger alone, also while the study runs; the same record gives the",
      "same page. Given the study file, the page also has what only that tells: the",
      "exact space, and a drawing of the best network of an architecture search."
    })
final class ReportCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "STUDY", description = "the study's name, or its study file")
  private @Nullable String source;

  @Mixin private final KeptArguments arguments = new KeptArguments();

  @Option(names = "--out", paramLabel = "FILE.html", required = true, description = "the page")
  private @Nullable Path out;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "wins over the study file, as for run")
  private List<String> overrides = List.of();

  @Option(names = "--json", description = "says as a line of JSON what was written")
  private boolean json;

  ReportCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    String from = requireNonNull(source);
    if (Files.isRegularFile(Path.of(from))) {
      StudyFile file = StudyFile.load(Path.of(from), overrides);
      try (KeptStudies studies = arguments.open(file.ledger())) {
        KeptStudy study = KeptArguments.study(studies, file.name(), terminal.err());
        write(study, ReportedStudies.of(study, file, from, overrides));
      }
      return ExitStatus.DONE;
    }
    if (!overrides.isEmpty()) {
      throw new IllegalArgumentException(
          "--set is for study files, but there is no file '%s'. Maybe leave it out."
              .formatted(from));
    }
    try (KeptStudies studies = arguments.open()) {
      KeptStudy study = KeptArguments.study(studies, from, terminal.err());
      write(study, ReportedStudies.of(study));
    }
    return ExitStatus.DONE;
  }

  private void write(KeptStudy study, ReportedStudy reported) {
    String page = StudyReport.html(reported);
    Path file = requireNonNull(out);
    OutFile.write(file, page);
    if (json) {
      int bytes = page.getBytes(StandardCharsets.UTF_8).length;
      JsonLines.print(line(study, file, bytes), terminal.out());
    } else {
      terminal.err().println("Reported: " + file);
    }
  }

  private static ObjectNode line(KeptStudy study, Path file, long bytes) {
    ObjectNode node = JsonNodeFactory.instance.objectNode();
    node.put("study", study.name());
    node.put("state", study.state().name().toLowerCase(Locale.ROOT));
    node.put("trials", study.trials().size());
    node.put("out", file.toString());
    node.put("bytes", bytes);
    return node;
  }
}
