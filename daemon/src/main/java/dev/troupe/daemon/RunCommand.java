package dev.troupe.daemon;

import static java.util.Objects.requireNonNullElse;

import dev.troupe.Study;
import dev.troupe.StudyBuilder;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.monitoring.MetricsServer;
import dev.troupe.monitoring.PrometheusExposition;
import dev.troupe.monitoring.SearchMeters;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Runs a study to its end, from where it stands. */
@Command(
    name = "run",
    description = {
      "Runs a study to its end. One that was left before its end goes on where it stood; one that",
      "has ended gives its result again, and goes on if the budget has become larger."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit status: 0 done, 2 wrong usage or study file, 3 no trial completed or the",
      "study failed, 130 interrupted."
    })
final class RunCommand implements Callable<Integer> {

  private static final Logger log = LoggerFactory.getLogger(RunCommand.class);
  private static final int NO_PORT = -1;

  private final Terminal terminal;

  @Mixin private final StudyArguments arguments = new StudyArguments();

  @Option(
      names = "--json",
      description =
          "a line of JSON for each ended trial, the result last; nothing else on"
              + " standard output")
  private boolean json;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "the folder in which studies are kept (default: TROUPE_HOME, or .troupe)")
  private @Nullable Path home;

  @Option(
      names = "--fresh",
      description = "begins anew, as NAME-2, NAME-3 …, beside what is kept under the study's name")
  private boolean fresh;

  @Option(names = "--quiet", description = "nothing but the result, and warnings")
  private boolean quiet;

  @Option(
      names = "--metrics-port",
      paramLabel = "PORT",
      description =
          "serves /metrics for Prometheus on 127.0.0.1 while the study runs; 0 for any"
              + " free port")
  private int metricsPort = NO_PORT;

  RunCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    StudyFile study = arguments.load();
    var listeners = new ArrayList<Consumer<StudyEvent>>();
    var earlierListeners = new ArrayList<Consumer<EndedTrial>>();
    JsonLines lines = json ? new JsonLines(terminal.out()) : null;
    if (lines != null) {
      listeners.add(lines);
      earlierListeners.add(lines::add);
    }
    try (Monitor monitor = monitor();
        Progress progress = progress(listeners, earlierListeners)) {
      if (monitor != null) {
        listeners.add(monitor.meters()::onEvent);
      }
      Consumer<StudyResult> printer =
          result -> {
            if (progress != null) {
              progress.clear();
            }
            print(result, study, lines);
          };
      return quiet
          ? QuietLog.during(() -> run(study, listeners, earlierListeners, printer))
          : run(study, listeners, earlierListeners, printer);
    }
  }

  private int run(
      StudyFile file,
      List<Consumer<StudyEvent>> listeners,
      List<Consumer<EndedTrial>> earlierListeners,
      Consumer<StudyResult> printer) {
    HandedOver handedOver =
        HandedOver.to(requireNonNullElse(home, Troupe.defaultHome()), file, fresh, terminal);
    if (handedOver == null) {
      return runHere(file, fresh, listeners, earlierListeners, printer);
    }
    String name = handedOver.follow(event -> listeners.forEach(listener -> listener.accept(event)));
    return runHere( // it has ended, so this gives its result; unless the daemon has
        name == null ? file : HandedOver.named(file, name),
        fresh && name == null,
        listeners,
        earlierListeners.stream()
            .<Consumer<EndedTrial>>map(
                listener ->
                    trial -> {
                      if (!handedOver.hasTold(trial)) {
                        listener.accept(trial);
                      }
                    })
            .toList(),
        printer);
  }

  private int runHere(
      StudyFile file,
      boolean anew,
      List<Consumer<StudyEvent>> listeners,
      List<Consumer<EndedTrial>> earlierListeners,
      Consumer<StudyResult> printer) {
    try (Troupe troupe = file.startTroupe()) {
      StudyBuilder<Configuration> builder =
          file.builder(troupe, listeners).isolation(file.isolation().inOwnJvm());
      earlierListeners.forEach(builder::earlierListener);
      if (home != null) {
        builder.home(home);
      }
      if (anew) {
        builder.fresh();
      }
      Study<?> study = file.start(builder);
      try (var interrupt = Interrupt.stopping(study, terminal)) {
        StudyResult result = study.outcome().toCompletableFuture().join();
        printer.accept(result);
        if (terminal.out().checkError()) {
          terminal
              .err()
              .println("troupe: Standard output could not be written. Maybe the disk is full.");
          return ExitStatus.FAILED;
        }
        return interrupt.isUnderway() ? ExitStatus.INTERRUPTED : status(result);
      }
    }
  }

  private void print(StudyResult result, StudyFile study, @Nullable JsonLines lines) {
    if (lines != null) {
      lines.close(result);
    } else {
      ClosingTable.print(result, study.objectives(), terminal.out());
      if (!quiet && study.isKept()) {
        ClosingTable.printKept(KeptHint.of(study, result, home), terminal.out());
      }
    }
    terminal.flush();
  }

  private static int status(StudyResult result) {
    return result.state() == StudyState.FAILED || result.best() == null
        ? ExitStatus.FAILED
        : ExitStatus.DONE;
  }

  private @Nullable Progress progress(
      List<Consumer<StudyEvent>> listeners, List<Consumer<EndedTrial>> earlierListeners) {
    if (quiet) {
      return null;
    }
    if (!terminal.isInteractive()) {
      var lines = new EventLines();
      listeners.add(lines);
      earlierListeners.add(lines::earlier);
      return null;
    }
    var progress = new Progress(terminal.err());
    listeners.add(progress);
    earlierListeners.add(progress::earlier);
    return progress;
  }

  private @Nullable Monitor monitor() {
    if (metricsPort == NO_PORT) {
      return null;
    }
    SearchMeters meters = SearchMeters.create();
    PrometheusExposition exposition = PrometheusExposition.of(meters);
    try {
      MetricsServer server = MetricsServer.start(exposition, metricsPort);
      log.info("Metrics are served at {} while the study runs.", server.metrics());
      return new Monitor(meters, exposition, server);
    } catch (IOException | IllegalArgumentException e) {
      exposition.close();
      throw new IllegalArgumentException("--metrics-port: " + e.getMessage(), e);
    }
  }

  private record Monitor(SearchMeters meters, PrometheusExposition exposition, MetricsServer server)
      implements AutoCloseable {

    @Override
    public void close() {
      server.close();
      exposition.close();
    }
  }
}
