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

  /** Shape [terms of the trend, capacity]. */
  private final double[][] trend;

  /** Shape [codes, capacity]. */
  private final double[][] codes;

  private int size;
  private int capacity = LEAST_CAPACITY;

  FeaturePoints(FeatureMap map) {
    numeric = new double[map.numericCount()][capacity];
    trend = new double[map.trendCount()][capacity];
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

  void add(FeatureVector features) {
    if (size == capacity) {
      capacity *= 2;
      grow(numeric);
      grow(trend);
      grow(codes);
    }
    put(features.numeric(), numeric);
    put(features.trend(), trend);
    put(features.code(), codes);
    size++;
  }

  private void put(double[] values, double[][] columns) {
    for (int f = 0; f < values.length; f++) {
      columns[f][size] = values[f];
    }
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

  /** Returns a term of the trend of all points; to be read up to the size. */
  double[] trend(int term) {
    return trend[term];
  }

  /** Returns a code of all points; to be read up to the size. */
  double[] code(int index) {
    return codes[index];
  }

  /** Copies a point's features. */
  void get(int index, FeatureVector features) {
    copy(numeric, index, features.numeric());
    copy(trend, index, features.trend());
    copy(codes, index, features.code());
  }

  private static void copy(double[][] columns, int index, double[] result) {
    for (int f = 0; f < columns.length; f++) {
      result[f] = columns[f][index];
    }
  }
}
