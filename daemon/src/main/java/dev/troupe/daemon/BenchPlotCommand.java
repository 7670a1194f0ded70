package dev.troupe.daemon;

import static java.util.Objects.requireNonNull;

import dev.troupe.bench.CurvePlot;
import dev.troupe.bench.CurvePlot.Quantity;
import dev.troupe.bench.CurvePlot.Style;
import dev.troupe.bench.Trajectories;
import dev.troupe.bench.Trajectory;
import dev.troupe.settings.Nearest;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws the runs that {@code bench quality --records} has written. */
@Command(
    name = "plot",
    description = "Draws what strategies had found by when, from the records of bench quality.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A panel for each problem; for each strategy the median over its runs as a line,",
      "the quartiles as a band. It begins where every run has a value."
    })
final class BenchPlotCommand implements Callable<Integer> {

  private static final List<String> VALUES = List.of("regret", "best");

  private final Terminal terminal;

  @Parameters(paramLabel = "RECORDS", description = "what bench quality --records wrote")
  private @Nullable Path records;

  @Option(names = "--out", paramLabel = "FILE.svg", required = true, description = "the drawing")
  private @Nullable Path out;

  @Option(names = "--problem", paramLabel = "P", description = "this problem only")
  private @Nullable String problem;

  @Option(
      names = "--value",
      paramLabel = "regret|best",
      description = "what upwards (default: the regret if every problem's optimum is known)")
  private @Nullable String value;

  @Option(names = "--log", description = "upwards on a logarithmic scale")
  private boolean log;

  BenchPlotCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<Trajectory> chosen = chosen(Trajectories.read(requireNonNull(records)));
    Quantity quantity = value == null ? known(chosen) : quantity(value);
    Path file = requireNonNull(out);
    String svg = CurvePlot.svg(chosen, new Style(quantity, log));
    OutFile.write(file, svg);
    terminal.err().println("Drawn: " + file);
    return ExitStatus.DONE;
  }

  private static Quantity quantity(String name) {
    if (!VALUES.contains(name)) {
      throw new IllegalArgumentException(
          "--value must be regret or best, but was '%s'. %s"
              .formatted(name, Nearest.hint(name, VALUES)));
    }
    return name.equals("regret") ? Quantity.REGRET : Quantity.BEST;
  }

  private List<Trajectory> chosen(List<Trajectory> all) {
    if (problem == null) {
      return all;
    }
    List<String> problems = all.stream().map(Trajectory::problem).distinct().toList();
    if (!problems.contains(problem)) {
      throw new IllegalArgumentException(
          "The records have no problem named '%s'. %s"
              .formatted(problem, Nearest.hint(problem, problems)));
    }
    return all.stream().filter(each -> each.problem().equals(problem)).toList();
  }

  private static Quantity known(List<Trajectory> trajectories) {
    return trajectories.stream().allMatch(Trajectory::hasRegret) ? Quantity.REGRET : Quantity.BEST;
  }
}
