package dev.troupe.estimator.process;

import java.util.Map;

/** What an exit status other than 0 tells. Pure. */
public final class ExitStatus {

  /** Shells and the JVM report a signal as this plus its number. */
  private static final int SIGNALLED = 128;

  private static final Map<Integer, String> SIGNALS =
      Map.of(
          1, "SIGHUP", 2, "SIGINT", 4, "SIGILL", 6, "SIGABRT", 8, "SIGFPE", 9, "SIGKILL", 11,
          "SIGSEGV", 13, "SIGPIPE", 15, "SIGTERM");

  private ExitStatus() {}

  /** Returns {@code exit status n}, with the signal that it stands for. */
  public static String describe(int status) {
    String signal = SIGNALS.get(status - SIGNALLED);
    return signal == null
        ? "exit status " + status
        : "exit status %d (signal %s)".formatted(status, signal);
  }

  /** Returns a sentence that begins with Maybe. */
  public static String remedy(int status) {
    return switch (status) {
      case 126 -> "Maybe a file that it runs is not executable.";
      case 127 -> "Maybe a program that it runs is not installed or not on the PATH.";
      case SIGNALLED + 9 -> "Maybe the machine ran out of memory.";
      case SIGNALLED + 11 -> "Maybe a native library of the program crashed.";
      default -> "Maybe run it by hand with the trial's configuration.";
    };
  }
}
