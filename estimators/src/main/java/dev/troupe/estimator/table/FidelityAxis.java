package dev.troupe.estimator.table;

import dev.troupe.settings.Settings;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/**
 * What the steps of a table are.
 *
 * @param name of the axis, such as {@code epochs}
 * @param column that holds the step of each row; null where each step has columns of its own
 * @param from the first step, at least 0; 0 where there is a column
 * @param to the last step, at least {@code from}; 0 where there is a column
 */
record FidelityAxis(String name, @Nullable String column, long from, long to) {

  private static final String MAIN = "epochs";
  private static final int MOST_STEPS = 1_000_000;

  /**
   * Reads the axis of the steps from the block {@code fidelity}; null if it is not set. Of several
   * axes it is the one with steps from a number to another, else {@code epochs}.
   */
  static @Nullable FidelityAxis parse(Settings settings) {
    Settings block = settings.getSettings("fidelity");
    if (block.keys().isEmpty()) {
      return null;
    }
    String name = name(settings, block);
    Settings axis = block.getSettings(name);
    axis.requireKnown(Set.of("column", "from", "to"));
    boolean isRange = axis.has("from") && axis.has("to");
    if (isRange == axis.has("column") || axis.has("from") != axis.has("to")) {
      throw block.refuse(name, "must be { column = epoch } or { from = 1, to = 50 }");
    }
    if (!isRange) {
      return new FidelityAxis(name, axis.requireString("column", "epoch"), 0, 0);
    }
    long from = axis.getLong("from", 1, 0, 1L << 52);
    return new FidelityAxis(name, null, from, axis.getLong("to", 1, from, from + MOST_STEPS));
  }

  private static String name(Settings settings, Settings block) {
    List<String> steps =
        block.keys().stream().filter(key -> block.getSettings(key).has("from")).toList();
    if (block.keys().size() == 1 || steps.size() == 1) {
      return steps.isEmpty() ? block.keys().iterator().next() : steps.get(0);
    }
    if (steps.isEmpty() && block.has(MAIN)) {
      return MAIN;
    }
    throw settings.refuse(
        "fidelity",
        "must have one axis of steps, called epochs or with { from, to }, and no second");
  }

  /**
   * Returns the columns of the other axes of the block {@code fidelity}, by axis: what was spent on
   * each in a row.
   */
  static Map<String, String> grid(Settings settings, @Nullable FidelityAxis main) {
    Settings block = settings.getSettings("fidelity");
    var columns = new TreeMap<String, String>();
    for (String name : block.keys()) {
      if (main != null && !name.equals(main.name)) {
        Settings axis = block.getSettings(name);
        axis.requireKnown(Set.of("column"));
        columns.put(name, axis.requireString("column", name));
      }
    }
    return Collections.unmodifiableMap(columns);
  }

  /** Returns the steps that have columns of their own; none where a column holds them. */
  List<Long> steps() {
    return column == null ? LongStream.rangeClosed(from, to).boxed().toList() : List.of();
  }
}
