package dev.troupe.estimator.dl4j.data;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A data set as it was read: inputs and what to predict from them, before any split or scaling.
 * Immutable and thread safe.
 */
public final class LabelledData {

  private final String name;
  private final Task task;
  private final InputShape shape;
  private final FeatureRows features;
  private final float[] targets;
  private final List<String> classes;
  private final int testRows;

  private LabelledData(
      String name,
      Task task,
      InputShape shape,
      FeatureRows features,
      float[] targets,
      List<String> classes,
      int testRows) {
    this.name = requireNonNull(name, "name");
    this.task = task;
    this.shape = requireNonNull(shape, "shape");
    this.features = requireNonNull(features, "features");
    this.targets = targets.clone();
    this.classes = List.copyOf(classes);
    this.testRows = testRows;
    requireConsistent();
  }

  /**
   * Returns data whose target is a class.
   *
   * @param labels the class of each row, an index into {@code classes}
   * @param classes the names of at least two classes
   * @throws IllegalArgumentException if the pieces do not fit together
   */
  public static LabelledData classification(
      String name, InputShape shape, FeatureRows features, int[] labels, List<String> classes) {
    var targets = new float[labels.length];
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < 0 || labels[i] >= classes.size()) {
        throw new IllegalArgumentException(
            "Data '%s', row %d: a label must be from 0 to %d, but was %d. Maybe the file is damaged."
                .formatted(name, i + 1, classes.size() - 1, labels[i]));
      }
      targets[i] = labels[i];
    }
    if (classes.size() < 2) {
      throw new IllegalArgumentException(
          "Data '%s': a classification needs two classes, but there are %s. Maybe name another target."
              .formatted(name, classes));
    }
    return new LabelledData(name, Task.CLASSIFICATION, shape, features, targets, classes, 0);
  }

  /**
   * Returns data whose target is a number.
   *
   * @param targets one finite number a row
   * @throws IllegalArgumentException if the pieces do not fit together
   */
  public static LabelledData regression(
      String name, InputShape shape, FeatureRows features, float[] targets) {
    return new LabelledData(name, Task.REGRESSION, shape, features, targets, List.of(), 0);
  }

  /**
   * Returns the same data with an official test part: their last rows.
   *
   * @param rows at least 1, fewer than there are
   */
  public LabelledData withTestRows(int rows) {
    if (rows < 1) {
      throw new IllegalArgumentException(
          "Data '%s': a test part needs a row, but had %d.".formatted(name, rows));
    }
    return new LabelledData(name, task, shape, features, targets, classes, rows);
  }

  private void requireConsistent() {
    if (features.width() != shape.size()) {
      throw new IllegalArgumentException(
          "Data '%s': a row must have %d features, but has %d."
              .formatted(name, shape.size(), features.width()));
    }
    if (features.count() != targets.length) {
      throw new IllegalArgumentException(
          "Data '%s': there must be a target for each of the %d rows, but there are %d. Maybe a file is cut off."
              .formatted(name, features.count(), targets.length));
    }
    if (testRows >= targets.length) {
      throw new IllegalArgumentException(
          "Data '%s': the test part must leave rows to train on, but takes %d of %d."
              .formatted(name, testRows, targets.length));
    }
    requireFinite();
  }

  private void requireFinite() {
    var row = new float[shape.size()];
    for (int i = 0; i < targets.length; i++) {
      features.read(i, row, 0);
      for (int column = 0; column < row.length; column++) {
        if (!Float.isFinite(row[column])) {
          throw notFinite(i, "feature " + (column + 1), row[column]);
        }
      }
      if (!Float.isFinite(targets[i])) {
        throw notFinite(i, "target", targets[i]);
      }
    }
  }

  private IllegalArgumentException notFinite(int row, String what, float value) {
    return new IllegalArgumentException(
        "Data '%s', row %d: the %s must be finite, but was %s. Maybe remove the row."
            .formatted(name, row + 1, what, value));
  }

  /** Returns the name for messages. */
  public String name() {
    return name;
  }

  /** Returns what is predicted. */
  public Task task() {
    return task;
  }

  /** Returns the shape of one input. */
  public InputShape shape() {
    return shape;
  }

  /** Returns the inputs. */
  public FeatureRows features() {
    return features;
  }

  /** Returns the number of rows. */
  public int rows() {
    return targets.length;
  }

  /** Returns the target of a row: a number, or the index of a class. */
  public float target(int row) {
    return targets[row];
  }

  /** Returns the names of the classes; empty for a regression; unmodifiable. */
  public List<String> classes() {
    return classes;
  }

  /** Returns how many rows at the end are the official test part; 0 if there is none. */
  public int testRows() {
    return testRows;
  }
}
