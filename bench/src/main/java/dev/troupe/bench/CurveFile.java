package dev.troupe.bench;

import static java.util.Objects.requireNonNull;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.troupe.settings.Nearest;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.NoSuchElementException;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A CSV file with a header, gzipped if its name ends in {@code .gz}. */
final class CurveFile {

  private final Path path;

  CurveFile(Path path) {
    this.path = path;
  }

  String name() {
    return String.valueOf(path.getFileName());
  }

  /**
   * Shows each row in order.
   *
   * @throws IllegalArgumentException if the file cannot be read
   */
  void forEach(Consumer<NamedCsvRecord> row) {
    try (InputStream raw = new BufferedInputStream(Files.newInputStream(path));
        InputStream plain = name().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        Reader text = new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder());
        CsvReader<NamedCsvRecord> rows =
            CsvReader.builder()
                .skipEmptyLines(true)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .ofNamedCsvRecord(text)) {
      rows.forEach(row);
    } catch (UncheckedIOException e) {
      throw unreadable(requireNonNull(e.getCause(), "cause"));
    } catch (IOException e) {
      throw unreadable(e);
    } catch (CsvParseException | NoSuchElementException e) {
      throw new IllegalArgumentException(
          "File '%s' cannot be read as CSV: %s. Maybe it is damaged, or another file."
              .formatted(path, e.getMessage()),
          e);
    }
  }

  private IllegalArgumentException unreadable(IOException e) {
    return new IllegalArgumentException(
        "File '%s' cannot be read: %s. Maybe check its path."
            .formatted(path, Unreadable.reason(path, e)),
        e);
  }

  /**
   * Returns a cell without blanks around it.
   *
   * @throws IllegalArgumentException if there is no such column
   */
  String text(NamedCsvRecord row, String column) {
    return row.findField(column)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "File '%s' has no column '%s'. %s"
                        .formatted(path, column, Nearest.hint(column, row.getHeader()))))
        .strip();
  }

  /** Returns the cells of some columns as one text. */
  String key(NamedCsvRecord row, List<String> columns) {
    return String.join(", ", columns.stream().map(column -> text(row, column)).toList());
  }

  /**
   * Returns a number, which may be nan or infinite; NaN of a blank cell.
   *
   * @throws IllegalArgumentException if it is none
   */
  double number(NamedCsvRecord row, String column) {
    String cell = text(row, column);
    Double number = parse(cell);
    if (number == null) {
      throw new IllegalArgumentException(
          "File '%s', line %d: column '%s' must be a number, nan or inf, but was '%s'. Maybe it is another column."
              .formatted(path, row.getStartingLineNumber(), column, cell));
    }
    return number;
  }

  /** Returns what a cell says as a number, or null if it is none. */
  static @Nullable Double parse(String cell) {
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "", "nan", "+nan", "-nan", "na", "null", "none" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> {
        try {
          yield cell.matches("[0-9.eE+-]+") ? Double.valueOf(cell) : null;
        } catch (NumberFormatException e) {
          yield null;
        }
      }
    };
  }
}
