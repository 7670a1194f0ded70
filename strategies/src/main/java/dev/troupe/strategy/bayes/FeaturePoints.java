package dev.troupe.strategy.bayes;

import java.util.Arrays;

/**
 * Points as a kernel sees them, feature by feature, so that inner loops run along points. Grows;
 * not thread safe.
 */
final class FeaturePoints {

  private static final int LEAST_CAPACITY = 16;

  /** Shape [numeric features, capacity]. */
  private final double[][] numeric;

  /** Shape [codes, capacity]. */
  private final double[][] codes;

  private int size;
  private int capacity = LEAST_CAPACITY;

  FeaturePoints(FeatureMap map) {
    numeric = new double[map.numericCount()][capacity];
    codes = new double[map.codeCount()][capacity];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  void truncate(int count) {
    size = Math.min(size, count);
  }

  void add(double[] numericFeatures, double[] code) {
    if (size == capacity) {
      capacity *= 2;
      grow(numeric);
      grow(codes);
    }
    for (int f = 0; f < numeric.length; f++) {
      numeric[f][size] = numericFeatures[f];
    }
    for (int c = 0; c < codes.length; c++) {
      codes[c][size] = code[c];
    }
    size++;
  }

  private void grow(double[][] columns) {
    for (int i = 0; i < columns.length; i++) {
      columns[i] = Arrays.copyOf(columns[i], capacity);
    }
  }

  /** Returns a numeric feature of all points; to be read up to the size. */
  double[] numeric(int feature) {
    return numeric[feature];
  }

  /** Returns a code of all points; to be read up to the size. */
  double[] code(int index) {
    return codes[index];
  }

  /** Copies a point's features. */
  void get(int index, double[] numericFeatures, double[] code) {
    for (int f = 0; f < numeric.length; f++) {
      numericFeatures[f] = numeric[f][index];
    }
    for (int c = 0; c < codes.length; c++) {
      code[c] = codes[c][index];
    }
  }
}
