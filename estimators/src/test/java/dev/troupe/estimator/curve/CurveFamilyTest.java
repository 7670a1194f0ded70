package dev.troupe.estimator.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CurveFamilyTest {

  static Stream<CurveFamily> families() {
    return CurveFamilies.ALL.stream();
  }

  @ParameterizedTest
  @MethodSource("families")
  void gradient_atTheDefaults_isThatOfFiniteDifferences(CurveFamily family) {
    double[] p = family.defaults();
    double[] gradient = new double[family.size()];
    for (double x : new double[] {1, 2.5, 10, 100}) {
      assertThat(family.gradient(x, p, gradient)).isEqualTo(family.value(x, p));
      for (int k = 0; k < p.length; k++) {
        double step = 1e-6 * Math.max(Math.abs(p[k]), 1e-2);
        double[] above = p.clone();
        double[] below = p.clone();
        above[k] += step;
        below[k] -= step;
        double difference = (family.value(x, above) - family.value(x, below)) / (2 * step);
        assertThat(gradient[k])
            .as("%s by %s at %s", family, family.coefficients().get(k).name(), x)
            .isCloseTo(difference, within(1e-6 + 1e-5 * Math.abs(difference)));
      }
    }
  }

  @ParameterizedTest
  @MethodSource("families")
  void near_saturatingCurve_isWithinBoundsAndFinite(CurveFamily family) {
    double[] p = family.near(20, 0.1, 0.6, 0.8);
    assertThat(family.bounded(p)).containsExactly(p);
    assertThat(family.value(1, p)).isFinite();
    assertThat(family.value(20, p)).isFinite();
  }

  @ParameterizedTest
  @MethodSource("families")
  void fit_pointsOfTheFamilyItself_findsThem(CurveFamily family) {
    double[] truth = family.near(30, 0.1, 0.6, 0.8);
    double[] x = new double[30];
    double[] y = new double[30];
    double[] weights = new double[30];
    for (int i = 0; i < x.length; i++) {
      x[i] = i + 1;
      y[i] = family.value(x[i], truth);
      weights[i] = 1e4;
    }
    FamilyFit fit =
        FamilyFit.of(
            family,
            new FamilyFit.Points(x, y, weights),
            List.of(family.defaults(), family.near(30, y[0], y[29], 0.9)));
    assertThat(fit).isNotNull();
    for (int i = 0; i < x.length; i++) {
      assertThat(fit.value(x[i])).as("at %s", x[i]).isCloseTo(y[i], within(0.02));
    }
  }
}
