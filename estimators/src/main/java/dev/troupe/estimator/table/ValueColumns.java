package dev.troupe.estimator.table;

import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where the values of a metric stand, as the study file says it.
 *
 * @param name the metric
 * @param columns names of columns, or patterns such as {@code e{epoch}}; several are repeats
 * @param scale by which a cell is multiplied; finite and not 0
 * @param offset that is added then; finite
 */
record ValueColumns(String name, List<String> columns, double scale, double offset) {

  private static final Pattern PLACEHOLDER = Pattern.compile("\\{[^{}]*\\}");

  /** Reads a text, a list of texts, or a block of {@code column}, {@code scale}, {@code offset}. */
  static ValueColumns parse(Settings settings, String key) {
    if (!(settings.toMap().get(key) instanceof Map)) {
      return of(settings, key, key, 1, 0);
    }
    Settings block = settings.getSettings(key);
    block.requireKnown(Set.of("column", "scale", "offset"));
    if (!block.has("column")) {
      throw new IllegalArgumentException(
          "%s.column must be set. Maybe add column = %s.".formatted(block.part(), key));
    }
    double scale = block.getDouble("scale", 1, -Double.MAX_VALUE, Double.MAX_VALUE);
    if (scale == 0) {
      throw block.refuse("scale", "must not be 0");
    }
    double offset = block.getDouble("offset", 0, -Double.MAX_VALUE, Double.MAX_VALUE);
    return of(block, "column", key, scale, offset);
  }

  private static ValueColumns of(
      Settings settings, String key, String name, double scale, double offset) {
    List<String> columns = settings.getStrings(key, List.of());
    if (columns.isEmpty() || columns.stream().anyMatch(String::isBlank)) {
      throw settings.refuse(key, "must be a column or a list of columns");
    }
    return new ValueColumns(name, List.copyOf(columns), scale, offset);
  }

  /** Returns whether there is a column for each step. */
  boolean hasPattern() {
    return PLACEHOLDER.matcher(columns.get(0)).find();
  }

  /**
   * Returns the names of the columns, those of the steps for each repeat.
   *
   * @throws IllegalArgumentException if there are patterns, but no range of steps, or not all are
   */
  List<List<String>> expand(List<Long> steps) {
    var expanded = new ArrayList<List<String>>();
    for (String column : columns) {
      Matcher matcher = PLACEHOLDER.matcher(column);
      boolean isPattern = matcher.find();
      if (isPattern != hasPattern() || (isPattern && steps.isEmpty())) {
        throw new IllegalArgumentException(
            "Metric '%s': either all columns are patterns and the fidelity has a range, or none is, but one was '%s'. Maybe add fidelity { epochs { from = 1, to = 50 } }."
                .formatted(name, column));
      }
      expanded.add(
          isPattern
              ? steps.stream().map(step -> matcher.replaceAll(Long.toString(step))).toList()
              : List.of(column));
    }
    return expanded;
  }
}
