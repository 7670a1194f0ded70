package dev.troupe.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A JVM of its own that runs a class of these benchmarks, and what it says line by line. */
final class ChildJvm implements AutoCloseable {

  private final Process process;
  private final Thread reader;

  private ChildJvm(Process process, Consumer<String> lines) {
    this.process = process;
    reader = new Thread(() -> read(lines), "child-reader");
    reader.start();
  }

  /**
   * Starts one.
   *
   * @param options of the JVM
   * @param lines gets what it prints on standard output, on a thread of its own
   */
  static ChildJvm start(
      Class<?> main, List<String> options, List<String> arguments, Consumer<String> lines) {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), main.getName()));
    command.addAll(arguments);
    try {
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      return new ChildJvm(process, lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void read(Consumer<String> lines) {
    try (BufferedReader input = process.inputReader()) {
      input.lines().forEach(lines);
    } catch (IOException | UncheckedIOException e) {
      // It was killed: what it said until then has been read.
    }
  }

  /** Waits until it has ended and all that it said is read; returns its exit status. */
  int await() throws InterruptedException {
    int status = process.waitFor();
    reader.join();
    return status;
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /** Kills it with SIGKILL, and waits until it is gone. */
  void kill() throws InterruptedException {
    process.destroyForcibly();
    await();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
