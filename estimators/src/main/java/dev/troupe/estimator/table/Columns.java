package dev.troupe.estimator.table;

import dev.troupe.settings.Nearest;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The cells of a file that somebody asked for, column by column. Immutable and thread safe. */
final class Columns {

  private final String file;
  private final int[] lines;
  private final Map<String, TextColumn> texts;
  private final Map<String, NumberColumn> numbers;

  /**
   * Adopts the array.
   *
   * @param file its name, for messages
   * @param lines where each row begins, counted from 1
   * @param texts columns that are read as texts, by name
   * @param numbers columns that are read as numbers, by name
   */
  Columns(
      String file, int[] lines, Map<String, TextColumn> texts, Map<String, NumberColumn> numbers) {
    this.file = file;
    this.lines = lines;
    this.texts = new LinkedHashMap<>(texts);
    this.numbers = new LinkedHashMap<>(numbers);
  }

  String file() {
    return file;
  }

  int rows() {
    return lines.length;
  }

  int line(int row) {
    return lines[row];
  }

  TextColumn text(String name) {
    return present(texts.get(name), name, texts.keySet());
  }

  NumberColumn number(String name) {
    return present(numbers.get(name), name, numbers.keySet());
  }

  private <T> T present(@Nullable T column, String name, Set<String> all) {
    if (column == null) {
      throw new IllegalArgumentException(
          "Table '%s' has no column '%s'. %s".formatted(file, name, Nearest.hint(name, all)));
    }
    return column;
  }

  /** Returns the rows whose column has one of these texts. */
  Columns where(String column, Set<String> wanted) {
    TextColumn filter = text(column);
    boolean[] keep = new boolean[filter.dictionary().size()];
    for (int code = 0; code < keep.length; code++) {
      String text = filter.dictionary().get(code);
      keep[code] = wanted.stream().anyMatch(each -> isSame(each, text));
    }
    int[] rows = IntStream.range(0, rows()).filter(row -> keep[filter.code(row)]).toArray();
    if (rows.length == 0) {
      throw new IllegalArgumentException(
          "Table '%s': no row has '%s' in column '%s'. %s"
              .formatted(
                  file,
                  String.join("' or '", wanted),
                  column,
                  Nearest.hint(wanted.iterator().next(), filter.dictionary())));
    }
    return rows.length == rows() ? this : pick(rows);
  }

  private static boolean isSame(String wanted, String text) {
    Double number = Cells.number(wanted);
    Double cell = number == null ? null : Cells.number(text);
    return wanted.equals(text) || (number != null && cell != null && number.equals(cell));
  }

  private Columns pick(int[] rows) {
    var pickedTexts = new LinkedHashMap<String, TextColumn>();
    texts.forEach((name, column) -> pickedTexts.put(name, column.pick(rows)));
    var pickedNumbers = new LinkedHashMap<String, NumberColumn>();
    numbers.forEach((name, column) -> pickedNumbers.put(name, column.pick(rows)));
    int[] pickedLines = Arrays.stream(rows).map(row -> lines[row]).toArray();
    return new Columns(file, pickedLines, pickedTexts, pickedNumbers);
  }

  /** Returns these columns, and those of another file whose row has the same text in {@code on}. */
  Columns join(Columns other, String on) {
    int[] rows = matches(other, on);
    Columns added = other.pick(rows);
    var joinedTexts = new LinkedHashMap<>(texts);
    added.texts.forEach(joinedTexts::putIfAbsent);
    var joinedNumbers = new LinkedHashMap<>(numbers);
    added.numbers.forEach(joinedNumbers::putIfAbsent);
    return new Columns(file, lines, joinedTexts, joinedNumbers);
  }

