package dev.troupe.cluster;

import dev.troupe.Troupe;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A worker in a process of its own. */
final class WorkerProcess implements AutoCloseable {

  private final Process process;

  private WorkerProcess(Process process) {
    this.process = process;
  }

  static WorkerProcess start(Path joinFile, String name, int slots) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            WorkerProcess.class.getName(),
            joinFile.toString(),
            name,
            Integer.toString(slots));
    return new WorkerProcess(
        new ProcessBuilder(command)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start());
  }

  /** Ends it as a crash does. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }

  /** Lends its slots until it is killed. */
  public static void main(String[] arguments) {
    ClusterWorker worker =
        ClusterWorker.start(
            new WorkerSettings(
                Path.of(arguments[0]),
                Troupe.cpuSlots(Integer.parseInt(arguments[2])),
                arguments[1],
                null,
                null,
                new ClusterTimes(
                    Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(30))));
    worker.ended().join();
  }
}
