package dev.troupe.architecture.distance;

import static dev.troupe.architecture.WorkedExamples.expected;
import static dev.troupe.architecture.WorkedExamples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BourgainEmbeddingTest {

  private static final double[][] DISTANCES = {
    {0, 1, 2.5, 3}, {1, 0, 1.5, 2}, {2.5, 1.5, 0, 1}, {3, 2, 1, 0}
  };
  private static final List<int[]> SUBSETS =
      List.of(new int[] {0}, new int[] {2}, new int[] {0, 3}, new int[] {1, 2});

  private static double[][] matrix(Config expected, String name) {
    return expected.getList(key(name)).unwrapped().stream()
        .map(
            row ->
                ((List<?>) row)
                    .stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray())
        .toArray(double[][]::new);
  }

  private static double[] row(Config expected, String name) {
    return expected.getDoubleList(key(name)).stream().mapToDouble(Double::doubleValue).toArray();
  }

  @Test
  void coordinatesAndKernel_distancesOfAk6_areAsWorkedOut() {
    var embedding = BourgainEmbedding.of(DISTANCES, SUBSETS);
    double[][] kernel = embedding.kernel();

    for (int i = 0; i < 4; i++) {
      assertThat(embedding.coordinates(i)).containsExactly(matrix(expected("AK-6"), "phi")[i]);
      assertThat(kernel[i]).containsExactly(matrix(expected("AK-6"), "K")[i], within(1e-9));
    }
    double least = expected("AK-6").getDouble(key("min eigenvalue of K"));
    assertThat(isPositiveDefinite(kernel, -(least - 1e-9))).isTrue();
    assertThat(isPositiveDefinite(kernel, -(least + 1e-9))).isFalse();
  }

  @Test
  void dimensions_sizesOfAk7_areAsWorkedOut() {
    for (int size : new int[] {2, 4, 10, 50}) {
      List<Integer> expected = expected("AK-7").getIntList(key("n=" + size));
      var embedding = BourgainEmbedding.draw(new double[size][size], new Random(1));

      assertThat(BourgainEmbedding.largestExponent(size)).isEqualTo(expected.get(0));
      assertThat(BourgainEmbedding.subsetsPerSize(size)).isEqualTo(expected.get(1));
      assertThat(embedding.dimensions()).isEqualTo(expected.get(2));
    }
  }

  @Test
  void coordinates_newThingOfAk8_usesTheSameSubsets() {
    var embedding = BourgainEmbedding.of(DISTANCES, SUBSETS);
    double[] point = embedding.coordinates(new double[] {1.5, 0.5, 1, 1.5});
    double[] kernel = new double[4];
    Arrays.setAll(kernel, i -> embedding.kernel(point, embedding.coordinates(i)));

    assertThat(point).containsExactly(row(expected("AK-8"), "phi(new)"));
    assertThat(kernel).containsExactly(row(expected("AK-8"), "k"), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void kernel_edgesOfRandomNetworks_isPositiveSemidefinite(long seed) {
    var random = new Random(seed);
    List<NetworkOutline> networks =
        random.ints(40, 0, 12).mapToObj(size -> RandomOutlines.of(size, 3, random)).toList();
    double[][] distances = EditDistance.standard().matrix(networks);
    List<NetworkOutline> known = networks.subList(0, 30);
    var embedding = BourgainEmbedding.draw(EditDistance.standard().matrix(known), new Random(seed));
    var kernel = new double[40][40];
    for (int i = 0; i < 40; i++) { // known ones and new ones together
      for (int j = 0; j < 40; j++) {
        kernel[i][j] =
            embedding.kernel(
                embedding.coordinates(Arrays.copyOf(distances[i], 30)),
                embedding.coordinates(Arrays.copyOf(distances[j], 30)));
      }
    }

    assertThat(isPositiveDefinite(kernel, 1e-9)).isTrue();
  }

  @Test
  void draw_sameSeed_isTheSame() {
    var first = BourgainEmbedding.draw(DISTANCES, new Random(8));
    var second = BourgainEmbedding.draw(DISTANCES, new Random(8));

    assertThat(first.kernel()).isDeepEqualTo(second.kernel());
  }

  @Test
  void kernel_oneThing_isOne() {
    var embedding = BourgainEmbedding.draw(new double[1][1], new Random(8));

    assertThat(embedding.kernel()).isDeepEqualTo(new double[][] {{1}});
    assertThat(embedding.coordinates(new double[] {2})).containsExactly(2);
  }

  @Test
  void draw_badDistances_areRefused() {
    assertThatThrownBy(() -> BourgainEmbedding.of(new double[0][0], SUBSETS))
        .hasMessageContaining("needs at least 1 thing, but had 0");
    assertThatThrownBy(() -> BourgainEmbedding.of(new double[][] {{0, 1}}, SUBSETS))
        .hasMessageContaining("must have one for each of the 1 things, but had 2");
    assertThatThrownBy(() -> BourgainEmbedding.of(new double[][] {{1}}, SUBSETS))
        .hasMessageContaining("Thing 0 must be at distance 0 from itself, but was at 1.0");
    assertThatThrownBy(() -> BourgainEmbedding.of(new double[][] {{0}}, SUBSETS))
        .hasMessageContaining("numbers from 0 to 0");
    assertThatThrownBy(
            () -> BourgainEmbedding.of(DISTANCES, SUBSETS).coordinates(new double[] {1, 1, -1, 1}))
        .hasMessageContaining("must be at least 0 and finite, but was -1.0");
  }

  /** Cholesky's decomposition with a jitter on the diagonal, as Gaussian processes use it. */
  private static boolean isPositiveDefinite(double[][] matrix, double jitter) {
    int size = matrix.length;
    var lower = new double[size][size];
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double rest = matrix[i][j] + (i == j ? jitter : 0);
        for (int k = 0; k < j; k++) {
          rest -= lower[i][k] * lower[j][k];
        }
        if (i == j && rest <= 0) {
          return false;
        }
        lower[i][j] = i == j ? Math.sqrt(rest) : rest / lower[j][j];
      }
    }
    return true;
  }
}
