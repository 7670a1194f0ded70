package dev.troupe.bench;

import de.siegmar.fastcsv.reader.NamedCsvRecord;
import dev.troupe.estimator.curve.LearningCurve;
import dev.troupe.estimator.curve.TrialCurve;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Learning curves from a CSV file in long form: a row for each step of each curve, in any order. A
 * row whose value is blank does not count. Immutable and thread safe.
 *
 * @param curves in the order in which they begin in the file
 * @param parameters the columns of the other file that make a configuration; empty without one
 * @param results the columns of the other file that were left out, since they repeat what a curve
 *     ended with
 */
public record RecordedCurves(
    List<TrialCurve> curves, List<String> parameters, List<String> results) {

  /** Copies the lists. */
  public RecordedCurves {
    curves = List.copyOf(curves);
    parameters = List.copyOf(parameters);
    results = List.copyOf(results);
  }

  /**
   * Where curves are.
   *
   * @param file long form
   * @param id the columns that tell one curve from another
   * @param step the column that counts
   * @param value the column of the metric
   * @param configurations a file with a row for each id, or null
   */
  public record Source(
      Path file, List<String> id, String step, String value, @Nullable Path configurations) {

    /** Copies the list. */
    public Source {
      id = List.copyOf(id);
    }
  }

  /** What is read of one curve. */
  private static final class Points {
    private final TreeMap<Double, Double> values = new TreeMap<>();
    private double newest = Double.NEGATIVE_INFINITY;
    private Map<String, String> end = Map.of();
  }

  /**
   * Reads curves.
   *
   * @throws IllegalArgumentException if a file cannot be read, a column is missing, a cell that
   *     must be a number is none, a curve has a step twice, or there is no curve
   */
  public static RecordedCurves read(Source source) {
    var file = new CurveFile(source.file());
    var points = new LinkedHashMap<String, Points>();
    file.forEach(row -> add(file, row, source, points));
    if (points.isEmpty()) {
      throw new IllegalArgumentException(
          "File '%s' must have a row with a value in column '%s', but has none. Maybe it is another file."
              .formatted(source.file(), source.value()));
    }
    var ends = new LinkedHashMap<String, Map<String, String>>();
    points.forEach((id, each) -> ends.put(id, each.end));
    CurveConfigurations configurations =
        source.configurations() == null
            ? CurveConfigurations.none()
            : CurveConfigurations.read(new CurveFile(source.configurations()), source.id(), ends);
    var curves = new ArrayList<TrialCurve>();
    points.forEach(
        (id, each) -> {
          double[] encoding = configurations.encoding(id);
          LearningCurve curve = curve(each);
          curves.add(encoding == null ? TrialCurve.of(curve) : TrialCurve.of(curve, encoding));
        });
    return new RecordedCurves(curves, configurations.parameters(), configurations.results());
  }

  private static void add(
      CurveFile file, NamedCsvRecord row, Source source, Map<String, Points> points) {
    String id = file.key(row, source.id());
    double step = file.number(row, source.step());
    double value = file.number(row, source.value());
    if (!Double.isFinite(step)) {
      throw new IllegalArgumentException(
          "File '%s', line %d: column '%s' must be a finite number, but was '%s'. Maybe it is another column."
              .formatted(
                  file.name(),
                  row.getStartingLineNumber(),
                  source.step(),
                  file.text(row, source.step())));
    }
    if (file.text(row, source.value()).isEmpty()) {
      return;
    }
    Points curve = points.computeIfAbsent(id, key -> new Points());
    if (curve.values.put(step, value) != null) {
      throw new IllegalArgumentException(
          "File '%s', line %d: curve '%s' must have one value at each step, but has a second one at %s. Maybe --id needs another column, as in --id %s,seed."
              .formatted(
                  file.name(),
                  row.getStartingLineNumber(),
                  id,
                  step,
                  String.join(",", source.id())));
    }
    if (step > curve.newest) {
      curve.newest = step;
      curve.end = row.getFieldsAsMap();
    }
  }

  private static LearningCurve curve(Points points) {
    return LearningCurve.of(
        points.values.keySet().stream().mapToDouble(Double::doubleValue).toArray(),
        points.values.values().stream().mapToDouble(Double::doubleValue).toArray());
  }
}
