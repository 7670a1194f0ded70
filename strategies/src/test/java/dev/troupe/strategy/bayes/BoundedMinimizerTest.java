package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class BoundedMinimizerTest {

  private static double rosenbrock(double[] x, double[] gradient) {
    double u = x[1] - x[0] * x[0];
    gradient[0] = -400 * x[0] * u - 2 * (1 - x[0]);
    gradient[1] = 200 * u;
    return 100 * u * u + (1 - x[0]) * (1 - x[0]);
  }

  private static BoundedMinimizer minimizer(double low, double high) {
    return new BoundedMinimizer(new double[] {low, low}, new double[] {high, high});
  }

  @Test
  void minimize_ofCurvedValley_findsItsBottom() {
    double[] x = {-1.2, 1};
    double value = minimizer(-5, 5).minimize(BoundedMinimizerTest::rosenbrock, x, 200, 1e-9);
    assertThat(value).isLessThan(1e-10);
    assertThat(x[0]).isCloseTo(1, within(1e-4));
  }

  @Test
  void minimize_withMinimumOutside_endsAtTheBound() {
    double[] x = {-1.2, 1};
    minimizer(-2, 0.5).minimize(BoundedMinimizerTest::rosenbrock, x, 200, 1e-9);
    assertThat(x[0]).isEqualTo(0.5);
    assertThat(x[1]).isCloseTo(0.25, within(1e-6));
  }

  @Test
  void minimize_withoutValueAtStart_leavesStart() {
    double[] x = {0.5, 0.5};
    double value = minimizer(0, 1).minimize((at, gradient) -> Double.NaN, x, 10, 1e-6);
    assertThat(value).isNaN();
    assertThat(x).containsExactly(0.5, 0.5);
  }

  /** The function has no value where the slope leads. */
  @Test
  void minimize_nextToCliff_staysInFrontOfIt() {
    double[] x = {0.4, 0.4};
    Differentiable cliff =
        (at, gradient) -> {
          gradient[0] = -1;
          gradient[1] = 0;
          return at[0] > 0.6 ? Double.POSITIVE_INFINITY : -at[0];
        };
    double value = minimizer(0, 1).minimize(cliff, x, 50, 1e-9);
    assertThat(value).isLessThan(-0.45).isGreaterThanOrEqualTo(-0.6);
  }

  @Test
  void minimize_always_neverEndsAboveStart() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      double[] x = {random.nextDouble(), random.nextDouble()};
      double frequency = 1 + 20 * random.nextDouble();
      Differentiable waves =
          (at, gradient) -> {
            gradient[0] = frequency * Math.cos(frequency * at[0]) * Math.cos(at[1]);
            gradient[1] = -Math.sin(frequency * at[0]) * Math.sin(at[1]);
            return Math.sin(frequency * at[0]) * Math.cos(at[1]);
          };
      double start = waves.value(x, new double[2]);
      double value = minimizer(0, 1).minimize(waves, x, 20, 1e-6);
      assertThat(value).as("seed %d", seed).isLessThanOrEqualTo(start);
      assertThat(x[0]).isBetween(0.0, 1.0);
      assertThat(waves.value(x, new double[2])).isCloseTo(value, within(1e-12));
    }
  }
}
