package dev.troupe.strategy.bayes;

/**
 * The inner loops of kernels, along points. What is added to the elements of an array takes several
 * features in one go, and sums over points run side by side, since each addition waits for the one
 * before it.
 */
final class PointLoops {

  private PointLoops() {}

  /** Adds the squared differences of a value and others. */
  static void addSquares(double value, double[] others, int from, int to, double[] sums) {
    for (int i = from; i < to; i++) {
      double difference = value - others[i];
      sums[i] += difference * difference;
    }
  }

  /** Adds the squared differences of four values and others, one after the other. */
  static void addSquares(
      double value0,
      double[] others0,
      double value1,
      double[] others1,
      double value2,
      double[] others2,
      double value3,
      double[] others3,
      int from,
      int to,
      double[] sums) {
    for (int i = from; i < to; i++) {
      double difference0 = value0 - others0[i];
      double difference1 = value1 - others1[i];
      double difference2 = value2 - others2[i];
      double difference3 = value3 - others3[i];
      sums[i] =
          sums[i]
              + difference0 * difference0
              + difference1 * difference1
              + difference2 * difference2
              + difference3 * difference3;
    }
  }

  /** Adds a weight where others are not the value. */
  static void addWhereDifferent(
      double value, double weight, double[] others, int from, int to, double[] sums) {
    for (int i = from; i < to; i++) {
      sums[i] += others[i] == value ? 0 : weight;
    }
  }

  /** Adds a weight where others are the value. */
  static void addWhereEqual(
      double value, double weight, double[] others, int from, int to, double[] sums) {
    for (int i = from; i < to; i++) {
      sums[i] += others[i] == value ? weight : 0;
    }
  }

  /** Adds multiples of two others, one after the other. */
  static void addMultiples(
      double factor0,
      double[] others0,
      double factor1,
      double[] others1,
      int from,
      int to,
      double[] sums) {
    for (int i = from; i < to; i++) {
      sums[i] = sums[i] + factor0 * others0[i] + factor1 * others1[i];
    }
  }

  /** Adds multiples of four others, one after the other. */
  static void addMultiples(
      double factor0,
      double[] others0,
      double factor1,
      double[] others1,
      double factor2,
      double[] others2,
      double factor3,
      double[] others3,
      int from,
      int to,
      double[] sums) {
    for (int i = from; i < to; i++) {
      sums[i] =
          sums[i]
              + factor0 * others0[i]
              + factor1 * others1[i]
              + factor2 * others2[i]
              + factor3 * others3[i];
    }
  }

  /** Returns the sum of products. */
  static double dot(double[] a, double[] b, int from, int to) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      sum0 += a[i] * b[i];
      sum1 += a[i + 1] * b[i + 1];
      sum2 += a[i + 2] * b[i + 2];
      sum3 += a[i + 3] * b[i + 3];
    }
    for (; i < to; i++) {
      sum0 += a[i] * b[i];
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** Returns the sum of the differences of a value and others, each times a factor. */
  static double weightedSum(double value, double[] others, int from, int to, double[] factors) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      sum0 += factors[i] * (value - others[i]);
      sum1 += factors[i + 1] * (value - others[i + 1]);
      sum2 += factors[i + 2] * (value - others[i + 2]);
      sum3 += factors[i + 3] * (value - others[i + 3]);
    }
    for (; i < to; i++) {
      sum0 += factors[i] * (value - others[i]);
    }
    return sum0 + sum1 + (sum2 + sum3);
  }

  /** Returns the sum of the squared differences of a value and others, each times a factor. */
  static double weightedSquares(double value, double[] others, int from, int to, double[] factors) {
    double sum0 = 0;
    double sum1 = 0;
    double sum2 = 0;
    double sum3 = 0;
    int i = from;
    for (; i < to - 3; i += 4) {
      double difference0 = value - others[i];
      double difference1 = value - others[i + 1];
      double difference2 = value - others[i + 2];
      double difference3 = value - others[i + 3];
      sum0 += factors[i] * difference0 * difference0;
      sum1 += factors[i + 1] * difference1 * difference1;
      sum2 += factors[i + 2] * difference2 * difference2;
      sum3 += factors[i + 3] * difference3 * difference3;
    }
    for (; i < to; i++) {
      double last = value - others[i];
      sum0 += factors[i] * last * last;
    }
    return sum0 + sum1 + (sum2 + sum3);
  }
}
