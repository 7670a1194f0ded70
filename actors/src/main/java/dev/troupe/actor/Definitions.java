package dev.troupe.actor;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Holds what defines a study against what is on record of it. */
final class Definitions {

  private Definitions() {}

  /**
   * Requires that a study is still the recorded one in all that both of them define.
   *
   * @throws IllegalArgumentException if it is not, with all that differs and the remedy
   */
  static void requireSame(String study, Map<String, String> recorded, Map<String, String> now) {
    var differences = new ArrayList<String>();
    new TreeMap<>(recorded)
        .forEach(
            (name, text) -> {
              String other = now.getOrDefault(name, text);
              if (!other.equals(text)) {
                differences.add(difference(name, text, other));
              }
            });
    if (!differences.isEmpty()) {
      throw new IllegalArgumentException(
          "Study '%s': it must be the same as when it began, but %s. Maybe begin anew beside it (--fresh), or give this study another name."
              .formatted(study, String.join("; ", differences)));
    }
  }

  private static String difference(String name, String before, String now) {
    List<String> gone = without(before, now);
    List<String> come = without(now, before);
    return gone.isEmpty() && come.isEmpty()
        ? "its %s is in another order".formatted(name)
        : "its %s was %s, and is %s".formatted(name, quote(gone), quote(come));
  }

  /** Returns the lines of a text that the other one lacks. */
  private static List<String> without(String text, String other) {
    Set<String> lines = new LinkedHashSet<>(text.lines().toList());
    other.lines().forEach(lines::remove);
    return List.copyOf(lines);
  }

  private static String quote(List<String> lines) {
    return lines.isEmpty() ? "without it" : "'" + String.join(", ", lines) + "'";
  }
}
