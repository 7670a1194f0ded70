package dev.troupe.estimator.curve;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A family fitted to points by weighted least squares within its bounds: Levenberg-Marquardt (D.
 * Marquardt 1963, doi:10.1137/0111030), where a parameter that a step would carry beyond its bound
 * stays on it. The best of several starts wins.
 *
 * @param parameters shape [k]
 * @param squares half the weighted sum of squared residuals
 * @param information the approximate second derivatives of {@code squares}, shape [k][k]
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops, and kept within the package
record FamilyFit(CurveFamily family, double[] parameters, double squares, double[][] information) {

  private static final int ITERATIONS = 40;
  private static final double TOLERANCE = 1e-6;
  private static final double MOST_DAMPING = 1e8;

  /** What a family is fitted to; all of shape [n]. The weights are inverse variances. */
  record Points(double[] x, double[] y, double[] weights) {}

  /** Returns the best fit from these starts, or null if the family is nowhere finite there. */
  static @Nullable FamilyFit of(CurveFamily family, Points points, List<double[]> starts) {
    FamilyFit best = null;
    for (double[] start : starts) {
      FamilyFit fit = descend(family, points, family.bounded(start));
      if (fit != null && (best == null || fit.squares < best.squares)) {
        best = fit;
      }
    }
    return best;
  }

  /** Returns the value at a step. */
  double value(double x) {
    return family.value(x, parameters);
  }

  /** Returns the variance of the value at a step that the points leave (Laplace). */
  double variance(double x) {
    int size = parameters.length;
    double[] gradient = new double[size];
    family.gradient(x, parameters, gradient);
    double[] solved = solve(damped(information, 1e-9), gradient);
    double variance = 0;
    for (int k = 0; k < size; k++) {
      variance += gradient[k] * solved[k];
    }
    return Math.max(variance, 0);
  }

  private static @Nullable FamilyFit descend(CurveFamily family, Points points, double[] start) {
    double[] at = start;
    double squares = squares(family, points, at);
    if (!Double.isFinite(squares)) {
      return null;
    }
    double damping = 1e-2;
    int size = at.length;
    double[] slope = new double[size];
    double[][] information = new double[size][size];
    linearize(family, points, at, slope, information);
    for (int i = 0; i < ITERATIONS && damping < MOST_DAMPING; i++) {
      double[] step = solve(damped(information, damping), slope);
      double[] next = new double[size];
      for (int k = 0; k < size; k++) {
        next[k] = at[k] + step[k];
      }
      next = family.bounded(next);
      double reached = squares(family, points, next);
      if (reached < squares) {
        boolean isDone = squares - reached < TOLERANCE * (1 + reached);
        at = next;
        squares = reached;
        linearize(family, points, at, slope, information);
        damping = Math.max(damping / 5, 1e-9);
        if (isDone) {
          break;
        }
      } else {
        damping *= 4;
      }
    }
    return new FamilyFit(family, at, squares, information);
  }

  private static double squares(CurveFamily family, Points points, double[] parameters) {
    double sum = 0;
    for (int i = 0; i < points.x.length; i++) {
      double residual = points.y[i] - family.value(points.x[i], parameters);
      sum += points.weights[i] * residual * residual;
    }
    return sum / 2;
  }

  /** Writes the descent direction and the second derivatives of Gauss and Newton. */
  private static void linearize(
      CurveFamily family,
      Points points,
      double[] parameters,
      double[] slope,
      double[][] information) {
    int size = parameters.length;
    double[] gradient = new double[size];
    for (int k = 0; k < size; k++) {
      slope[k] = 0;
      java.util.Arrays.fill(information[k], 0);
    }
    for (int i = 0; i < points.x.length; i++) {
      double residual = points.y[i] - family.gradient(points.x[i], parameters, gradient);
      for (int k = 0; k < size; k++) {
        double weighted = points.weights[i] * gradient[k];
        slope[k] += weighted * residual;
        for (int j = 0; j <= k; j++) {
          information[k][j] += weighted * gradient[j];
          information[j][k] = information[k][j];
        }
      }
    }
  }

  /** Returns a copy whose diagonal is larger, by a part of itself. */
  private static double[][] damped(double[][] matrix, double damping) {
    double[][] copy = new double[matrix.length][];
    for (int k = 0; k < copy.length; k++) {
      copy[k] = matrix[k].clone();
      copy[k][k] += damping * matrix[k][k] + 1e-9;
    }
    return copy;
  }

  /** Solves a small positive definite system by Cholesky; destroys the matrix. */
  private static double[] solve(double[][] matrix, double[] right) {
    int size = right.length;
    double[] x = right.clone();
    for (int k = 0; k < size; k++) {
      for (int j = 0; j < k; j++) {
        matrix[k][k] -= matrix[k][j] * matrix[k][j];
      }
      matrix[k][k] = Math.sqrt(Math.max(matrix[k][k], 1e-12));
      for (int i = k + 1; i < size; i++) {
        for (int j = 0; j < k; j++) {
          matrix[i][k] -= matrix[i][j] * matrix[k][j];
        }
        matrix[i][k] /= matrix[k][k];
      }
    }
    for (int k = 0; k < size; k++) {
      for (int j = 0; j < k; j++) {
        x[k] -= matrix[k][j] * x[j];
      }
      x[k] /= matrix[k][k];
    }
    for (int k = size - 1; k >= 0; k--) {
      for (int j = k + 1; j < size; j++) {
        x[k] -= matrix[j][k] * x[j];
      }
      x[k] /= matrix[k][k];
    }
    return x;
  }
}
