package dev.troupe.strategy.bayes.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.commons.math3.linear.CholeskyDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.linear.RealMatrix;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every library against definitions, a reference and the others. */
class CholeskyFactorTest {

  private static final List<Integer> SIZES =
      List.of(1, 2, 3, 4, 5, 7, 8, 15, 16, 17, 33, 61, 64, 65, 130);

  static List<LinearAlgebra> libraries() {
    return LapackLinearAlgebra.isAvailable()
        ? List.of(LinearAlgebra.ejml(), LinearAlgebra.lapack())
        : List.of(LinearAlgebra.ejml());
  }

  static Stream<Arguments> librariesAndSizes() {
    return libraries().stream()
        .flatMap(library -> SIZES.stream().map(size -> Arguments.of(library, size)));
  }

  /** A product of random matrices with a ridge: its condition is some thousands. */
  private static double[][] matrix(int n, long seed) {
    var random = new Random(seed);
    var half = new double[n][n];
    for (double[] row : half) {
      for (int j = 0; j < n; j++) {
        row[j] = random.nextGaussian() / Math.sqrt(n);
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

  private static double[] product(double[][] matrix, double[] x, int n) {
    var product = new double[n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        product[i] += matrix[i][j] * x[j];
      }
    }
    return product;
  }

  private static double[] solved(CholeskyFactor factor, double[] b) {
    double[] x = b.clone();
    factor.solveTransposed(x);
    factor.solve(x);
    return x;
  }

  /** Appends the rows from the factor's size on. */
  private static boolean grow(CholeskyFactor factor, double[][] matrix, int n, double jitter) {
    for (int i = factor.size(); i < n; i++) {
      var column = new double[i];
      for (int j = 0; j < i; j++) {
        column[j] = matrix[j][i];
      }
      if (!factor.append(column, matrix[i][i] + jitter)) {
        return false;
      }
    }
    return true;
  }

  @ParameterizedTest
  @MethodSource("librariesAndSizes")
  void solve_afterFactorising_solvesTheEquations(LinearAlgebra library, int n) {
    double[][] matrix = matrix(n, 11);
    CholeskyFactor factor = library.factor(n);
    assertThat(factor.factorise(matrix, n, 0)).isTrue();
    assertThat(factor.size()).isEqualTo(n);
    double[] b = vector(n, 12);
    assertThat(product(matrix, solved(factor, b), n)).containsExactly(b, within(1e-11));
  }

  @ParameterizedTest
  @MethodSource("librariesAndSizes")
  void logDeterminant_afterFactorising_agreesWithReference(LinearAlgebra library, int n) {
    double[][] matrix = matrix(n, 13);
    CholeskyFactor factor = library.factor(0);
    assertThat(factor.factorise(matrix, n, 0)).isTrue();
    var reference = new CholeskyDecomposition(MatrixUtils.createRealMatrix(matrix), 1e-9, 0);
    double[][] lower = reference.getL().getData();
    double expected = 0;
    for (int i = 0; i < n; i++) {
      expected += 2 * StrictMath.log(lower[i][i]);
    }
    assertThat(factor.logDeterminant()).isCloseTo(expected, within(1e-11 * n));
  }

  /** R itself, column by column: R'x = Re has the solution x of which R'x is a column of A. */
  @ParameterizedTest
  @MethodSource("librariesAndSizes")
  void solveTransposed_ofTheMatrix_givesTheFactor(LinearAlgebra library, int n) {
    double[][] matrix = matrix(n, 17);
    CholeskyFactor factor = library.factor(n);
    assertThat(factor.factorise(matrix, n, 0)).isTrue();
    var columns = new double[n][n];
    for (int i = 0; i < n; i++) {
      System.arraycopy(matrix[i], 0, columns[i], 0, n);
    }
    factor.solveTransposed(columns, n); // R, since R'R = A
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double sum = 0;
        for (int k = 0; k < n; k++) {
          sum += columns[k][i] * columns[k][j];
        }
        assertThat(sum).as("%d, %d", i, j).isCloseTo(matrix[i][j], within(1e-12));
        assertThat(j < i ? columns[i][j] : 0).as("%d, %d", i, j).isCloseTo(0, within(1e-12));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("librariesAndSizes")
  void invert_twice_givesTheInverse(LinearAlgebra library, int n) {
    double[][] matrix = matrix(n, 5);
    CholeskyFactor factor = library.factor(n);
    assertThat(factor.factorise(matrix, n, 0)).isTrue();
    var inverse = new double[n][n];
    factor.invert(inverse);
    factor.invert(inverse); // what the first call left behind does not count
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        inverse[i][j] = inverse[j][i];
      }
    }
    for (int i = 0; i < n; i++) {
      double[] unit = product(matrix, inverse[i], n);
      for (int j = 0; j < n; j++) {
        assertThat(unit[j]).as("%d, %d", i, j).isCloseTo(i == j ? 1 : 0, within(1e-11));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void invert_ofGrownAndShrunkenFactor_isThatOfItsRows(LinearAlgebra library) {
    double[][] matrix = matrix(40, 6);
    CholeskyFactor factor = library.factor(0);
    assertThat(factor.factorise(matrix, 10, 0)).isTrue();
    assertThat(grow(factor, matrix, 40, 0)).isTrue();
    factor.truncate(25);
    var inverse = new double[40][40];
    factor.invert(inverse);
    CholeskyFactor whole = library.factor(25);
    assertThat(whole.factorise(matrix, 25, 0)).isTrue();
    var expected = new double[25][25];
    whole.invert(expected);
    for (int i = 0; i < 25; i++) {
      for (int j = i; j < 25; j++) {
        assertThat(inverse[i][j]).as("%d, %d", i, j).isCloseTo(expected[i][j], within(1e-11));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void solveTransposed_ofManyColumns_givesWhatEachWouldAlone(LinearAlgebra library) {
    for (int n = 1; n <= 20; n++) {
      CholeskyFactor factor = library.factor(n);
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

  @ParameterizedTest
  @MethodSource("librariesAndSizes")
  void append_rowByRow_givesFactorOfTheWholeToRounding(LinearAlgebra library, int n) {
    double[][] matrix = matrix(n, 21);
    double jitter = 1e-3;
    CholeskyFactor whole = library.factor(n);
    assertThat(whole.factorise(matrix, n, jitter)).isTrue();
    CholeskyFactor grown = library.factor(1);
    assertThat(grown.factorise(matrix, n / 2, jitter)).isTrue();
    assertThat(grow(grown, matrix, n, jitter)).isTrue();
    double[] b = vector(n, 2);
    assertThat(solved(grown, b)).containsExactly(solved(whole, b), within(1e-11));
    assertThat(grown.logDeterminant()).isCloseTo(whole.logDeterminant(), within(1e-11 * n));
  }

  /** What is saved and built anew must go on with the same digits. */
  @ParameterizedTest
  @MethodSource("librariesAndSizes")
  void append_afterTruncation_givesSameDigitsAsFromScratch(LinearAlgebra library, int n) {
    double[][] other = matrix(n, 31);
    double[][] matrix = matrix(n, 32);
    CholeskyFactor used = library.factor(n);
    assertThat(used.factorise(other, n, 0)).isTrue();
    used.truncate(0);
    assertThat(grow(used, matrix, n, 0)).isTrue();
    used.truncate(n / 3);
    assertThat(grow(used, matrix, n, 0)).isTrue();
    CholeskyFactor fresh = library.factor(0);
    assertThat(grow(fresh, matrix, n, 0)).isTrue();
    double[] b = vector(n, 4);
    assertThat(solved(used, b)).containsExactly(solved(fresh, b));
    assertThat(used.logDeterminant()).isEqualTo(fresh.logDeterminant());
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void append_ofTheSameRowTwice_refusesAndStays(LinearAlgebra library) {
    double[][] matrix = matrix(6, 8);
    for (int i = 0; i < 6; i++) {
      matrix[i][5] = matrix[i][4];
      matrix[5][i] = matrix[4][i];
    }
    matrix[5][5] = matrix[4][4];
    CholeskyFactor factor = library.factor(6);
    assertThat(grow(factor, matrix, 6, 0)).isFalse();
    assertThat(factor.size()).isEqualTo(5);
    assertThat(grow(factor, matrix, 6, 1e-6)).isTrue();
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void factorise_ofWhatIsNotPositiveDefinite_refuses(LinearAlgebra library) {
    CholeskyFactor factor = library.factor(0);
    for (int n : new int[] {2, 20, 70}) {
      double[][] matrix = matrix(n, 9);
      double kept = matrix[n - 2][n - 2];
      for (double spoiled :
          new double[] {-1, 0, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY}) {
        matrix[n - 2][n - 2] = spoiled;
        assertThat(factor.factorise(matrix, n, 0)).as("%s of %d", spoiled, n).isFalse();
        assertThat(factor.size()).isZero();
      }
      matrix[n - 2][n - 2] = kept;
      assertThat(factor.factorise(matrix, n, 0)).isTrue();
    }
  }

  /** Points on a line under a smooth kernel: of full rank on paper, of a dozen in doubles. */
  @ParameterizedTest
  @MethodSource("libraries")
  void factorise_ofNearlySingularMatrix_needsJitter(LinearAlgebra library) {
    int n = 60;
    var matrix = new double[n][n];
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < n; j++) {
        double distance = (i - j) / (double) n;
        matrix[i][j] = StrictMath.exp(-distance * distance / 2);
      }
    }
    CholeskyFactor factor = library.factor(n);
    assertThat(factor.factorise(matrix, n, 0)).isFalse();
    double jitter = 1e-8;
    assertThat(factor.factorise(matrix, n, jitter)).isTrue();
    CholeskyFactor grown = library.factor(n);
    assertThat(grow(grown, matrix, n, 0)).isFalse();
    grown.truncate(0);
    assertThat(grow(grown, matrix, n, jitter)).isTrue();
    double[] b = product(matrix, vector(n, 1), n);
    for (CholeskyFactor each : List.of(factor, grown)) {
      double[] x = solved(each, b);
      double[] back = product(matrix, x, n);
      for (int i = 0; i < n; i++) {
        assertThat(back[i] + jitter * x[i]).isCloseTo(b[i], within(1e-9));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("librariesAndSizes")
  void factoriseAndInvert_byAnyLibrary_agreeToRounding(LinearAlgebra library, int n) {
    double[][] matrix = matrix(n, 41);
    CholeskyFactor ejml = LinearAlgebra.ejml().factor(n);
    CholeskyFactor other = library.factor(n);
    assertThat(ejml.factorise(matrix, n, 1e-6)).isTrue();
    assertThat(other.factorise(matrix, n, 1e-6)).isTrue();
    double[] b = vector(n, 2);
    assertThat(solved(other, b)).containsExactly(solved(ejml, b), within(1e-11));
    var expected = new double[n][n];
    ejml.invert(expected);
    var inverse = new double[n][n];
    other.invert(inverse);
    for (int i = 0; i < n; i++) {
      assertThat(inverse[i]).as("row %d", i).containsExactly(expected[i], within(1e-11));
    }
  }

  @ParameterizedTest
  @MethodSource("libraries")
  void factorise_withoutRows_hasDeterminantOne(LinearAlgebra library) {
    CholeskyFactor factor = library.factor(0);
    assertThat(factor.factorise(new double[0][0], 0, 0)).isTrue();
    factor.invert(new double[0][0]);
    assertThat(factor.logDeterminant()).isZero();
  }

  @Test
  void factors_ofOneLibrary_doNotShareScratch() {
    CholeskyFactor one = LinearAlgebra.ejml().factor(0);
    CholeskyFactor other = LinearAlgebra.ejml().factor(0);
    double[][] matrix = matrix(20, 1);
    one.factorise(matrix, 20, 0);
    other.factorise(matrix(30, 2), 30, 0);
    double[] b = vector(20, 3);
    assertThat(product(matrix, solved(one, b), 20)).containsExactly(b, within(1e-11));
  }
}
