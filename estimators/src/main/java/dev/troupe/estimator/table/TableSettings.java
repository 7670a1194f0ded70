package dev.troupe.estimator.table;

import dev.troupe.estimator.SimulatedCost;
import dev.troupe.settings.Settings;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * What a study file says about a table; which of it fits the file is checked when that is read.
 *
 * @param file the table
 * @param join further columns, or null
 * @param splits by column that is cut, the names of its parts
 * @param separators by column that is cut, what stands between the parts
 * @param values by column of indices, the values that they mean
 * @param where by column, the texts of rows that are kept
 * @param parameters which columns are parameters; null: not said
 * @param lookup how candidates are found; null: not said
 * @param metrics by name
 * @param report by name, what is told for the incumbent only
 * @param axis what the steps are, or null without steps
 * @param grid by further axis of the fidelity, the column that tells what was spent in a row
 * @param cost seconds, or null
 * @param cumulativeCost whether the cost of a step is counted from the begin of the evaluation
 * @param simulatedCost seconds by a rule, or null
 * @param mean whether repeats are averaged; else one is drawn
 * @param passes how often each row may be evaluated
 */
record TableSettings(
    Path file,
    @Nullable Join join,
    Map<String, List<String>> splits,
    Map<String, String> separators,
    Map<String, List<String>> values,
    Map<String, Set<String>> where,
    @Nullable Parameters parameters,
    @Nullable Lookup lookup,
    List<ValueColumns> metrics,
    List<ValueColumns> report,
    @Nullable FidelityAxis axis,
    Map<String, String> grid,
    @Nullable ValueColumns cost,
    boolean cumulativeCost,
    @Nullable SimulatedCost simulatedCost,
    boolean mean,
    int passes) {

  /** How candidates are found. */
  enum Lookup {
    EXACT,
    NEAREST,
    ROWS
  }

  /** Columns of another file. */
  record Join(Path file, String on) {}

  /**
   * Which columns are parameters.
   *
   * @param columns in the order of the study file; names are derived from them
   * @param named by parameter; empty if there are columns
   */
  record Parameters(List<String> columns, Map<String, String> named) {}

  /**
   * Reads the settings.
   *
   * @throws IllegalArgumentException if one is wrong
   */
  static TableSettings parse(Settings settings, Path folder) {
    @Nullable SimulatedCost simulated = SimulatedCost.find(settings).orElse(null);
    @Nullable ValueColumns cost = cost(settings);
    @Nullable FidelityAxis axis = FidelityAxis.parse(settings);
    @Nullable Lookup lookup = lookup(settings);
    if (settings.has("passes") && lookup != null && lookup != Lookup.ROWS) {
      throw settings.refuse("passes", "needs lookup = rows");
    }
    Map<String, List<String>> splits = lists(settings, "split");
    return new TableSettings(
        path(settings, "file", folder),
        join(settings, folder),
        splits,
        separators(settings, splits.keySet()),
        lists(settings, "values"),
        where(settings),
        parameters(settings),
        lookup,
        metrics(settings),
        valueColumns(settings.getSettings("report")),
        axis,
        FidelityAxis.grid(settings, axis),
        cost,
        settings.getBoolean("cumulative-cost", false),
        simulated,
        settings.getOneOf("repeats", "draw", List.of("draw", "mean")).equals("mean"),
        settings.getInt("passes", 1, 1, 1_000_000));
  }

  private static Path path(Settings settings, String key, Path folder) {
    String text = settings.requireString(key, "\"results.csv\"");
    try {
      return folder.resolve(text);
    } catch (InvalidPathException e) {
      throw settings.refuse(key, "must be the path of a file");
    }
  }

  private static @Nullable Join join(Settings settings, Path folder) {
    if (!settings.has("join")) {
      return null;
    }
    Settings block = settings.getSettings("join");
    block.requireKnown(Set.of("file", "on"));
    return new Join(path(block, "file", folder), block.requireString("on", "config"));
  }

  private static Map<String, List<String>> lists(Settings settings, String key) {
    Settings block = settings.getSettings(key);
    var lists = new TreeMap<String, List<String>>();
    for (String column : block.keys()) {
      List<String> items = block.getStrings(column, List.of());
      if (items.isEmpty()) {
        throw block.refuse(column, "must be a list of texts");
      }
      lists.put(column, items);
    }
    return Collections.unmodifiableMap(lists);
  }

  private static Map<String, String> separators(Settings settings, Set<String> splits) {
    Settings block = settings.getSettings("separators");
    block.requireKnown(splits);
    var separators = new HashMap<String, String>();
    for (String column : block.keys()) {
      separators.put(column, block.getString(column, ""));
    }
    return Map.copyOf(separators);
  }

  private static Map<String, Set<String>> where(Settings settings) {
    var where = new TreeMap<String, Set<String>>();
    lists(settings, "where")
        .forEach((column, texts) -> where.put(column, new LinkedHashSet<>(texts)));
    return Collections.unmodifiableMap(where);
  }

  private static @Nullable Parameters parameters(Settings settings) {
    if (!settings.has("parameters")) {
      return null;
    }
    if (!(settings.toMap().get("parameters") instanceof Map)) {
      List<String> columns = settings.getStrings("parameters", List.of());
      if (columns.isEmpty() || new LinkedHashSet<>(columns).size() != columns.size()) {
        throw settings.refuse("parameters", "must be a list of columns, none twice");
      }
      return new Parameters(columns, Map.of());
    }
    Settings block = settings.getSettings("parameters");
    var named = new LinkedHashMap<String, String>();
    for (String name : new TreeSet<>(block.keys())) {
      named.put(name, block.getString(name, name));
    }
    if (named.isEmpty()) {
      throw settings.refuse("parameters", "must name a column");
    }
    return new Parameters(List.of(), Collections.unmodifiableMap(named));
  }

  private static @Nullable Lookup lookup(Settings settings) {
    String text = settings.getOneOf("lookup", "auto", List.of("auto", "exact", "nearest", "rows"));
    return switch (text) {
      case "exact" -> Lookup.EXACT;
      case "nearest" -> Lookup.NEAREST;
      case "rows" -> Lookup.ROWS;
      default -> null;
    };
  }

  private static List<ValueColumns> metrics(Settings settings) {
    List<ValueColumns> metrics = valueColumns(settings.getSettings("metrics"));
    if (metrics.isEmpty()) {
      throw new IllegalArgumentException(
          "%s.metrics must name a column for each metric, but is not set. Maybe metrics { accuracy = valid_accuracy }."
              .formatted(settings.part()));
    }
    return metrics;
  }

  private static List<ValueColumns> valueColumns(Settings block) {
    var all = new ArrayList<ValueColumns>();
    for (String name : new TreeSet<>(block.keys())) {
      all.add(ValueColumns.parse(block, name));
    }
    return List.copyOf(all);
  }

  private static @Nullable ValueColumns cost(Settings settings) {
    if (!settings.has("cost")) {
      if (settings.has("cost-scale") || settings.has("cumulative-cost")) {
        String key = settings.has("cost-scale") ? "cost-scale" : "cumulative-cost";
        throw settings.refuse(key, "needs cost");
      }
      return null;
    }
    double scale = settings.getDouble("cost-scale", 1, 0, Double.MAX_VALUE);
    return new ValueColumns("cost", settings.getStrings("cost", List.of()), scale, 0);
  }
}
