package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalAndExponentialTest {

  @Test
  void exponential_ofNegativeNumbers_isRightToTheLastPlaces() {
    for (double x = 0; x > -708; x -= 0.0173) {
      double exact = StrictMath.exp(x);
      assertThat(exponential(x)).as("x %s", x).isCloseTo(exact, within(5e-16 * exact));
    }
    assertThat(exponential(0)).isEqualTo(1);
    assertThat(exponential(-1000)).isZero();
    assertThat(exponential(-1e300)).isZero();
    assertThat(exponential(Double.NEGATIVE_INFINITY)).isZero();
    assertThat(exponential(Double.NaN)).isZero();
  }

  private static double exponential(double x) {
    double[] padded = {7, x, 7};
    FastExponential.of(padded, new double[3], 1, 2);
    assertThat(padded[0] + padded[2]).as("what is outside of the range").isEqualTo(14);
    return padded[1];
  }

  @Test
  void cumulative_always_agreesWithReference() {
    for (double z = -6; z < 6; z += 0.037) {
      double expected = 0.5 * Erf.erfc(-z / Math.sqrt(2));
      assertThat(StandardNormal.cumulative(z)).as("z %s", z).isCloseTo(expected, within(1e-14));
    }
  }

  /** The values were computed with 60 digits. */
  @ParameterizedTest
  @CsvSource({
    "1.5, 0.4248145567622593",
    "0, -0.9189385332046727",
    "-1, -2.485121025712641",
    "-3, -7.869686059603029",
    "-10, -55.55312203612236",
    "-38, -730.1961834021137",
    "-1e3, -500014.7344520912",
    "-1e6, -500000000028.55"
  })
  void logImprovement_alsoFarAway_agreesWithReference(double z, double expected) {
    assertThat(StandardNormal.logImprovement(z))
        .isCloseTo(expected, within(Math.max(1e-12, 1e-12 * Math.abs(expected))));
  }

  @Test
  void logImprovementSlope_always_isSlope() {
    for (double z : new double[] {-3e4, -9999, -500, -30, -5, -1.01, -0.99, 0, 0.5, 4}) {
      double step = 1e-4 * Math.max(1, Math.abs(z));
      BigDecimal above = new BigDecimal(StandardNormal.logImprovement(z + step));
      BigDecimal below = new BigDecimal(StandardNormal.logImprovement(z - step));
      double slope =
          above
              .subtract(below)
              .divide(new BigDecimal(2 * step), MathContext.DECIMAL64)
              .doubleValue();
      assertThat(StandardNormal.logImprovementSlope(z))
          .as("z %s", z)
          .isCloseTo(slope, within(1e-6 * Math.max(1, Math.abs(slope))));
    }
  }

  @Test
  void acquisitionSlopes_always_areSlopes() {
    Acquisition[] acquisitions = {
      new Acquisition.LogExpectedImprovement(0.2), new Acquisition.ConfidenceBound(2)
    };
    double step = 1e-6;
    for (Acquisition each : acquisitions) {
      for (double mean : new double[] {-1, 0.1, 0.5, 3}) {
        for (double deviation : new double[] {0.05, 0.5, 2}) {
          double meanSlope =
              (each.value(mean + step, deviation) - each.value(mean - step, deviation))
                  / (2 * step);
          double deviationSlope =
              (each.value(mean, deviation + step) - each.value(mean, deviation - step))
                  / (2 * step);
          assertThat(each.meanSlope(mean, deviation))
              .isCloseTo(meanSlope, within(1e-4 * Math.max(1, Math.abs(meanSlope))));
          assertThat(each.deviationSlope(mean, deviation))
              .isCloseTo(deviationSlope, within(1e-3 * Math.max(1, Math.abs(deviationSlope))));
        }
      }
    }
  }
}
