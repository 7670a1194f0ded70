package dev.troupe.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * How long a study takes to be taken up again, and what room that needs: lets a process run a study
 * of five parameters and three measurements a trial, ends it without warning after some number of
 * trials, and starts it again in a new JVM. Tells the seconds from the start of that JVM, and of
 * its program, until a new suggestion is on record; the memory of the process at most, its heap at
 * most and what of that was in use; and the size of the database for each trial.
 *
 * <p>Options: trials (10000,100000,1000000), strategy (random), ledger (file, or a JDBC URL), home
 * (a temporary folder, which is removed), heap (the largest of both JVMs, 2g).
 */
public final class Recovery {

  private final Arguments arguments;
  private final Path home;

  private Recovery(Arguments arguments, Path home) {
    this.arguments = arguments;
    this.home = home;
  }

  /** Prints a line for each number of trials. */
  public static void main(String[] line) throws IOException, InterruptedException {
    Arguments arguments =
        Arguments.parse(
            line,
            Map.of(
                "trials",
                "10000,100000,1000000",
                "strategy",
                "random",
                "ledger",
                "file",
                "home",
                "",
                "heap",
                "2g"));
    System.out.println(
        "   trials  written/s    JVM s  program s   RSS MB  heap MB  in use MB  bytes/trial");
    for (String trials : arguments.text("trials").split(",")) {
      Path home =
          arguments.text("home").isEmpty()
              ? Files.createTempDirectory("troupe-recovery")
              : Files.createTempDirectory(Path.of(arguments.text("home")), "troupe-recovery");
      try {
        new Recovery(arguments, home).run(Integer.parseInt(trials));
      } finally {
        Folders.delete(home);
      }
    }
  }

  private void run(int trials) throws IOException, InterruptedException {
    String name = "recovery-" + System.currentTimeMillis();
    long start = System.nanoTime();
    start("write", name, trials);
    double written = trials / ((System.nanoTime() - start) / 1e9);
    long bytes = arguments.text("ledger").equals("file") ? Folders.databaseSize(home) : 0;
    start = System.nanoTime();
    String[] told = start("recover", name, trials).split(" ");
    double jvm = (Long.parseLong(told[0]) - start) / 1e9; // one clock for all processes, on Linux
    System.out.printf(
        "%9d  %9.0f  %7.2f  %9.2f  %7s  %7s  %9s  %11s%n",
        trials,
        written,
        jvm,
        Double.parseDouble(told[1]),
        told[2],
        told[3],
        told[4],
        bytes == 0 ? "" : Long.toString(bytes / trials));
  }

  /** Returns the last line that the process says. */
  private String start(String mode, String name, int trials) throws InterruptedException {
    var line = new ArrayList<>(List.of("--mode", mode, "--name", name));
    line.addAll(List.of("--home", home.toString(), "--trials", Integer.toString(trials)));
    for (String option : List.of("ledger", "strategy")) {
      line.addAll(List.of("--" + option, arguments.text(option)));
    }
    List<String> lines = Collections.synchronizedList(new ArrayList<>());
    try (ChildJvm child =
        ChildJvm.start(
            RecoveryStudy.class, List.of("-Xmx" + arguments.text("heap")), line, lines::add)) {
      child.await();
    }
    if (lines.isEmpty()) {
      throw new IllegalStateException(
          "The study's process said nothing. Maybe give it more memory: --heap 4g.");
    }
    return lines.get(lines.size() - 1);
  }
}
