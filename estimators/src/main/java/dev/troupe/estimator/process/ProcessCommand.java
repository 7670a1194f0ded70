package dev.troupe.estimator.process;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * Which program is run, and how.
 *
 * @param words the program and its arguments, at least one; unmodifiable
 * @param folder where it runs, an existing folder
 * @param environment variables added to our own environment; unmodifiable
 * @param grace how long it may take to end after a stop or pause, above zero
 * @param verdicts whether it is told verdicts; if not, its standard input ends after the request
 */
record ProcessCommand(
    List<String> words,
    Path folder,
    Map<String, String> environment,
    Duration grace,
    boolean verdicts) {

  /** Checks the above. */
  ProcessCommand {
    words = List.copyOf(words);
    environment = Map.copyOf(environment);
    if (words.isEmpty() || words.get(0).isBlank()) {
      throw new IllegalArgumentException(
          "estimator.command must name a program, but was %s. Maybe command = [python3, train.py]."
              .formatted(words));
    }
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException(
          "estimator.command: the program must run in an existing folder, but was given '%s'. Maybe create it."
              .formatted(folder));
    }
    environment.keySet().forEach(ProcessCommand::requireVariable);
  }

  private static void requireVariable(String name) {
    if (name.isBlank() || name.indexOf('=') >= 0 || name.indexOf('\0') >= 0) {
      throw new IllegalArgumentException(
          "estimator.environment: a variable's name must not be blank or hold '=', but was '%s'. Maybe environment { NAME = value }."
              .formatted(name));
    }
  }

  /** Returns a new builder for one run; standard streams are pipes. */
  ProcessBuilder builder() {
    var builder = new ProcessBuilder(words).directory(folder.toAbsolutePath().toFile());
    builder.environment().putAll(environment);
    return builder;
  }

  /** Returns the program and its arguments in one line. */
  String text() {
    return Protocol.abbreviate(String.join(" ", words));
  }

  /** Returns whether somebody seems to have written a whole command line as one word. */
  boolean looksUnsplit() {
    return words.size() == 1 && words.get(0).strip().indexOf(' ') > 0;
  }
}
