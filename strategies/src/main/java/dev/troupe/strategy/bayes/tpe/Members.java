package dev.troupe.strategy.bayes.tpe;

import java.util.Arrays;

/**
 * The observations around which a mixture has kernels, with the weights of these; the last kernel
 * is the prior, which has no observation. Not thread safe.
 */
final class Members {

  static final int NONE = -1;

  private static final int FIRST_CAPACITY = 64;

  private final Observations observations;
  private int[] rows = new int[FIRST_CAPACITY];
  private double[] weights = new double[FIRST_CAPACITY];
  private int[] kernelOfRow = new int[0];
  private int size;

  Members(Observations observations) {
    this.observations = observations;
  }

  /** Forgets all and gives the prior its weight. */
  void clear(double priorWeight) {
    for (int kernel = 0; kernel < size; kernel++) {
      kernelOfRow[rows[kernel]] = NONE;
    }
    size = 0;
    weights[0] = priorWeight;
    int known = kernelOfRow.length;
    if (known < observations.size()) {
      kernelOfRow = Arrays.copyOf(kernelOfRow, 2 * observations.size());
      Arrays.fill(kernelOfRow, known, kernelOfRow.length, NONE);
    }
  }

  /** Adds a kernel around a row of the observations. */
  void add(int row, double weight) {
    if (size + 1 == rows.length) {
      rows = Arrays.copyOf(rows, 2 * rows.length);
      weights = Arrays.copyOf(weights, 2 * weights.length);
    }
    rows[size] = row;
    weights[size + 1] = weights[size];
    weights[size] = weight;
    kernelOfRow[row] = size;
    size++;
  }

  Observations observations() {
    return observations;
  }

  /** Returns the number of kernels, the prior included. */
  int kernels() {
    return size + 1;
  }

  /** Returns the index of the prior. */
  int prior() {
    return size;
  }

  /** Returns the row of a kernel that is not the prior. */
  int row(int kernel) {
    return rows[kernel];
  }

  double weight(int kernel) {
    return weights[kernel];
  }

  /** Returns the kernel of a row, or {@link #NONE}. */
  int kernelOf(int row) {
    return kernelOfRow[row];
  }

  /** Returns whether a kernel covers the axes of a group; the prior covers all. */
  boolean covers(int kernel, int group) {
    return kernel == size || observations.has(rows[kernel], group);
  }
}
