package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

/** Compares gradients with differences. */
final class Gradients {

  private static final double STEP = 1e-5;

  private Gradients() {}

  /** Checks a worth at a point whose coordinates are inside of the unit cube. */
  static void check(Worth worth, double[] point, boolean[] active) {
    var gradient = new double[point.length];
    double value = worth.value(point, active, gradient);
    var values = new double[2];
    worth.values(new double[][] {point}, new boolean[][] {active}, 1, values);
    assertThat(values[0])
        .as("alone and among many")
        .isEqualTo(value, within(1e-7 * (1 + Math.abs(value))));
    for (int j = 0; j < point.length; j++) {
      double[] before = point.clone();
      double[] after = point.clone();
      before[j] -= STEP;
      after[j] += STEP;
      worth.values(new double[][] {before, after}, new boolean[][] {active, active}, 2, values);
      double slope = (values[1] - values[0]) / (2 * STEP);
      assertThat(gradient[j]).isEqualTo(slope, within(1e-3 * (1 + Math.abs(slope))));
    }
  }
}
