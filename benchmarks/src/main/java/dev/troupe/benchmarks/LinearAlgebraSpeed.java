package dev.troupe.benchmarks;

import dev.troupe.strategy.bayes.linear.CholeskyFactor;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.decomposition.TriangularSolver_DDRM;
import org.ejml.dense.row.decomposition.chol.CholeskyDecompositionInner_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRB;
import org.ejml.dense.row.linsol.chol.LinearSolverChol_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * How long Gaussian processes wait for linear algebra: in milliseconds with {@code ejml}, the
 * default of {@code gp-ucb}, and how many times as long with LAPACK, where it is on the class path,
 * and with EJML's own solvers, row by row and in blocks, which it does not use for all of it.
 *
 * <p>{@code factor} and {@code inverse} are what a likelihood with its gradient takes, {@code
 * append} adds the last row, {@code solve} solves R'x = b and Rx = b, and {@code solve 64} R'X = B
 * with 64 columns.
 *
 * <p>Options: {@code --sizes 50,100,300,500}, {@code --repeats 15}, of which the median counts.
 */
public final class LinearAlgebraSpeed {

  private static final int COLUMNS = 64;

  /** Each repeat runs a call so often that it lasts about so long. */
  private static final double REPEAT_SECONDS = 0.02;

  private LinearAlgebraSpeed() {}

  /** Runs the benchmark. */
  public static void main(String[] line) {
    Arguments arguments = Arguments.parse(line, Map.of("sizes", "50,100,300,500", "repeats", "15"));
    int repeats = arguments.number("repeats");
    for (String size : arguments.text("sizes").split(",", -1)) {
      print(Integer.parseInt(size), repeats);
    }
  }

  private static void print(int n, int repeats) {
    Map<String, Map<String, Runnable>> libraries = new LinkedHashMap<>();
    libraries.put("ejml", own(LinearAlgebra.ejml(), n));
    if (LinearAlgebra.fastest() != LinearAlgebra.ejml()) {
      libraries.put("lapack", own(LinearAlgebra.fastest(), n));
    }
    libraries.put(
        "ejml's rows", bare(new LinearSolverChol_DDRM(new CholeskyDecompositionInner_DDRM()), n));
    libraries.put("ejml's blocks", bare(new LinearSolverChol_DDRB(), n));
    Map<String, Runnable> first = libraries.get("ejml");
    System.out.printf("%n%4d rows   ejml, ms", n);
    libraries.keySet().stream().skip(1).forEach(name -> System.out.printf("  %13s", name));
    System.out.println();
    for (String operation : first.keySet()) {
      print(operation, libraries, repeats);
    }
  }

  private static void print(
      String operation, Map<String, Map<String, Runnable>> libraries, int repeats) {
    List<Double> medians = new ArrayList<>();
    for (Map<String, Runnable> operations : libraries.values()) {
      Runnable call = operations.get(operation);
      medians.add(call == null ? Double.NaN : median(call, repeats));
    }
    System.out.printf(Locale.ROOT, "%-9s  %8.4f", operation, 1e3 * medians.get(0));
    for (double median : medians.subList(1, medians.size())) {
      String ratio =
          Double.isNaN(median) ? "" : String.format(Locale.ROOT, "%.2f", median / medians.get(0));
      System.out.printf("  %13s", ratio);
    }
    System.out.println();
  }

  /** Returns the seconds of a call. */
  private static double median(Runnable call, int repeats) {
    int calls = 1;
    while (seconds(call, calls) < REPEAT_SECONDS) { // warms up as well
      calls *= 2;
    }
    var all = new double[repeats];
    for (int i = 0; i < repeats; i++) {
      all[i] = seconds(call, calls) / calls;
    }
    Arrays.sort(all);
    return all[repeats / 2];
  }

  private static double seconds(Runnable call, int calls) {
    long start = System.nanoTime();
    for (int i = 0; i < calls; i++) {
      call.run();
    }
    return (System.nanoTime() - start) / 1e9;
  }

  /** Covariances of random points in a cube of seven dimensions, with noise. */
  private static double[][] matrix(int n) {
    var random = new Random(1);
    var points = new double[n][7];
    var matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int d = 0; d < 7; d++) {
        points[i][d] = random.nextDouble();
      }
      for (int j = 0; j <= i; j++) {
        double squared = 0;
        for (int d = 0; d < 7; d++) {
          squared += Math.pow(points[i][d] - points[j][d], 2);
        }
        matrix[i][j] = Math.exp(-squared);
        matrix[j][i] = matrix[i][j];
      }
      matrix[i][i] += 1e-4;
    }
    return matrix;
  }

  private static Map<String, Runnable> own(LinearAlgebra library, int n) {
    double[][] matrix = matrix(n);
    CholeskyFactor whole = library.factor(n);
    if (!whole.factorise(matrix, n, 0)) {
      throw new IllegalStateException("The benchmark's matrix must be positive definite.");
    }
    CholeskyFactor grown = library.factor(n);
    grown.factorise(matrix, n - 1, 0);
    var inverse = new double[n][n];
    var vector = new double[n];
    var columns = new double[n][COLUMNS];
    Map<String, Runnable> operations = new LinkedHashMap<>();
    operations.put("factor", () -> whole.factorise(matrix, n, 0));
    operations.put("inverse", () -> whole.invert(inverse));
    operations.put(
        "append",
        () -> {
          System.arraycopy(matrix[n - 1], 0, vector, 0, n);
          grown.truncate(n - 1);
          grown.append(vector, matrix[n - 1][n - 1]);
        });
    operations.put(
        "solve",
        () -> {
          Arrays.fill(vector, 1);
          whole.solveTransposed(vector);
          whole.solve(vector);
        });
    operations.put(
        "solve " + COLUMNS,
        () -> {
          for (double[] row : columns) {
            Arrays.fill(row, 1);
          }
          whole.solveTransposed(columns, COLUMNS);
        });
    return operations;
  }

  private static Map<String, Runnable> bare(LinearSolverDense<DMatrixRMaj> solver, int n) {
    double[][] matrix = matrix(n);
    var original = new DMatrixRMaj(matrix);
    var scratch = new DMatrixRMaj(matrix);
    solver.setA(scratch);
    var inverse = new DMatrixRMaj(n, n);
    var lower = new CholeskyDecompositionInner_DDRM();
    var factor = new DMatrixRMaj(matrix);
    lower.decompose(factor);
    var vector = new double[n];
    var columns = new double[n * COLUMNS];
    Map<String, Runnable> operations = new LinkedHashMap<>();
    operations.put(
        "factor",
        () -> {
          System.arraycopy(original.data, 0, scratch.data, 0, n * n);
          solver.setA(scratch);
        });
    operations.put("inverse", () -> solver.invert(inverse));
    operations.put(
        "solve",
        () -> {
          Arrays.fill(vector, 1);
          TriangularSolver_DDRM.solveL(factor.data, vector, n);
          TriangularSolver_DDRM.solveTranL(factor.data, vector, n);
        });
    operations.put(
        "solve " + COLUMNS,
        () -> {
          Arrays.fill(columns, 1);
          TriangularSolver_DDRM.solveL(factor.data, columns, n, COLUMNS);
        });
    return operations;
  }
}
