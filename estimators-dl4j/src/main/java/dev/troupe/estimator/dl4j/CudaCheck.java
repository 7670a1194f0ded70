package dev.troupe.estimator.dl4j;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds out, without loading any CUDA code, whether the prebuilt CUDA back end can run on this
 * machine's GPUs. It holds code for compute capability 3.7 to 8.6 and none that a driver could
 * translate for others: 8.9 runs what was made for 8.6, while 9.0 (Hopper) and later find no code
 * at all ("no kernel image"), whatever the driver.
 */
final class CudaCheck {

  private static final Version OLDEST = new Version(3, 7);
  private static final Version FIRST_TOO_NEW = new Version(9, 0);
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final List<String> COMMAND =
      List.of("nvidia-smi", "--query-gpu=name,compute_cap", "--format=csv,noheader");
  private static final Pattern LINE = Pattern.compile("\\s*(.+?)\\s*,\\s*(\\d+)\\.(\\d+)\\s*");

  private CudaCheck() {}

  /** A compute capability. */
  record Version(int major, int minor) implements Comparable<Version> {

    @Override
    public int compareTo(Version other) {
      return major != other.major
          ? Integer.compare(major, other.major)
          : Integer.compare(minor, other.minor);
    }

    @Override
    public String toString() {
      return major + "." + minor;
    }
  }

  /**
   * A GPU.
   *
   * @param name as its driver reports it
   * @param capability its compute capability
   */
  record Gpu(String name, Version capability) {

    /** Returns whether the prebuilt back end holds code for it. */
    boolean isSupported() {
      return capability.compareTo(OLDEST) >= 0 && capability.compareTo(FIRST_TOO_NEW) < 0;
    }
  }

  /**
   * What to do.
   *
   * @param usable whether every GPU can run the back end, and there is one
   * @param reason why not, with the remedy; empty if usable
   * @param gpus what there is, as far as is known
   */
  record Decision(boolean usable, String reason, List<Gpu> gpus) {

    Decision {
      gpus = List.copyOf(gpus);
    }

    static Decision refuse(String reason) {
      return new Decision(false, reason, List.of());
    }
  }

  /** Asks the driver's program about this machine's GPUs, once, and decides. */
  static Decision ofThisMachine() {
    return ThisMachine.DECISION;
  }

  /** Asked when first needed: the answer does not change while a JVM runs. */
  private static final class ThisMachine {
    static final Decision DECISION = ask(COMMAND, PATIENCE);
  }

  /**
   * Asks {@code command}, which prints name and capability of each GPU, and decides.
   *
   * @param patience how long it may take
   */
  static Decision ask(List<String> command, Duration patience) {
    Process process;
    try {
      process = new ProcessBuilder(command).redirectErrorStream(true).start();
    } catch (IOException e) {
      return Decision.refuse(
          "There is no GPU that can be used: %s could not be started. Maybe install NVIDIA's driver."
              .formatted(command.get(0)));
    }
    try {
      return await(process, command.get(0), patience);
    } finally {
      process.destroyForcibly();
    }
  }

  private static Decision await(Process process, String program, Duration patience) {
    try {
      if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
        return Decision.refuse(
            "There is no GPU that can be used: %s gave no answer within %d ms. Maybe restart NVIDIA's driver."
                .formatted(program, patience.toMillis()));
      }
      // The answer is a few lines and lies in the pipe by now.
      return decide(lines(process), process.exitValue(), program);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Decision.refuse("The question about GPUs was interrupted.");
    } catch (IOException e) {
      return Decision.refuse(
          "There is no GPU that can be used: the answer of %s could not be read (%s). Maybe restart NVIDIA's driver."
              .formatted(program, e.getMessage()));
    }
  }

  private static List<String> lines(Process process) throws IOException {
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  /** Decides by what the program printed. */
  static Decision decide(List<String> lines, int exitStatus, String program) {
    if (exitStatus != 0 || lines.stream().allMatch(String::isBlank)) {
      return Decision.refuse(
          "There is no GPU that can be used: %s ended with status %d and said '%s'. Maybe install NVIDIA's driver."
              .formatted(program, exitStatus, String.join(" ", lines).strip()));
    }
    List<Gpu> gpus = new ArrayList<>();
    for (String line : lines) {
      Matcher matcher = LINE.matcher(line);
      if (matcher.matches()) {
        gpus.add(
            new Gpu(
                matcher.group(1),
                new Version(
                    Integer.parseInt(matcher.group(2)), Integer.parseInt(matcher.group(3)))));
      } else if (!line.isBlank()) {
        return Decision.refuse(
            "The GPU's compute capability must be known, but %s said '%s'. Maybe update NVIDIA's driver."
                .formatted(program, line.strip()));
      }
    }
    return decide(gpus);
  }

  /** Decides for these GPUs: since trials may run on any of them, one too old or new is enough. */
  static Decision decide(List<Gpu> gpus) {
    for (Gpu gpu : gpus) {
      if (!gpu.isSupported()) {
        return Decision.refuse(
            String.format(
                Locale.ROOT,
                "%s has compute capability %s, but the prebuilt CUDA back end of ND4J runs on %s to 8.9 only. Maybe build ND4J's CUDA back end for it, or stay with the CPU.",
                gpu.name(),
                gpu.capability(),
                OLDEST));
      }
    }
    return new Decision(true, "", gpus);
  }
}
