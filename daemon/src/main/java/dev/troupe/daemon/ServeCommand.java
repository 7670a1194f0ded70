package dev.troupe.daemon;

import static java.util.Objects.requireNonNullElse;

import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.cluster.ClusterDaemon;
import dev.troupe.cluster.ClusterTimes;
import dev.troupe.cluster.DaemonSettings;
import dev.troupe.cluster.Endpoint;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Runs studies on this machine and on those that join. */
@Command(
    name = "serve",
    description = {
      "Runs studies until it is told to end. With --cluster other machines can lend it their",
      "devices: it writes a join file, and whoever has that file can join with troupe worker."
    },
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Exit status: 0 done, 2 wrong usage or study file, 3 no trial of a study completed or a",
      "study failed, 130 interrupted."
    })
final class ServeCommand implements Callable<Integer> {

  private static final String CLUSTER_KEYS = "cluster.";
  private static final int DEFAULT_PORT = 7720;

  private final Terminal terminal;

  @Parameters(paramLabel = "FILE", arity = "0..*", description = "study files to begin with")
  private List<Path> files = List.of();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "wins over the study files, as in budget.trials=10; cluster.lease=10s is after how"
              + " long a silent worker's trials go elsewhere")
  private List<String> overrides = List.of();

  @Option(names = "--cluster", description = "lets workers join")
  private boolean cluster;

  @Option(
      names = "--bind",
      paramLabel = "HOST",
      description = "where it listens for workers (default: 127.0.0.1)")
  private String bind = "127.0.0.1";

  @Option(
      names = "--port",
      paramLabel = "PORT",
      description = "on which port; 0 for any free one (default: 7720)")
  private int port = DEFAULT_PORT;

  @Option(
      names = "--advertise",
      paramLabel = "HOST:PORT",
      description = "where workers reach it, if that is elsewhere")
  private @Nullable String advertised;

  @Option(
      names = "--join-file",
      paramLabel = "FILE",
      description = "what lets workers in (default: join.conf in the home folder)")
  private @Nullable Path joinFile;

  @Option(
      names = "--home",
      paramLabel = "DIR",
      description = "the folder in which studies are kept (default: TROUPE_HOME, or .troupe)")
  private @Nullable Path home;

  @Mixin private final SlotArguments slots = new SlotArguments();

  @Option(names = "--until-done", description = "ends when all studies have")
  private boolean untilDone;

  ServeCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    List<String> ofStudies = overrides.stream().filter(each -> !isOfCluster(each)).toList();
    var studies = new ArrayList<StudyFile>();
    for (Path file : files) {
      studies.add(StudyFile.load(file, ofStudies));
    }
    Path folder = requireNonNullElse(home, Troupe.defaultHome());
    var stopping = new CompletableFuture<@Nullable Void>();
    try (var interrupt =
            Interrupt.stopping(
                () -> {
                  terminal.err().println();
                  terminal.err().println("Stopping all studies …");
                  stopping.complete(null);
                });
        DaemonLock lock = DaemonLock.acquire(folder);
        Host host = startHost(folder)) {
      var served = new ServedStudies(host.troupe(), folder, terminal);
      var unused = stopping.thenRun(served::stop);
      int status = serve(served, folder, studies);
      return interrupt.isUnderway() ? ExitStatus.INTERRUPTED : status;
    }
  }

  private static boolean isOfCluster(String override) {
    return override.startsWith(CLUSTER_KEYS);
  }

  private int serve(ServedStudies served, Path folder, List<StudyFile> studies) {
    for (StudyFile study : studies) {
      var unused = served.start(study, false);
    }
    try (SubmissionPoller poller = SubmissionPoller.start(folder, served)) {
      return served.await(untilDone);
    }
  }

  private Host startHost(Path folder) {
    if (!cluster) {
      Troupe troupe = Troupe.start(slots.devices());
      return new Host(troupe, troupe::close);
    }
    ClusterDaemon daemon =
        ClusterDaemon.start(
            new DaemonSettings(
                folder,
                requireNonNullElse(joinFile, folder.resolve("join.conf")),
                new Endpoint(bind, port),
                advertised == null ? null : Endpoint.parse(advertised),
                slots.devicesIfAny(),
                ClusterTimes.configured(
                    overrides.stream().filter(ServeCommand::isOfCluster).toList())));
    terminal
        .err()
        .println(
            "Workers join at %s with: troupe worker --join %s"
                .formatted(
                    daemon.address(), requireNonNullElse(joinFile, folder.resolve("join.conf"))));
    return new Host(daemon.troupe(), daemon::close);
  }

  /** What studies run on, and what has to be closed in the end. */
  private record Host(Troupe troupe, Runnable closing) implements AutoCloseable {

    @Override
    public void close() {
      closing.run();
    }
  }
}
