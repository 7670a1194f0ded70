package dev.troupe.estimator.table;

import dev.troupe.settings.Settings;
import java.util.List;
import java.util.Set;
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

  private static final int MOST_STEPS = 1_000_000;

  /** Reads the block {@code fidelity}; null if it is not set. */
  static @Nullable FidelityAxis parse(Settings settings) {
    Settings block = settings.getSettings("fidelity");
    if (block.keys().isEmpty()) {
      return null;
    }
    if (block.keys().size() > 1) {
      throw settings.refuse("fidelity", "must have one axis");
    }
    String name = block.keys().iterator().next();
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

  /** Returns the steps that have columns of their own; none where a column holds them. */
  List<Long> steps() {
    return column == null ? LongStream.rangeClosed(from, to).boxed().toList() : List.of();
  }
}
