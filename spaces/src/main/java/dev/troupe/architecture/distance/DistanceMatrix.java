package dev.troupe.architecture.distance;

import java.util.ArrayList;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;

/** A symmetric number of all pairs, each computed once. */
final class DistanceMatrix {

  /** Rows get shorter: parts of the same size take the same time only if each has some of all. */
  private static final int PARTS = 64;

  private DistanceMatrix() {}

  /** A distance or likeness of numbered things. */
  @FunctionalInterface
  interface Pair {
    double between(int i, int j);
  }

  static double[][] compute(int size, Pair pair, Executor executor, double diagonal) {
    var matrix = new double[size][size];
    var parts = new ArrayList<CompletableFuture<Void>>();
    for (int part = 0; part < Math.min(PARTS, size); part++) {
      int first = part;
      parts.add(CompletableFuture.runAsync(() -> fillUpperRows(matrix, first, pair), executor));
    }
    try {
      parts.forEach(CompletableFuture::join); // its end makes what was written visible here
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
    for (int i = 0; i < size; i++) {
      matrix[i][i] = diagonal;
      for (int j = 0; j < i; j++) {
        matrix[i][j] = matrix[j][i];
      }
    }
    return matrix;
  }

  private static void fillUpperRows(double[][] matrix, int first, Pair pair) {
    for (int i = first; i < matrix.length; i += PARTS) {
      for (int j = i + 1; j < matrix.length; j++) {
        matrix[i][j] = pair.between(i, j);
      }
    }
  }
}
