package dev.troupe.estimator.table;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvRecord;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import dev.troupe.settings.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Set;
import java.util.function.Function;
import java.util.zip.GZIPInputStream;

/**
 * A CSV file with a header: UTF-8, with or without byte order mark, compressed if its name ends in
 * {@code .gz}. Blanks around a value do not count, empty lines are passed over.
 */
final class CsvFile {

  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private final Path path;
  private final String name;
  private final List<String> header;

  private CsvFile(Path path, String name, List<String> header) {
    this.path = path;
    this.name = name;
    this.header = header;
  }

  /**
   * Opens a file and reads its header.
   *
   * @throws IllegalArgumentException if there is no such file, it is empty or cannot be read, or a
   *     name occurs twice in the header
   */
  static CsvFile open(Path path) {
    String name = String.valueOf(path.getFileName());
    if (!Files.isRegularFile(path)) {
      throw new IllegalArgumentException(
          "Table '%s' must be a file, but %s. Maybe check the path, which is relative to the study file."
              .formatted(path, Files.exists(path) ? "is a folder" : "does not exist"));
    }
    return parse(path, name, rows -> new CsvFile(path, name, header(name, rows)));
  }

  private static List<String> header(String name, Iterator<CsvRecord> rows) {
    if (!rows.hasNext()) {
      throw new IllegalArgumentException(
          "Table '%s' must have a header, but is empty. Maybe it is another file.".formatted(name));
    }
    List<String> header = rows.next().getFields().stream().map(CsvFile::clean).toList();
    var seen = new HashSet<String>();
    for (String column : header) {
      if (!column.isEmpty() && !seen.add(column)) {
        throw new IllegalArgumentException(
            "Table '%s': each column must have a name of its own, but '%s' occurs twice. Maybe rename one."
                .formatted(name, column));
      }
    }
    return header;
  }

  private static String clean(String text) {
    String stripped = text.strip();
    boolean marked = !stripped.isEmpty() && stripped.charAt(0) == BYTE_ORDER_MARK;
    return marked ? stripped.substring(1).strip() : stripped;
  }

  /** Returns the name of the file without its folder. */
  String name() {
    return name;
  }

  /** Returns the names of the columns in order, but of those that have none. */
  List<String> header() {
    return header.stream().filter(column -> !column.isEmpty()).toList();
  }

  /**
   * Reads some columns; a column may be in both sets.
   *
   * @throws IllegalArgumentException if a column is missing, a row has more or fewer values than
   *     the header, a cell of a column of numbers is none, or there is no row
   */
  Columns read(Set<String> texts, Set<String> numbers) {
    texts.forEach(this::requireColumn);
    numbers.forEach(this::requireColumn);
    return parse(path, name, rows -> read(rows, texts, numbers));
  }

  private void requireColumn(String column) {
    if (!header().contains(column)) {
      throw new IllegalArgumentException(
          "Table '%s' has no column '%s'. %s"
              .formatted(name, column, Nearest.hint(column, header())));
    }
  }

  private Columns read(Iterator<CsvRecord> rows, Set<String> texts, Set<String> numbers) {
    rows.next(); // the header
    var textColumns = new TextColumn.Builder[header.size()];
    var numberColumns = new NumberColumn.Builder[header.size()];
    for (int i = 0; i < header.size(); i++) {
      textColumns[i] = new TextColumn.Builder();
      numberColumns[i] = new NumberColumn.Builder();
    }
    int[] textAt = header.stream().filter(texts::contains).mapToInt(header::indexOf).toArray();
    int[] numberAt = header.stream().filter(numbers::contains).mapToInt(header::indexOf).toArray();
    var lines = new ArrayList<Integer>();
    while (rows.hasNext()) {
      CsvRecord row = rows.next();
      requireWidth(row);
      lines.add(Math.toIntExact(row.getStartingLineNumber()));
      for (int i : textAt) {
        textColumns[i].add(row.getField(i).strip());
      }
      for (int i : numberAt) {
        String cell = row.getField(i).strip();
        numberColumns[i].add(number(row, i, cell), cell.isEmpty());
      }
    }
    if (lines.isEmpty()) {
      throw new IllegalArgumentException(
          "Table '%s' must have a row below its header, but has none. Maybe it is another file."
              .formatted(name));
    }
    return new Columns(
        name,
        lines.stream().mapToInt(Integer::intValue).toArray(),
        built(textAt, i -> textColumns[i].build()),
        built(numberAt, i -> numberColumns[i].build()));
  }

  private <C> Map<String, C> built(int[] positions, Function<Integer, C> column) {
    var columns = new LinkedHashMap<String, C>();
    Arrays.stream(positions).forEach(i -> columns.put(header.get(i), column.apply(i)));
    return columns;
  }

  private void requireWidth(CsvRecord row) {
    if (row.getFieldCount() != header.size()) {
      throw new IllegalArgumentException(
          "Table '%s', line %d: there must be %d values, as in the header, but there are %d. Maybe quote a comma."
              .formatted(name, row.getStartingLineNumber(), header.size(), row.getFieldCount()));
    }
  }

  private double number(CsvRecord row, int column, String cell) {
    if (cell.isEmpty()) {
      return Double.NaN;
    }
    Double value = Cells.anyNumber(cell);
    if (value == null) {
      throw new IllegalArgumentException(
          "Table '%s', line %d: column '%s' must be a number, nan, inf or blank, but was '%s'. Maybe it is another column."
              .formatted(name, row.getStartingLineNumber(), header.get(column), cell));
    }
    return value;
  }

  private static <T> T parse(Path path, String name, Function<Iterator<CsvRecord>, T> use) {
    try (InputStream raw = Files.newInputStream(path);
        InputStream plain = name.endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        Reader text = new InputStreamReader(plain, strictUtf8());
        CsvReader<CsvRecord> rows =
            CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(false)
                .trimWhitespacesAroundQuotes(true)
                .ofCsvRecord(text)) {
      return use.apply(rows.iterator());
    } catch (IOException | UncheckedIOException | CsvParseException | NoSuchElementException e) {
      throw new IllegalArgumentException(
          "Table '%s' cannot be read as UTF-8 CSV: %s. Maybe it is damaged, or another file."
              .formatted(name, reason(e)),
          e);
    }
  }

  private static CharsetDecoder strictUtf8() {
    return StandardCharsets.UTF_8
        .newDecoder()
        .onMalformedInput(CodingErrorAction.REPORT)
        .onUnmappableCharacter(CodingErrorAction.REPORT);
  }

  private static String reason(Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return "%s (%s)".formatted(cause.getClass().getSimpleName(), cause.getMessage());
  }
}
