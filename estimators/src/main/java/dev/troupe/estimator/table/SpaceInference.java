package dev.troupe.estimator.table;

import dev.troupe.settings.Nearest;
import dev.troupe.settings.Settings;
import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.Scale;
import dev.troupe.space.SearchSpace;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Guesses a space from the columns of a table: texts are categorical, true and false boolean;
 * numbers are ordered choices if every combination has a row or there are at most 20 of them, else
 * a range, on a log scale if all are positive and the largest is at least 1000 times the smallest.
 */
final class SpaceInference {

  private static final int MOST_CHOICES = 20;
  private static final double LOG_RATIO = 1000;
  private static final long LARGEST = 1L << 52;

  private final TableData data;
  private final Set<String> ordered;
  private final Set<String> categorical;
  private final Set<String> log;

  /**
   * Reads the hints.
   *
   * @throws IllegalArgumentException if one names no parameter, or two contradict
   */
  SpaceInference(TableData data, Settings hints) {
    this.data = data;
    hints.requireKnown(List.of("ordered", "categorical", "log"));
    ordered = named(hints, "ordered");
    categorical = named(hints, "categorical");
    log = named(hints, "log");
    var all = new HashSet<String>();
    for (Set<String> each : List.of(ordered, categorical, log)) {
      for (String name : each) {
        if (!all.add(name)) {
          throw new IllegalArgumentException(
              "%s: a parameter may have one hint, but '%s' has two. Maybe remove one."
                  .formatted(hints.part(), name));
        }
      }
    }
  }

  private Set<String> named(Settings hints, String key) {
    Set<String> names = new HashSet<>(hints.getStrings(key, List.of()));
    for (String name : names) {
      if (!data.parameters().containsKey(name)) {
        throw new IllegalArgumentException(
            "%s.%s: '%s' is no parameter of the table. %s"
                .formatted(
                    hints.part(), key, name, Nearest.hint(name, data.parameters().keySet())));
      }
    }
    return names;
  }

  /**
   * Returns the space.
   *
   * @throws IllegalArgumentException if a cell is blank, or a hint does not fit its column
   */
  SearchSpace infer() {
    var values = new LinkedHashMap<String, List<Object>>();
    data.parameters().forEach((name, column) -> values.put(name, values(column)));
    boolean isGrid = isGrid(values);
    SearchSpace.Builder builder = SearchSpace.builder();
    values.forEach((name, choices) -> builder.add(parameter(name, choices, isGrid)));
    return builder.build();
  }

  /** Returns the different values of a column: all numbers, ascending, or all texts. */
  private List<Object> values(String column) {
    TextColumn texts = data.columns().text(column);
    var used = new ArrayList<String>();
    int[] firstRows = texts.firstRows();
    for (int code = 0; code < texts.dictionary().size(); code++) {
      int row = firstRows[code];
      if (row >= 0) {
        if (texts.dictionary().get(code).isEmpty()) {
          throw new IllegalArgumentException(
              "Table '%s', line %d: column '%s' must not be blank, since a space is inferred from it. Maybe write the space out, with 'when', or list the parameters without it."
                  .formatted(data.columns().file(), data.columns().line(row), column));
        }
        used.add(texts.dictionary().get(code));
      }
    }
    return used.stream().allMatch(Cells::looksLikeNumber)
        ? numbers(used)
        : used.stream().map(text -> (Object) text).toList();
  }

  private static List<Object> numbers(List<String> texts) {
    double[] sorted =
        texts.stream()
            .mapToDouble(Double::parseDouble)
            .map(v -> v + 0.0)
            .sorted()
            .distinct()
            .toArray();
    boolean areWhole =
        IntStream.range(0, sorted.length)
            .allMatch(i -> sorted[i] == Math.rint(sorted[i]) && Math.abs(sorted[i]) <= LARGEST);
    return IntStream.range(0, sorted.length)
        .mapToObj(i -> areWhole ? (Object) (long) sorted[i] : (Object) sorted[i])
        .toList();
  }

  private boolean isGrid(Map<String, List<Object>> values) {
    Columns columns = data.columns();
    BigInteger combinations = BigInteger.ONE;
    var codes = new ArrayList<int[]>();
    for (Map.Entry<String, List<Object>> entry : values.entrySet()) {
      combinations = combinations.multiply(BigInteger.valueOf(entry.getValue().size()));
      codes.add(codes(columns.text(data.parameters().getOrDefault(entry.getKey(), ""))));
    }
    int[] rows = IntStream.range(0, columns.rows()).toArray();
    int different = RowGroups.of(codes.toArray(new int[0][]), rows).size();
    return combinations.equals(BigInteger.valueOf(different));
  }

  /** Numbers that are written in two ways count as one. */
  private static int[] codes(TextColumn column) {
    TextColumn normal =
        column.map(
            text -> {
              Double number = Cells.looksLikeNumber(text) ? Cells.number(text) : null;
              return number == null ? text : number.toString();
            });
    return IntStream.range(0, normal.rows()).map(normal::code).toArray();
  }

  private Parameter parameter(String name, List<Object> values, boolean isGrid) {
    boolean areNumbers = values.stream().allMatch(Number.class::isInstance);
    if (categorical.contains(name) || ordered.contains(name)) {
      return new CategoricalParameter(name, values, ordered.contains(name));
    }
    if (!areNumbers) {
      if (log.contains(name)) {
        throw new IllegalArgumentException(
            "infer.log: '%s' must be a column of numbers, but has '%s'. Maybe remove it there."
                .formatted(name, values.get(0)));
      }
      return Set.of("true", "false").containsAll(lowerCase(values))
          ? new BooleanParameter(name)
          : new CategoricalParameter(name, values, false);
    }
    boolean areChoices = isGrid || values.size() <= MOST_CHOICES;
    return areChoices && !log.contains(name)
        ? new CategoricalParameter(name, values, true)
        : range(name, values);
  }

  private static List<String> lowerCase(List<Object> values) {
    return values.stream().map(value -> value.toString().toLowerCase(Locale.ROOT)).toList();
  }

  private Parameter range(String name, List<Object> values) {
    double low = ((Number) values.get(0)).doubleValue();
    double high = ((Number) values.get(values.size() - 1)).doubleValue();
    boolean isLog = log.contains(name) || (low > 0 && high / low >= LOG_RATIO);
    Scale scale = isLog ? Scale.LOG : Scale.LINEAR;
    return values.get(0) instanceof Long
        ? new IntParameter(name, (long) low, (long) high, scale, 1)
        : new FloatParameter(name, low, high, scale, null);
  }
}
