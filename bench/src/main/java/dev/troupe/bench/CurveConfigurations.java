package dev.troupe.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The configurations of recorded curves, as numbers. A column of texts becomes one of zeros and
 * ones for each of its texts. A column that repeats, for nine curves in ten, what some column of
 * the curves says at the last step is a result, such as the final error or the time that the
 * training took: it is left out, since it gives away what is to be foretold.
 */
final class CurveConfigurations {

  private static final double REPEATED = 0.9;
  private static final double TOLERANCE = 1e-6;

  /** Texts of more kinds than these are names, of which no other curve has the same. */
  private static final int MOST_TEXTS = 50;

  private final Map<String, double[]> encodings;
  private final List<String> parameters;
  private final List<String> results;

  private CurveConfigurations(
      Map<String, double[]> encodings, List<String> parameters, List<String> results) {
    this.encodings = encodings;
    this.parameters = parameters;
    this.results = results;
  }

  static CurveConfigurations none() {
    return new CurveConfigurations(Map.of(), List.of(), List.of());
  }

  /**
   * Reads the configurations.
   *
   * @param id the columns by which rows belong to curves
   * @param ends the last row of each curve, by id
   * @throws IllegalArgumentException if a column of {@code id} is missing, an id occurs twice, or
   *     none is that of a curve
   */
  static CurveConfigurations read(
      CurveFile file, List<String> id, Map<String, Map<String, String>> ends) {
    var rows = new LinkedHashMap<String, Map<String, String>>();
    file.forEach(
        row -> {
          String key = file.key(row, id);
          if (rows.put(key, row.getFieldsAsMap()) != null) {
            throw new IllegalArgumentException(
                "File '%s', line %d: each configuration must occur once, but '%s' occurs twice. Maybe it is the file of the curves."
                    .formatted(file.name(), row.getStartingLineNumber(), key));
          }
        });
    rows.keySet().retainAll(ends.keySet());
    if (rows.isEmpty()) {
      throw new IllegalArgumentException(
          "File '%s': no row has the '%s' of a curve. Maybe it is the file of other curves."
              .formatted(file.name(), String.join(", ", id)));
    }
    var parameters = new ArrayList<String>();
    var results = new ArrayList<String>();
    for (String column : rows.values().iterator().next().keySet()) {
      if (!id.contains(column)) {
        (isResult(column, rows, ends) ? results : parameters).add(column);
      }
    }
    return new CurveConfigurations(encode(rows, parameters), parameters, results);
  }

  private static boolean isResult(
      String column, Map<String, Map<String, String>> rows, Map<String, Map<String, String>> ends) {
    if (rows.values().stream().map(row -> cell(row, column)).distinct().count() < 3) {
      return false; // two settings may well be the values of something else
    }
    for (String other : ends.values().iterator().next().keySet()) {
      long same =
          rows.entrySet().stream()
              .filter(
                  row -> isSame(cell(row.getValue(), column), cell(ends.get(row.getKey()), other)))
              .count();
      // A column by the same name is a setting that was written down twice.
      if (same >= REPEATED * rows.size() && !other.equals(column)) {
        return true;
      }
    }
    return false;
  }

  private static String cell(@Nullable Map<String, String> row, String column) {
    return row == null ? "" : Objects.requireNonNullElse(row.get(column), "").strip();
  }

  private static boolean isSame(String one, String other) {
    Double first = CurveFile.parse(one);
    Double second = CurveFile.parse(other);
    return first != null
        && second != null
        && Math.abs(first - second) <= TOLERANCE * Math.max(Math.abs(first), Math.abs(second));
  }

  private static Map<String, double[]> encode(
      Map<String, Map<String, String>> rows, List<String> parameters) {
    var columns = new ArrayList<Map<String, Double>>();
    for (String parameter : parameters) {
      var numbers = new LinkedHashMap<String, Double>();
      rows.forEach((key, row) -> numbers.put(key, CurveFile.parse(cell(row, parameter))));
      if (numbers.values().stream().allMatch(Objects::nonNull)) {
        columns.add(numbers);
      } else {
        columns.addAll(flags(rows, parameter));
      }
    }
    var encodings = new LinkedHashMap<String, double[]>();
    for (String key : rows.keySet()) {
      encodings.put(key, columns.stream().mapToDouble(column -> finite(column.get(key))).toArray());
    }
    return encodings;
  }

  private static double finite(@Nullable Double number) {
    return number == null || !Double.isFinite(number) ? -1 : number;
  }

  private static List<Map<String, Double>> flags(
      Map<String, Map<String, String>> rows, String parameter) {
    var texts = new TreeSet<String>();
    rows.values().forEach(row -> texts.add(cell(row, parameter)));
    if (texts.size() > MOST_TEXTS) {
      return List.of();
    }
    var columns = new ArrayList<Map<String, Double>>();
    for (String text : texts) {
      var flags = new LinkedHashMap<String, Double>();
      rows.forEach((key, row) -> flags.put(key, text.equals(cell(row, parameter)) ? 1.0 : 0));
      columns.add(flags);
    }
    return columns;
  }

  /** Returns the configuration of a curve, shape [d], or null if the file has none. */
  double @Nullable [] encoding(String id) {
    return encodings.get(id);
  }

  List<String> parameters() {
    return parameters;
  }

  List<String> results() {
    return results;
  }
}
