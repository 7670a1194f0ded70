package dev.troupe.space;

import java.util.regex.Pattern;

/** The rule for names of parameters, as the study file writes them. */
final class Names {

  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]*");

  private Names() {}

  /** Returns {@code name}, or refuses it. */
  static String requireValid(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "Parameter '%s': a name matches [a-z][a-z0-9-]*. Maybe '%s'."
              .formatted(name, suggest(name)));
    }
    return name;
  }

  private static String suggest(String name) {
    String kebab = Kebab.fromJava(name.strip()).replaceAll("[^a-z0-9-]+", "-");
    String trimmed = kebab.replaceAll("^[^a-z]+", "").replaceAll("-+$", "").replaceAll("-+", "-");
    return trimmed.isEmpty() ? "x" : trimmed;
  }
}
