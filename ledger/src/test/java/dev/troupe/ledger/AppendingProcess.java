package dev.troupe.ledger;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.troupe.actor.LedgerActor;
import dev.troupe.codec.RandomEvents;
import dev.troupe.study.StudyEvent;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Appends random events in a process of its own, and prints how many were acknowledged. */
final class AppendingProcess implements AutoCloseable {

  private static final int BATCH = 20;

  private final Process process;
  private final BufferedReader lines;

  private AppendingProcess(Process process) {
    this.process = process;
    lines = process.inputReader();
  }

  /**
   * Starts a process that goes on where the study stands.
   *
   * @param prefix a command that runs the command after it
   */
  static AppendingProcess start(Path home, String study, int events, String... prefix)
      throws IOException {
    var command = new ArrayList<>(List.of(prefix));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx128m",
            "-XX:TieredStopAtLevel=1",
            "-XX:+UseSerialGC",
            "-XX:-UsePerfData",
            "-cp",
            System.getProperty("java.class.path"),
            AppendingProcess.class.getName(),
            home.toString(),
            study,
            Integer.toString(events)));
    return new AppendingProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start());
  }

  /** Called in the process. */
  public static void main(String[] arguments) {
    String study = arguments[1];
    int count = Integer.parseInt(arguments[2]);
    List<StudyEvent> events = RandomEvents.list(1, study, count);
    ActorTestKit kit = ActorTestKit.create();
    try (LedgerClient ledger = LedgerClient.open(kit, study, Path.of(arguments[0]))) {
      int kept = ledger.read().size();
      System.out.println(kept);
      while (kept < count) {
        LedgerActor.Reply reply =
            ledger.append(events.subList(kept, Math.min(count, kept + BATCH)));
        if (reply instanceof LedgerActor.Appended appended) {
          kept = Math.toIntExact(appended.count());
          System.out.println(kept);
        } else {
          System.out.println(reply);
          break;
        }
      }
    }
    kit.shutdownTestKit();
  }

  long pid() {
    return process.pid();
  }

  /** Returns the next line, or null at the end. */
  @Nullable String line() throws IOException {
    return lines.readLine();
  }

  /** Returns the last line, when the process has ended. */
  String lastLine() throws IOException {
    String last = "";
    for (String line = line(); line != null; line = line()) {
      last = line;
    }
    return last;
  }

  /** Kills it as nothing else can; what it said before can still be read. */
  void kill() throws InterruptedException {
    process.toHandle().destroyForcibly();
    process.waitFor();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
