package dev.troupe.daemon;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.draw.Drawing;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Draws an architecture of a study, or of a file. */
@Command(
    name = "draw",
    description = "Draws the network of a study's best trial, or one that a JSON file describes.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "A layer with weights is drawn in one box with the normalisations,",
      "activations and dropouts around it; --unfold gives each layer its own. The",
      "drawing is SVG on standard output unless told otherwise."
    })
final class DrawCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      description = "the study file of a study that is kept, or an architecture (*.json)")
  private @Nullable String source;

  @Mixin private final KeptArguments keptArguments = new KeptArguments();

  @Option(
      names = "--trial",
      paramLabel = "N",
      description = "the trial to draw (default: the best one)")
  private @Nullable Long trial;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "wins over the study file, as for run")
  private List<String> overrides = List.of();

  @Option(names = "--out", paramLabel = "FILE", description = "where to write the drawing")
  private @Nullable Path out;

  @Option(names = "--dot", description = "as text for Graphviz")
  private boolean dot;

  @Option(names = "--unfold", description = "with a box for each layer")
  private boolean unfold;

  DrawCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    Drawing drawing = drawing(requireNonNull(source));
    if (drawing == null) {
      terminal
          .err()
          .println(
              "troupe: %s: no trial has completed. Maybe draw one that has not: --trial 1."
                  .formatted(source));
      return ExitStatus.FAILED;
    }
    Drawing chosen = unfold ? drawing.unfolded() : drawing;
    write(dot ? chosen.dot() : chosen.svg());
    return ExitStatus.DONE;
  }

  private @Nullable Drawing drawing(String from) {
    if (!from.endsWith(".json")) {
      return new StudyDrawing(keptArguments, terminal.err()).of(from, overrides, trial);
    }
    if (trial != null || !overrides.isEmpty()) {
      throw new IllegalArgumentException(
          "--trial and --set are for study files, but '%s' is an architecture. Maybe leave them out."
              .formatted(from));
    }
    return ArchitectureFile.drawing(Path.of(from));
  }

  private void write(String text) {
    if (out == null) {
      terminal.out().print(text);
      return;
    }
    OutFile.write(out, text);
    terminal.err().println("Drawn: " + out);
  }
}
