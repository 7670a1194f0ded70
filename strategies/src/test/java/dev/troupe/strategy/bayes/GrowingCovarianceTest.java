package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GrowingCovarianceTest {

  private static final FeatureMap MAP = FeatureMap.numeric(2);
  private final Random random = new Random(3);

  private static GrowingCovariance covariance() {
    var points = new FeaturePoints(MAP);
    return new GrowingCovariance(
        points, new Kernel(MAP, KernelShape.MATERN_52, points), LinearAlgebra.ejml());
  }

  /** Without noise, so that two equal points are one too many. */
  private static double[] parameters() {
    double[] parameters = KernelPrior.of(MAP).start();
    parameters[parameters.length - 1] = -60;
    return parameters;
  }

  private FeatureVector[] points(int count) {
    var points = new FeatureVector[count];
    for (int i = 0; i < count; i++) {
      points[i] = MAP.vector();
      MAP.map(
          new double[] {random.nextDouble(), random.nextDouble()},
          new boolean[] {true, true},
          points[i]);
    }
    return points;
  }

  private static double[] digits(GrowingCovariance covariance) {
    double[] ones = new double[covariance.size()];
    Arrays.fill(ones, 1);
    covariance.factor().solveTransposed(ones);
    return ones;
  }

  @Test
  void add_ofEqualPoint_needsJitter() {
    GrowingCovariance covariance = covariance();
    covariance.reset(parameters());
    FeatureVector[] points = points(5);
    for (FeatureVector point : points) {
      covariance.add(point);
    }
    double without = covariance.noise();
    covariance.add(points[2]);
    assertThat(covariance.size()).isEqualTo(6);
    assertThat(covariance.noise()).isGreaterThan(without);
    covariance.truncate(5);
    assertThat(covariance.noise()).isEqualTo(without);
  }

  /** However points came and went, what is left has the digits of those that were added at once. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void add_andTruncate_leavesNoTrace(long seed) {
    random.setSeed(seed);
    FeatureVector[] known = points(8);
    GrowingCovariance used = covariance();
    used.reset(parameters());
    var left = new FeatureVector[100];
    for (int step = 0; step < 60; step++) {
      if (used.size() > 0 && random.nextInt(3) == 0) {
        used.truncate(random.nextInt(used.size() + 1));
      } else {
        left[used.size()] = random.nextInt(3) == 0 ? known[random.nextInt(8)] : points(1)[0];
        used.add(left[used.size()]);
      }
      GrowingCovariance fresh = covariance();
      fresh.reset(parameters());
      for (int i = 0; i < used.size(); i++) {
        fresh.add(left[i]);
      }
      assertThat(used.noise()).as("seed %d, step %d", seed, step).isEqualTo(fresh.noise());
      assertThat(digits(used)).as("seed %d, step %d", seed, step).containsExactly(digits(fresh));
    }
  }

  @Test
  void add_withoutNumbers_saysSo() {
    GrowingCovariance covariance = covariance();
    double[] parameters = parameters();
    parameters[0] = Double.NaN;
    covariance.reset(parameters);
    FeatureVector[] points = points(2);
    covariance.add(points[0]);
    assertThatThrownBy(() -> covariance.add(points[1]))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("2 points")
        .hasMessageContaining("NaN");
  }
}
