package dev.troupe.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The command line of a benchmark: {@code --name value} pairs, each with a default.
 *
 * <p>From when it is read, what is wrong with it, or with a file that it names, ends the thread
 * with one line instead of a stack trace.
 */
final class Arguments {

  private final Map<String, String> values;

  private Arguments(Map<String, String> values) {
    this.values = values;
  }

  /**
   * Reads a command line.
   *
   * @param defaults every option with its default
   * @throws IllegalArgumentException if an option is unknown or has no value
   */
  static Arguments parse(String[] line, Map<String, String> defaults) {
    Thread.currentThread().setUncaughtExceptionHandler(Arguments::say);
    var values = new LinkedHashMap<>(defaults);
    for (int i = 0; i < line.length; i += 2) {
      String name = line[i].startsWith("--") ? line[i].substring(2) : line[i];
      if (!defaults.containsKey(name) || i + 1 == line.length) {
        throw new IllegalArgumentException(
            "Options are pairs of --name and value, but '%s' is none. Maybe one of %s."
                .formatted(line[i], defaults));
      }
      values.put(name, line[i + 1]);
    }
    return new Arguments(values);
  }

  String text(String name) {
    String value = values.get(name);
    if (value == null) {
      throw new IllegalArgumentException("There is no option --" + name + ".");
    }
    return value;
  }

  int number(String name) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--%s takes a whole number, not '%s'.".formatted(name, text(name)), e);
    }
  }

  private static void say(Thread thread, Throwable problem) {
    if (problem instanceof IllegalArgumentException) {
      System.err.println(problem.getMessage());
    } else {
      problem.printStackTrace();
    }
  }
}
