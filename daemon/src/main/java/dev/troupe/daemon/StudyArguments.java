package dev.troupe.daemon;

import static java.util.Objects.requireNonNull;

import dev.troupe.StudyFile;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** What all commands that read a study file are given. */
final class StudyArguments {

  @Parameters(paramLabel = "FILE", description = "the study file")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "wins over the file, as in budget.trials=10")
  private List<String> overrides = List.of();

  /** Returns the study, changed as asked for. */
  StudyFile load() {
    return StudyFile.load(requireNonNull(file), overrides);
  }
}
