package dev.troupe.strategy.bayes.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CholeskyFactorTest {

  /** A product of random matrices with a ridge: its condition is some thousands. */
  private static double[][] matrix(int n, long seed) {
    var random = new Random(seed);
    var half = new double[n][n];
    for (double[] row : half) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextGaussian();
      }
    }
    RealMatrix product = MatrixUtils.createRealMatrix(half);
    product = product.multiply(product.transpose());
    double[][] matrix = product.getData();
    for (int i = 0; i < n; i++) {
      matrix[i][i] += 0.1;
    }
    return matrix;
  }

  private static double[] vector(int n, long seed) {
    return new Random(seed).doubles(n, -1, 1).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3, 4, 5, 7, 8, 13, 30, 61})
  void solve_ofRandomSystem_agreesWithReference(int n) {
    CholeskyFactor factor = LinearAlgebra.java().factor(n);
    double[][] matrix = matrix(Math.max(n, 1), 11);
    assertThat(factor.factorise(matrix, n, 0)).isTrue();
    assertThat(factor.size()).isEqualTo(n);
    if (n == 0) {
      assertThat(factor.logDeterminant()).isZero();
      return;
    }
    var reference = new CholeskyDecomposition(MatrixUtils.createRealMatrix(matrix), 1e-9, 0);
    double[] b = vector(n, 12);
    double[] expected = reference.getSolver().solve(MatrixUtils.createRealVector(b)).toArray();
    factor.solveTransposed(b);
    factor.solve(b);
    assertThat(b).containsExactly(expected, within(1e-7));
    assertThat(factor.logDeterminant())
        .isCloseTo(StrictMath.log(reference.getDeterminant()), within(1e-8));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 8, 11, 30})
  void invert_ofRandomMatrix_agreesWithReference(int n) {
    CholeskyFactor factor = LinearAlgebra.java().factor(n);
    double[][] matrix = matrix(n, 5);
    assertThat(factor.factorise(matrix, n, 0)).isTrue();
    var inverse = new double[n][n];
    factor.invert(inverse);
    factor.invert(inverse); // what the first call left behind does not count
    double[][] expected =
        new CholeskyDecomposition(MatrixUtils.createRealMatrix(matrix), 1e-9, 0)
            .getSolver()
            .getInverse()
            .getData();
    for (int i = 0; i < n; i++) {
      for (int j = i; j < n; j++) {
        assertThat(inverse[i][j]).as("%d, %d", i, j).isCloseTo(expected[i][j], within(1e-7));
      }
    }
  }

  @Test
  void solveTransposed_ofManyColumns_givesWhatEachWouldAlone() {
    for (int n = 1; n <= 20; n++) {
      CholeskyFactor factor = LinearAlgebra.java().factor(n);
      factor.factorise(matrix(n, 3), n, 0);
      int count = 7;
      var together = new double[n][count];
      var alone = new double[count][n];
      for (int c = 0; c < count; c++) {
        alone[c] = vector(n, c);
        for (int i = 0; i < n; i++) {
          together[i][c] = alone[c][i];
        }
      }
      factor.solveTransposed(together, count);
      for (int c = 0; c < count; c++) {
        factor.solveTransposed(alone[c]);
        for (int i = 0; i < n; i++) {
          assertThat(together[i][c]).isEqualTo(alone[c][i]);
        }
      }
    }
  }

  /** What is saved and built anew must go on with the same digits. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 33})
  void append_rowByRow_givesFactorOfTheWhole(int n) {
    double[][] matrix = matrix(n, 21);
    double jitter = 1e-3;
    CholeskyFactor whole = LinearAlgebra.java().factor(n);
    assertThat(whole.factorise(matrix, n, jitter)).isTrue();
    CholeskyFactor grown = LinearAlgebra.java().factor(1);
    assertThat(grown.factorise(matrix, n / 2, jitter)).isTrue();
    for (int i = n / 2; i < n; i++) {
      var column = new double[i];
      for (int j = 0; j < i; j++) {
        column[j] = matrix[j][i];
      }
      assertThat(grown.append(column, matrix[i][i] + jitter)).isTrue();
    }
    double[] one = vector(n, 2);
    double[] other = one.clone();
    whole.solveTransposed(one);
    grown.solveTransposed(other);
    assertThat(other).isEqualTo(one);
    assertThat(grown.logDeterminant()).isEqualTo(whole.logDeterminant());
  }

  @Test
  void append_ofCopyOfRow_isRefusedAndChangesNothing() {
    double[][] matrix = {{2, 1}, {1, 2}};
    CholeskyFactor factor = LinearAlgebra.java().factor(2);
    factor.factorise(matrix, 2, 0);
    assertThat(factor.append(new double[] {2, 1}, 2)).isFalse();
    assertThat(factor.size()).isEqualTo(2);
    assertThat(factor.append(new double[] {2, 1}, 2.1)).isTrue();
    factor.truncate(2);
    assertThat(factor.size()).isEqualTo(2);
  }

  @Test
  void factorise_ofIndefiniteOrNotFinite_isRefused() {
    CholeskyFactor factor = LinearAlgebra.java().factor(2);
    assertThat(factor.factorise(new double[][] {{1, 2}, {2, 1}}, 2, 0)).isFalse();
    assertThat(factor.size()).isZero();
    assertThat(factor.factorise(new double[][] {{Double.NaN, 0}, {0, 1}}, 2, 0)).isFalse();
    assertThat(factor.factorise(new double[][] {{Double.POSITIVE_INFINITY}}, 1, 0)).isFalse();
  }
}
