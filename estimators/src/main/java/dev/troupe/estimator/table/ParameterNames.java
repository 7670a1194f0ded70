package dev.troupe.estimator.table;

import dev.troupe.settings.Nearest;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** Names of parameters for columns: {@code learning_rate} is learning-rate. */
final class ParameterNames {

  private static final Pattern VALID = Pattern.compile("[a-z][a-z0-9-]*");

  private ParameterNames() {}

  /**
   * Returns the column of each parameter, by name in the order of the columns.
   *
   * @throws IllegalArgumentException if a name cannot be derived, or two are the same
   */
  static Map<String, String> derive(String table, List<String> columns) {
    var named = new LinkedHashMap<String, String>();
    for (String column : columns) {
      String name = kebab(column);
      if (!VALID.matcher(name).matches()) {
        throw new IllegalArgumentException(
            "Table '%s': column '%s' gives no name of a parameter, which matches [a-z][a-z0-9-]*. Maybe name it: parameters { x = \"%s\", … }, or list the columns that are parameters."
                .formatted(table, column, column));
      }
      String other = named.put(name, column);
      if (other != null) {
        throw new IllegalArgumentException(
            "Table '%s': each parameter must have a name of its own, but columns '%s' and '%s' are both '%s'. Maybe name them: parameters { x = \"%s\", … }."
                .formatted(table, other, column, name, column));
      }
    }
    return named;
  }

  /**
   * Returns the column of each parameter of a space.
   *
   * @throws IllegalArgumentException if one has none, or several
   */
  static Map<String, String> match(String table, List<String> parameters, List<String> columns) {
    var named = new LinkedHashMap<String, String>();
    for (String parameter : parameters) {
      List<String> matching =
          columns.contains(parameter)
              ? List.of(parameter)
              : columns.stream().filter(column -> kebab(column).equals(parameter)).toList();
      if (matching.size() != 1) {
        throw new IllegalArgumentException(
            "Table '%s': each parameter of the space must have a column, but '%s' has %s. %s"
                .formatted(
                    table,
                    parameter,
                    matching.isEmpty() ? "none" : "several: " + matching,
                    hint(parameter, matching.isEmpty() ? columns : matching)));
      }
      named.put(parameter, matching.get(0));
    }
    return named;
  }

  private static String hint(String parameter, Collection<String> columns) {
    return "%s Maybe name it: parameters { %s = \"…\", … }."
        .formatted(Nearest.hint(parameter, columns), parameter);
  }

  static String kebab(String column) {
    return column
        .strip()
        .replaceAll("([a-z0-9])([A-Z])", "$1-$2")
        .toLowerCase(Locale.ROOT)
        .replaceAll("[^a-z0-9]+", "-")
        .replaceAll("^-+|-+$", "");
  }
}
