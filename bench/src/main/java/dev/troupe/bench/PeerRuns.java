package dev.troupe.bench;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.troupe.bench.Horizon.Checkpoint;
import dev.troupe.study.Direction;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/**
 * Runs of other systems, recorded in a CSV file, gzipped if its name ends in {@code .gz}. Of two
 * forms, known by the header:
 *
 * <ul>
 *   <li>{@code peer, problem, seed} and {@code regret_K} for some K: a row for each run, which
 *       holds its regret after K evaluations, or nothing if it did not get as far or had none
 *   <li>{@code optimizer, benchmark, run, eval, loss}: a row for each evaluation, counted from 1,
 *       which holds its value of the main metric
 * </ul>
 *
 * Other columns do not matter. Immutable and thread safe.
 */
public final class PeerRuns {

  private static final List<String> REGRETS = List.of("peer", "problem", "seed");
  private static final List<String> VALUES =
      List.of("optimizer", "benchmark", "run", "eval", "loss");
  private static final String REGRET = "regret_";

  /** By problem, by system, by seed. */
  private final Map<String, Map<String, Map<Long, History>>> regrets = new TreeMap<>();

  private final Map<String, Map<String, Map<Long, History>>> values = new TreeMap<>();

  /** What one run recorded, by number of evaluations. */
  private static final class History {
    private final TreeMap<Long, Double> numbers = new TreeMap<>();
  }

  private PeerRuns() {}

  /** Returns no runs. */
  public static PeerRuns none() {
    return new PeerRuns();
  }

  /**
   * Reads files.
   *
   * @throws IllegalArgumentException if one cannot be read, has neither form or no row, or a number
   *     in it is none
   */
  public static PeerRuns read(List<Path> files) {
    var runs = new PeerRuns();
    files.forEach(runs::add);
    return runs;
  }

  private void add(Path file) {
    try (CsvReader<NamedCsvRecord> reader = format().ofNamedCsvRecord(open(file))) {
      boolean isEmpty = true;
      for (NamedCsvRecord row : reader) {
        isEmpty = false;
        List<String> header = row.getHeader();
        if (header.containsAll(REGRETS) && header.stream().anyMatch(PeerRuns::isRegret)) {
          addRegrets(file, row);
        } else if (header.containsAll(VALUES)) {
          record(
                  values,
                  row.getField("benchmark"),
                  row.getField("optimizer"),
                  whole(file, row, "run"))
              .put(whole(file, row, "eval"), number(file, row, "loss"));
        } else {
          throw new IllegalArgumentException(
              "Recorded runs '%s': the columns must be %s and regret_25 …, or %s, but are %s. Maybe it is another file."
                  .formatted(
                      file.getFileName(),
                      String.join(", ", REGRETS),
                      String.join(", ", VALUES),
                      String.join(", ", header)));
        }
      }
      if (isEmpty) {
        throw new IllegalArgumentException(
            "Recorded runs '%s' must have a row below the header, but have none. Maybe it is another file."
                .formatted(file.getFileName()));
      }
    } catch (UncheckedIOException e) {
      throw unreadable(file, e.getCause() == null ? new IOException(e) : e.getCause());
    } catch (IOException e) {
      throw unreadable(file, e);
    } catch (CsvParseException | NoSuchElementException e) { // the latter for a short line
      throw new IllegalArgumentException(
          "Recorded runs '%s': %s. Maybe a line is cut short, or it is another file."
              .formatted(file.getFileName(), e.getMessage()),
          e);
    }
  }

  private static IllegalArgumentException unreadable(Path file, IOException e) {
    return new IllegalArgumentException(
        "Recorded runs '%s' cannot be read: %s. Maybe check the path."
            .formatted(file, Unreadable.reason(file, e)),
        e);
  }

  private static CsvReader.CsvReaderBuilder format() {
    return CsvReader.builder()
        .missingFieldStrategy(FieldMismatchStrategy.STRICT)
        .extraFieldStrategy(FieldMismatchStrategy.STRICT);
  }

  private static Reader open(Path file) throws IOException {
    InputStream in = new BufferedInputStream(Files.newInputStream(file));
    boolean isZipped = String.valueOf(file.getFileName()).endsWith(".gz");
    return new InputStreamReader(isZipped ? new GZIPInputStream(in) : in, StandardCharsets.UTF_8);
  }

  private static boolean isRegret(String column) {
    return column.matches(REGRET + "[0-9]{1,9}");
  }

