package dev.troupe.estimator.dl4j.data;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * The rows of a data set in three disjoint parts, each in ascending order. Determined by the data,
 * the fractions and the generator alone.
 *
 * <p>For a classification each class is divided in the same proportions: every part's share of a
 * class differs from its fraction by less than one and a half rows.
 */
final class Split {

  private final int[] training;
  private final int[] validation;
  private final int[] test;

  private Split(int[] training, int[] validation, int[] test) {
    this.training = training;
    this.validation = validation;
    this.test = test;
  }

  /**
   * Divides {@code data}. An official test part stays as it is; of the other rows {@code
   * testFraction} become the test part where there is no official one, {@code validationFraction}
   * the validation part, the rest the training part.
   *
   * @throws IllegalArgumentException if the training or the validation part would be empty
   */
  static Split of(
      LabelledData data, double validationFraction, double testFraction, RandomGenerator random) {
    int free = data.rows() - data.testRows();
    double testShare = data.testRows() > 0 ? 0 : testFraction;
    int[] part = new int[free]; // 0 training, 1 validation, 2 test
    double[] due = {0, 0, 0};
    int[] given = {0, 0, 0};
    for (int[] stratum : strata(data, free)) {
      shuffle(stratum, random);
      due[1] += stratum.length * validationFraction;
      due[2] += stratum.length * testShare;
      int next = 0;
      for (int p = 1; p <= 2; p++) {
        // What is due until now minus what was given: rounding does not add up over the classes.
        int count = Math.min((int) Math.round(due[p]) - given[p], stratum.length - next);
        given[p] += count;
        for (int i = 0; i < count; i++) {
          part[stratum[next++]] = p;
        }
      }
    }
    int[] test = data.testRows() > 0 ? range(free, data.rows()) : rows(part, 2);
    return new Split(rows(part, 0), rows(part, 1), test).requireRows(data, validationFraction);
  }

  private Split requireRows(LabelledData data, double validationFraction) {
    if (training.length == 0 || validation.length == 0) {
      throw new IllegalArgumentException(
          "Data '%s': training and validation part must have rows, but of %d rows they have %d and %d. Maybe change validation-fraction (%s)."
              .formatted(
                  data.name(),
                  data.rows(),
                  training.length,
                  validation.length,
                  validationFraction));
    }
    return this;
  }

  private static int[][] strata(LabelledData data, int rows) {
    int classes = data.task() == Task.CLASSIFICATION ? data.classes().size() : 1;
    var counts = new int[classes];
    for (int i = 0; i < rows; i++) {
      counts[stratum(data, i)]++;
    }
    var strata = new int[classes][];
    for (int c = 0; c < classes; c++) {
      strata[c] = new int[counts[c]];
    }
    for (int i = rows - 1; i >= 0; i--) {
      int c = stratum(data, i);
      strata[c][--counts[c]] = i;
    }
    return strata;
  }

  private static int stratum(LabelledData data, int row) {
    return data.task() == Task.CLASSIFICATION ? (int) data.target(row) : 0;
  }

  /** Fisher and Yates' shuffle, in place. */
  static void shuffle(int[] values, RandomGenerator random) {
    for (int i = values.length - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  private static int[] rows(int[] part, int wanted) {
    var rows = new int[part.length];
    int count = 0;
    for (int i = 0; i < part.length; i++) {
      if (part[i] == wanted) {
        rows[count++] = i;
      }
    }
    return Arrays.copyOf(rows, count);
  }

  private static int[] range(int from, int to) {
    var rows = new int[to - from];
    Arrays.setAll(rows, i -> from + i);
    return rows;
  }

  int[] training() {
    return training.clone();
  }

  int[] validation() {
    return validation.clone();
  }

  int[] test() {
    return test.clone();
  }
}
