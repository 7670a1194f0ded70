package dev.troupe.estimator.dl4j.data;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.GZIPInputStream;

/** A CSV file in memory, column by column. */
final class CsvTable {

  private static final Set<String> MISSING = Set.of("", "?", "NA", "N/A", "NaN", "nan", "null");

  private final Path file;
  private final Map<String, Column> columns;

  private CsvTable(Path file, Map<String, Column> columns) {
    this.file = file;
    this.columns = columns;
  }

  /**
   * Reads a file.
   *
   * @throws IllegalArgumentException if it cannot be read, has no rows, or a row has more or fewer
   *     values than the header
   */
  static CsvTable read(Path file) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream plain = file.toString().endsWith(".gz") ? new GZIPInputStream(raw) : raw;
        Reader text = new InputStreamReader(plain, StandardCharsets.UTF_8);
        CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .ofCsvRecord(text)) {
      return read(file, rows.iterator());
    } catch (IOException | UncheckedIOException | CsvParseException e) {
      throw new IllegalArgumentException(
          "%s cannot be read as CSV (%s). Maybe it is damaged, or another file."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static CsvTable read(Path file, Iterator<CsvRecord> rows) {
    List<String> names = rows.hasNext() ? stripped(rows.next()) : List.of();
    requireNames(file, names);
    List<List<String>> texts = new ArrayList<>();
    names.forEach(name -> texts.add(new ArrayList<>()));
    for (int row = 1; rows.hasNext(); row++) {
      List<String> values = stripped(rows.next());
      if (values.size() != names.size()) {
        throw new IllegalArgumentException(
            "%s, row %d: there must be %d values, as in the header, but there are %d. Maybe quote a comma."
                .formatted(file, row, names.size(), values.size()));
      }
      for (int i = 0; i < names.size(); i++) {
        texts.get(i).add(values.get(i));
      }
    }
    if (names.isEmpty() || texts.get(0).isEmpty()) {
      throw new IllegalArgumentException(
          "%s: there must be a header and a row, but there is none. Maybe it is another file."
              .formatted(file));
    }
    var columns = new LinkedHashMap<String, Column>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), new Column(file, names.get(i), texts.get(i)));
    }
    return new CsvTable(file, columns);
  }

  private static List<String> stripped(CsvRecord row) {
    return row.getFields().stream().map(String::strip).toList();
  }

  private static void requireNames(Path file, List<String> names) {
    var seen = new HashSet<String>();
    for (String name : names) {
      if (name.isEmpty() || !seen.add(name)) {
        throw new IllegalArgumentException(
            "%s: each column must have a name of its own in the first line, but %s. Maybe rename it."
                .formatted(
                    file, name.isEmpty() ? "one has none" : "'%s' occurs twice".formatted(name)));
      }
    }
  }

  Path file() {
    return file;
  }

  List<String> columns() {
    return List.copyOf(columns.keySet());
  }

  /**
   * Returns a column.
   *
   * @throws IllegalArgumentException if there is none of that name, or a value of it is missing
   */
  Column column(String name) {
    Column column = columns.get(name);
    if (column == null) {
      throw new IllegalArgumentException("%s has no column '%s'.".formatted(file, name));
    }
    return column.requireComplete();
  }

  int rows() {
    return columns.values().iterator().next().texts.size();
  }

  /** One column: numbers if each of its values is one, else texts. */
  static final class Column {

    private final Path file;
    private final String name;
    private final List<String> texts;
    private final boolean numeric;
    private final List<String> distinct;

    private Column(Path file, String name, List<String> texts) {
      this.file = file;
      this.name = name;
      this.texts = texts;
      this.numeric = texts.stream().allMatch(Column::isNumber);
      this.distinct = distinctOf(texts, numeric);
    }

    private static List<String> distinctOf(List<String> texts, boolean numeric) {
      Comparator<String> order =
          numeric
              ? Comparator.comparingDouble((String text) -> Double.parseDouble(text))
              : Comparator.naturalOrder();
      var sorted = new TreeSet<String>(order);
      sorted.addAll(texts);
      return List.copyOf(sorted);
    }

    private static boolean isNumber(String text) {
      try {
        return Double.isFinite(Double.parseDouble(text));
      } catch (NumberFormatException e) {
        return false;
      }
    }

    private Column requireComplete() {
      for (int row = 0; row < texts.size(); row++) {
        if (MISSING.contains(texts.get(row))) {
          throw new IllegalArgumentException(
              "%s, row %d, column '%s': a value must be present, but was '%s'. Maybe remove the row, fill the value in or ignore the column."
                  .formatted(file, row + 1, name, texts.get(row)));
        }
      }
      return this;
    }

    String name() {
      return name;
    }

    boolean isNumeric() {
      return numeric;
    }

    /** Returns the different values: numbers by size, texts by letter. */
    List<String> distinct() {
      return distinct;
    }

    /** Returns whether its values are texts, or few enough whole numbers. */
    boolean looksLikeClasses(int mostNumbers) {
      return !numeric
          || (distinct.size() <= mostNumbers
              && distinct.stream()
                  .mapToDouble(Double::parseDouble)
                  .allMatch(value -> value == Math.rint(value)));
    }

    /** Returns how many features it makes. */
    int features() {
      return numeric ? 1 : distinct.size();
    }

    /** Writes its features into rows of {@code width}, from {@code offset} on. */
    void encode(float[] target, int offset, int width) {
      if (numeric) {
        float[] numbers = numbers();
        for (int row = 0; row < numbers.length; row++) {
          target[row * width + offset] = numbers[row];
        }
      } else {
        int[] indices = indices(distinct);
        for (int row = 0; row < indices.length; row++) {
          target[row * width + offset + indices[row]] = 1;
        }
      }
    }

    /**
     * Returns its numbers.
     *
     * @throws IllegalArgumentException if a value is none
     */
    float[] numbers() {
      var numbers = new float[texts.size()];
      for (int row = 0; row < numbers.length; row++) {
        if (!isNumber(texts.get(row))) {
          throw new IllegalArgumentException(
              "%s, row %d, column '%s': the target of a regression must be a number, but was '%s'. Maybe task = classification."
                  .formatted(file, row + 1, name, texts.get(row)));
        }
        numbers[row] = Float.parseFloat(texts.get(row));
      }
      return numbers;
    }

    /** Returns the position of each value among {@code values}; numbers are compared as such. */
    int[] indices(List<String> values) {
      Map<Object, Integer> positions = new LinkedHashMap<>();
      for (String value : values) {
        positions.put(key(value), positions.size());
      }
      return texts.stream().mapToInt(text -> positions.getOrDefault(key(text), -1)).toArray();
    }

    private Object key(String text) {
      return numeric ? (Object) (Double.parseDouble(text) + 0.0) : text;
    }
  }
}