  private void addRegrets(Path file, NamedCsvRecord row) {
    Map<Long, Double> run =
        record(regrets, row.getField("problem"), row.getField("peer"), whole(file, row, "seed"));
    for (String column : row.getHeader()) {
      if (isRegret(column) && !row.getField(column).isBlank()) {
        double regret = number(file, row, column);
        if (Double.isFinite(regret)) {
          run.put(Long.valueOf(column.substring(REGRET.length())), regret);
        }
      }
    }
  }

  private static Map<Long, Double> record(
      Map<String, Map<String, Map<Long, History>>> all, String problem, String peer, long seed) {
    return all.computeIfAbsent(problem, key -> new TreeMap<>())
        .computeIfAbsent(peer, key -> new LinkedHashMap<>())
        .computeIfAbsent(seed, key -> new History())
        .numbers;
  }

  private static long whole(Path file, NamedCsvRecord row, String column) {
    double value = number(file, row, column);
    if (value != Math.rint(value) || Math.abs(value) > 1e15) {
      throw refuse(file, row, column, "a whole number");
    }
    return (long) value;
  }

  /** Other languages write {@code nan} and {@code inf} where Java writes NaN and Infinity. */
  private static double number(Path file, NamedCsvRecord row, String column) {
    String cell = row.getField(column).strip();
    if (cell.toLowerCase(Locale.ROOT).matches("[+-]?(nan|inf|infinity)")) {
      return Double.NaN;
    }
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      throw refuse(file, row, column, "a number");
    }
  }

  private static IllegalArgumentException refuse(
      Path file, NamedCsvRecord row, String column, String rule) {
    return new IllegalArgumentException(
        "Recorded runs '%s', line %d: '%s' must be %s, but was '%s'. Maybe it is another file."
            .formatted(
                file.getFileName(),
                row.getStartingLineNumber(),
                column,
                rule,
                row.getField(column)));
  }

  /**
   * Returns a row for each system that has runs on a problem, by name, cut at the problem's budget;
   * none if that is a time.
   *
   * @param target a value to reach, or null
   */
  public List<Row> rows(Problem problem, @Nullable Double target) {
    var rows = new ArrayList<Row>();
    if (problem.horizon().unit() == Horizon.Unit.EVALUATIONS) {
      regrets
          .getOrDefault(problem.name(), Map.of())
          .forEach((peer, runs) -> rows.add(ofRegrets(problem, peer, runs)));
      values
          .getOrDefault(problem.name(), Map.of())
          .forEach((peer, runs) -> rows.add(ofValues(problem, peer, runs, target)));
    }
    return rows;
  }

  private static Row ofRegrets(Problem problem, String peer, Map<Long, History> runs) {
    List<Run> converted = new ArrayList<>();
    runs.forEach(
        (seed, record) ->
            converted.add(
                new Run(seed, List.of(), atCheckpoints(problem, record.numbers), null, null)));
    return row(problem, peer, converted, null);
  }

  private static Row ofValues(
      Problem problem, String peer, Map<Long, History> runs, @Nullable Double target) {
    Direction direction = problem.objective().direction();
    List<Run> converted = new ArrayList<>();
    runs.forEach(
        (seed, record) -> {
          var best = new TreeMap<Long, Double>();
          Long reached = null;
          Double incumbent = null;
          for (Map.Entry<Long, Double> each : record.numbers.entrySet()) {
            Double value = each.getValue();
            if (Double.isFinite(value)
                && (incumbent == null || direction.isBetter(value, incumbent))) {
              incumbent = value;
            }
            if (incumbent == null) {
              continue; // what failed has no value
            }
            best.put(each.getKey(), incumbent);
            if (target != null && reached == null && !direction.isBetter(target, incumbent)) {
              reached = each.getKey();
            }
          }
          boolean inTime = reached != null && reached <= problem.horizon().amount();
          converted.add(
              new Run(
                  seed, atCheckpoints(problem, best), List.of(), null, inTime ? reached : null));
        });
    return row(problem, peer, converted, target);
  }

  private static Row row(Problem problem, String peer, List<Run> runs, @Nullable Double target) {
    List<String> labels = problem.horizon().checkpoints().stream().map(Checkpoint::label).toList();
    return new Row(problem.name(), peer, true, problem.objective(), labels, runs, null, target);
  }

  private static List<@Nullable Double> atCheckpoints(Problem problem, Map<Long, Double> numbers) {
    var found = new ArrayList<@Nullable Double>();
    for (Checkpoint checkpoint : problem.horizon().checkpoints()) {
      found.add(numbers.get((long) checkpoint.limit()));
    }
    found.add(numbers.get((long) problem.horizon().amount()));
    return found;
  }
}
