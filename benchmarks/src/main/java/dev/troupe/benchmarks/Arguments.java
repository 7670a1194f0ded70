package dev.troupe.benchmarks;

import java.util.LinkedHashMap;
import java.util.Map;

/** The command line of a benchmark: {@code --name value} pairs, each with a default. */
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

  /**
   * Returns an option that is a whole number.
   *
   * @throws IllegalArgumentException if it is none
   */
  int number(String name) {
    try {
      return Integer.parseInt(text(name));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "--%s takes a whole number, not '%s'.".formatted(name, text(name)), e);
    }
  }
}