  /** Returns which row of the other file belongs to each row. */
  private int[] matches(Columns other, String on) {
    var rowOfText = new HashMap<String, Integer>();
    TextColumn keys = other.text(on);
    for (int row = 0; row < other.rows(); row++) {
      Integer before = rowOfText.put(keys.text(row), row);
      if (before != null) {
        throw new IllegalArgumentException(
            "Table '%s': each '%s' must occur once, but '%s' is in lines %d and %d. Maybe join on another column."
                .formatted(other.file, on, keys.text(row), other.line(before), other.line(row)));
      }
    }
    TextColumn wanted = text(on);
    var rows = new int[rows()];
    for (int row = 0; row < rows.length; row++) {
      Integer match = rowOfText.get(wanted.text(row));
      if (match == null) {
        throw new IllegalArgumentException(
            "Table '%s', line %d: '%s' is '%s', but '%s' has no such row. Maybe it is the file of another table."
                .formatted(file, line(row), on, wanted.text(row), other.file));
      }
      rows[row] = match;
    }
    return rows;
  }

  /**
   * Returns these columns, and those into which a column is cut.
   *
   * @param parts the names of the new columns
   * @param separator what stands between the parts; empty: each part is one character
   */
  Columns split(String column, List<String> parts, String separator) {
    TextColumn source = text(column);
    var pieces = new HashMap<String, String[]>();
    int[] firstRows = source.firstRows();
    for (int code = 0; code < source.dictionary().size(); code++) {
      String text = source.dictionary().get(code);
      String[] cut = cut(text, separator);
      if (cut.length != parts.size() && firstRows[code] >= 0) {
        throw new IllegalArgumentException(
            "Table '%s', line %d: column '%s' must have %d parts, but '%s' has %d. Maybe set 'separators'."
                .formatted(file, line(firstRows[code]), column, parts.size(), text, cut.length));
      }
      pieces.put(text, cut);
    }
    Columns result = this;
    for (int i = 0; i < parts.size(); i++) {
      int part = i;
      UnaryOperator<String> piece =
          text -> {
            String[] cut = pieces.getOrDefault(text, new String[0]);
            return part < cut.length ? cut[part] : "";
          };
      result = result.with(parts.get(i), source.map(piece));
    }
    return result;
  }

  private static String[] cut(String text, String separator) {
    if (separator.isEmpty()) {
      return text.codePoints().mapToObj(Character::toString).toArray(String[]::new);
    }
    return Arrays.stream(text.split(Pattern.quote(separator), -1))
        .map(String::strip)
        .toArray(String[]::new);
  }

  /** Returns the numbers alone: the texts are not needed once candidates have been told apart. */
  Columns withoutTexts() {
    return new Columns(file, lines, Map.of(), numbers);
  }

  private Columns with(String name, TextColumn column) {
    var copy = new LinkedHashMap<>(texts);
    copy.put(name, column);
    return new Columns(file, lines, copy, numbers);
  }

  /** Returns these columns, where a column of indices, from 0, becomes one of the values. */
  Columns lookUp(String column, List<String> values) {
    if (new LinkedHashSet<>(values).size() != values.size()) {
      throw new IllegalArgumentException(
          "Table '%s', column '%s': a value must occur once, but they are %s. Maybe remove one."
              .formatted(file, column, values));
    }
    TextColumn source = text(column);
    int[] firstRows = source.firstRows();
    int[] translated = new int[firstRows.length];
    for (int code = 0; code < translated.length; code++) {
      if (firstRows[code] >= 0) {
        translated[code] = index(column, source.dictionary().get(code), firstRows[code], values);
      }
    }
    int[] codes = new int[rows()];
    Arrays.setAll(codes, row -> translated[source.code(row)]);
    return with(column, new TextColumn(codes, values));
  }

  private int index(String column, String text, int row, List<String> values) {
    Double index = Cells.number(text);
    if (index == null || index != Math.rint(index) || index < 0 || index >= values.size()) {
      throw new IllegalArgumentException(
          "Table '%s', line %d: column '%s' must be an index from 0 to %d, since it has values, but was '%s'. Maybe list all values."
              .formatted(file, line(row), column, values.size() - 1, text));
    }
    return index.intValue();
  }
}
