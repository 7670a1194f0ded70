package dev.troupe.daemon;

import dev.troupe.cluster.ClusterTimes;
import dev.troupe.cluster.ClusterWorker;
import dev.troupe.cluster.Endpoint;
import dev.troupe.cluster.WorkerSettings;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Lends the devices of this machine to a daemon. */
@Command(
    name = "worker",
    description = {
      "Lends the devices of this machine to a daemon: troupe serve --cluster. Joins it again",
      "whenever it has lost it, until it is told to end; trials that run then go elsewhere."
    },
    mixinStandardHelpOptions = true)
final class WorkerCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Option(
      names = "--join",
      paramLabel = "FILE",
      required = true,
      description = "the join file that the daemon wrote")
  private @Nullable Path joinFile;

  @Mixin private final SlotArguments slots = new SlotArguments();

  @Option(
      names = "--name",
      paramLabel = "NAME",
      description = "how its devices are called (default: its address)")
  private String name = "";

  @Option(
      names = "--bind",
      paramLabel = "HOST",
      description = "where it listens for the daemon (default: by which it reaches the daemon)")
  private @Nullable String bind;

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "on which port, if --bind is given (default: any free one)")
  private int port;

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description = "where the daemon reaches it, if that is elsewhere")
  private @Nullable String advertised;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "cluster.silence=30s is after how long without the daemon it joins anew")
  private List<String> overrides = List.of();

  WorkerCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    if (joinFile == null) {
      throw new IllegalArgumentException("A worker needs a join file. Maybe --join join.conf.");
    }
    ClusterWorker worker =
        ClusterWorker.start(
            new WorkerSettings(
                joinFile,
                slots.devices(),
                name,
                bind == null ? null : new Endpoint(bind, port),
                advertised == null ? null : Endpoint.parse(advertised),
                ClusterTimes.configured(overrides)));
    try (worker;
        var interrupt = Interrupt.stopping(worker::close)) {
      terminal.err().println("Joins the daemon at %s.".formatted(worker.daemon()));
      String unwanted = worker.ended().join();
      if (unwanted != null) {
        terminal.err().println("troupe: The daemon refuses this worker. " + unwanted);
        return ExitStatus.USAGE;
      }
      return interrupt.isUnderway() ? ExitStatus.INTERRUPTED : ExitStatus.DONE;
    }
  }
}
