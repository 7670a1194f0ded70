package dev.troupe.estimator.dl4j.data;

import dev.troupe.settings.Option;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;

/**
 * The small data sets that come with the jar; sources and licence lie beside them. Each line of
 * such a file is one row: its features, then the index of its class.
 */
public abstract sealed class BundledData implements DataSetProvider {

  private final String name;
  private final String description;
  private final String file;

  private BundledData(String name, String description, String file) {
    this.name = name;
    this.description = description;
    this.file = file;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String description() {
    return description;
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public LabelledData load(DataRequest request) {
    return toData(lines());
  }

  /** Turns the lines of the file into data. */
  abstract LabelledData toData(List<String> lines);

  private List<String> lines() {
    try (InputStream raw = BundledData.class.getResourceAsStream(file)) {
      if (raw == null) {
        throw new IllegalStateException(
            "Data '%s': the resource %s is missing. Maybe the jar was repackaged without it."
                .formatted(name, file));
      }
      InputStream plain = file.endsWith(".gz") ? new GZIPInputStream(raw) : raw;
      return new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))
          .lines()
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static LabelledData rows(
      String name, List<String> lines, InputShape shape, List<String> classes) {
    int width = shape.size();
    var features = new float[lines.size() * width];
    var labels = new int[lines.size()];
    for (int row = 0; row < labels.length; row++) {
      String[] cells = lines.get(row).split(",", -1);
      for (int i = 0; i < width; i++) {
        features[row * width + i] = Float.parseFloat(cells[i]);
      }
      labels[row] = Integer.parseInt(cells[width]);
    }
    return LabelledData.classification(
        name, shape, FeatureRows.ofFloats(features, width), labels, classes);
  }

  /** Handwritten digits, 1,797 pictures of 8 x 8 pixels from 0 to 16. */
  public static final class Digits extends BundledData {

    /** For {@link java.util.ServiceLoader}. */
    public Digits() {
      super("digits", "1,797 handwritten digits of 8 x 8 pixels", "digits.csv.gz");
    }

    @Override
    LabelledData toData(List<String> lines) {
      List<String> classes = IntStream.range(0, 10).mapToObj(Integer::toString).toList();
      return rows(name(), lines, InputShape.image(8, 8), classes);
    }
  }

  /** A table whose first line is {@code rows,features,name of each class…}. */
  private abstract static sealed class Table extends BundledData {

    private Table(String name, String description, String file) {
      super(name, description, file);
    }

    @Override
    LabelledData toData(List<String> lines) {
      String[] header = lines.get(0).split(",", -1);
      List<String> classes = List.copyOf(Arrays.asList(header).subList(2, header.length));
      InputShape shape = InputShape.vector(Integer.parseInt(header[1]));
      return rows(name(), lines.subList(1, lines.size()), shape, classes);
    }
  }

  /** Fisher's irises, 150 rows of 4 features. */
  public static final class Iris extends Table {

    /** For {@link java.util.ServiceLoader}. */
    public Iris() {
      super("iris", "150 irises of 3 species, 4 features", "iris.csv");
    }
  }

  /** Wines, 178 rows of 13 features. */
  public static final class Wine extends Table {

    /** For {@link java.util.ServiceLoader}. */
    public Wine() {
      super("wine", "178 wines of 3 cultivars, 13 features", "wine_data.csv");
    }
  }

  /** Tumours, 569 rows of 30 features. */
  public static final class BreastCancer extends Table {

    /** For {@link java.util.ServiceLoader}. */
    public BreastCancer() {
      super("breast-cancer", "569 tumours, benign or malignant, 30 features", "breast_cancer.csv");
    }
  }
}
