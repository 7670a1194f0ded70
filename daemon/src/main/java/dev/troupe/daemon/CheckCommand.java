package dev.troupe.daemon;

import static java.util.Objects.requireNonNull;

import dev.troupe.StudyFile;
import dev.troupe.space.SearchSpace;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Validates a study file. */
@Command(
    name = "check",
    description = "Validates a study file; shows its space, the space's size and the strategy.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", description = "the study file")
  private @Nullable Path file;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "wins over the file, as in budget.trials=10")
  private List<String> overrides = List.of();

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    StudyFile study = StudyFile.load(requireNonNull(file), overrides);
    study.createStrategy();
    study.createEstimator().close();
    SearchSpace space = study.space();
    PrintStream out = terminal.out();
    out.printf("Study %s is valid.%n", study.name());
    out.println("space");
    space.toString().lines().forEach(line -> out.println("  " + line));
    out.printf("size       %s%n", space.size().map(Object::toString).orElse("uncountable"));
    out.printf("strategy   %s%n", study.strategyName());
    out.printf("estimator  %s%n", study.estimatorName());
    return ExitStatus.DONE;
  }
}
