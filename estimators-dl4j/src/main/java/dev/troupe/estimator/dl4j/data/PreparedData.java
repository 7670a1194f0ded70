package dev.troupe.estimator.dl4j.data;

import java.util.List;
import java.util.random.RandomGenerator;

/**
 * A data set that is split and scaled. Everything that is learnt from data for the scaling is
 * learnt from the training part. Immutable and thread safe; made once for each estimator.
 */
public final class PreparedData {

  private final String name;
  private final Task task;
  private final InputShape shape;
  private final List<String> classes;
  private final Part training;
  private final Part validation;
  private final Part test;
  private final double targetMean;
  private final double targetDeviation;

  private PreparedData(LabelledData data, Split split) {
    name = data.name();
    task = data.task();
    shape = data.shape();
    classes = data.classes();
    int[] rows = split.training();
    double[] statistics = task == Task.REGRESSION ? statistics(data, rows) : new double[] {0, 1};
    targetMean = statistics[0];
    targetDeviation = statistics[1];
    Scaling scaling = Scaling.of(data, rows);
    training = part(data, rows, scaling);
    validation = part(data, split.validation(), scaling);
    test = part(data, split.test(), scaling);
  }

  private PreparedData(PreparedData larger, InputShape shape) {
    name = larger.name;
    task = larger.task;
    this.shape = shape;
    classes = larger.classes;
    targetMean = larger.targetMean;
    targetDeviation = larger.targetDeviation;
    var resampling = new AreaResampling(larger.shape, shape);
    training = resampling.apply(larger.training);
    validation = resampling.apply(larger.validation);
    test = resampling.apply(larger.test);
  }

  /**
   * Splits and scales {@code data}.
   *
   * @param validationFraction share of the rows, above 0
   * @param testFraction share of the rows, at least 0; both together are below 1. Data with an
   *     official test part ignore it
   * @param random decides the split and nothing else
   * @throws IllegalArgumentException if a part would be empty
   */
  public static PreparedData of(
      LabelledData data, double validationFraction, double testFraction, RandomGenerator random) {
    return new PreparedData(data, Split.of(data, validationFraction, testFraction, random));
  }

  /**
   * Returns the same rows as smaller pictures, all parts alike; itself if the sides stay.
   *
   * @param resolution by what both sides are multiplied, rounded, but at least 1 pixel; above 0 and
   *     at most 1
   * @throws IllegalArgumentException if these are no pictures
   */
  public PreparedData atResolution(double resolution) {
    if (!shape.isImage()) {
      throw new IllegalArgumentException(
          "Data '%s': only pictures have a resolution, but these are rows of %d features. Maybe leave the axis 'resolution' out."
              .formatted(name, shape.size()));
    }
    var smaller =
        new InputShape(
            shape.channels(), side(shape.height(), resolution), side(shape.width(), resolution));
    return smaller.equals(shape) ? this : new PreparedData(this, smaller);
  }

  private static int side(int full, double resolution) {
    return (int) Math.max(1, Math.round(full * resolution));
  }

  private Part part(LabelledData data, int[] rows, Scaling scaling) {
    int width = shape.size();
    var features = new float[Math.multiplyExact(rows.length, width)];
    var targets = new float[rows.length];
    for (int i = 0; i < rows.length; i++) {
      data.features().read(rows[i], features, i * width);
      scaling.apply(features, i * width);
      targets[i] = (float) ((data.target(rows[i]) - targetMean) / targetDeviation);
    }
    return new Part(width, features, targets);
  }

  private static double[] statistics(LabelledData data, int[] rows) {
    double sum = 0;
    for (int row : rows) {
      sum += data.target(row);
    }
    double mean = sum / rows.length;
    double squares = 0;
    for (int row : rows) {
      squares += (data.target(row) - mean) * (data.target(row) - mean);
    }
    double deviation = Math.sqrt(squares / rows.length);
    return new double[] {mean, deviation > 0 ? deviation : 1};
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

  /** Returns the names of the classes; empty for a regression; unmodifiable. */
  public List<String> classes() {
    return classes;
  }

  /** Returns how many numbers a network puts out: one for each class, or one. */
  public int outputs() {
    return task == Task.CLASSIFICATION ? classes.size() : 1;
  }

  /** Returns the rows to learn from. */
  public Part training() {
    return training;
  }

  /** Returns the rows by which candidates are judged. */
  public Part validation() {
    return validation;
  }

  /** Returns the rows that no search may see; possibly without any. */
  public Part test() {
    return test;
  }

  /** Returns by what a standardised target was divided; 1 for a classification. */
  public double targetDeviation() {
    return targetDeviation;
  }

  /** Returns what was subtracted from targets before the division; 0 for a classification. */
  double targetMean() {
    return targetMean;
  }
}
