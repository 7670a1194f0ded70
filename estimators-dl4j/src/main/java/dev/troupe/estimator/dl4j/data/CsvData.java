package dev.troupe.estimator.dl4j.data;

import dev.troupe.settings.Nearest;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Any CSV file with a header, compressed if its name ends in {@code .gz}. One column is the target.
 * A column with anything but numbers becomes one feature for each of its texts (one-hot, in
 * alphabetical order). A missing value is an error.
 */
public final class CsvData implements DataSetProvider {

  /** Whole numbers with at most so many different values are taken for classes. */
  static final int MOST_NUMBERED_CLASSES = 20;

  /** A column with more different texts is most likely a key. */
  private static final int MOST_TEXTS = 1_000;

  @Override
  public String name() {
    return "csv";
  }

  @Override
  public String description() {
    return "any CSV file with a header; text columns become one feature for each text";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("file", "required for csv", "the CSV file, relative to the study file"),
        new Option("target", "the last column", "the column of the CSV file to predict"),
        new Option(
            "task",
            "classification for texts and up to %d whole numbers, else regression"
                .formatted(MOST_NUMBERED_CLASSES),
            "classification or regression"),
        new Option("ignore", "[]", "columns of the CSV file that are no features"));
  }

  @Override
  public LabelledData load(DataRequest request) {
    Settings settings = request.settings();
    Path file = request.folder().resolve(settings.requireString("file", "\"measurements.csv\""));
    if (!Files.isReadable(file)) {
      throw new IllegalArgumentException(
          "estimator.file: %s must be a file that can be read, but is not. Maybe give the path relative to the study file."
              .formatted(file));
    }
    CsvTable table = CsvTable.read(file);
    String target = settings.getString("target", table.columns().get(table.columns().size() - 1));
    requireColumn(table, "target", target);
    List<String> ignored = settings.getStrings("ignore", List.of());
    ignored.forEach(column -> requireColumn(table, "ignore", column));
    return toData(table, target, ignored, task(settings, table.column(target)));
  }

  private static void requireColumn(CsvTable table, String key, String column) {
    if (!table.columns().contains(column)) {
      throw new IllegalArgumentException(
          "estimator.%s: %s has no column '%s'. %s"
              .formatted(key, table.file(), column, Nearest.hint(column, table.columns())));
    }
  }

  private static Task task(Settings settings, CsvTable.Column target) {
    String named = settings.findString("task");
    if (named == null) {
      return target.looksLikeClasses(MOST_NUMBERED_CLASSES) ? Task.CLASSIFICATION : Task.REGRESSION;
    }
    return settings
            .getOneOf("task", named, List.of("classification", "regression"))
            .equals("regression")
        ? Task.REGRESSION
        : Task.CLASSIFICATION;
  }

  private static LabelledData toData(
      CsvTable table, String target, List<String> ignored, Task task) {
    List<CsvTable.Column> columns = new ArrayList<>();
    for (String name : table.columns()) {
      if (!name.equals(target) && !ignored.contains(name)) {
        columns.add(requireUsable(table, table.column(name)));
      }
    }
    if (columns.isEmpty()) {
      throw new IllegalArgumentException(
          "Data 'csv': %s must have a column besides the target '%s', but has only %s. Maybe ignore fewer."
              .formatted(table.file(), target, table.columns()));
    }
    int width = columns.stream().mapToInt(CsvTable.Column::features).sum();
    FeatureRows features = FeatureRows.ofFloats(encode(columns, table.rows(), width), width);
    InputShape shape = InputShape.vector(width);
    CsvTable.Column wanted = table.column(target);
    if (task == Task.REGRESSION) {
      return LabelledData.regression("csv", shape, features, wanted.numbers());
    }
    List<String> classes = wanted.distinct();
    return LabelledData.classification("csv", shape, features, wanted.indices(classes), classes);
  }

  private static CsvTable.Column requireUsable(CsvTable table, CsvTable.Column column) {
    if (!column.isNumeric() && column.distinct().size() > MOST_TEXTS) {
      throw new IllegalArgumentException(
          "Data 'csv': a column of texts may have %d different ones, but '%s' of %s has %d. Maybe ignore = [%s]."
              .formatted(
                  MOST_TEXTS,
                  column.name(),
                  table.file(),
                  column.distinct().size(),
                  column.name()));
    }
    return column;
  }

  private static float[] encode(List<CsvTable.Column> columns, int rows, int width) {
    var features = new float[Math.multiplyExact(rows, width)];
    int offset = 0;
    for (CsvTable.Column column : columns) {
      column.encode(features, offset, width);
      offset += column.features();
    }
    return features;
  }
}
