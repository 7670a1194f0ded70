package dev.troupe.strategy.bayes.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.math3.special.Erf;
import org.junit.jupiter.api.Test;

class NormalTest {

  private static double tail(double x) {
    return Erf.erfc(x / Math.sqrt(2)) / 2;
  }

  @Test
  void upperTail_anyNumber_agreesWithTheErrorFunction() {
    for (double x = 0; x < 37; x += 0.01) {
      assertThat(Normal.upperTail(x) / tail(x)).as("above %s", x).isEqualTo(1, within(1e-8));
    }
    for (double x = 0; x < 6; x += 0.01) {
      assertThat(Normal.upperTail(x)).as("above %s", x).isEqualTo(tail(x), within(1e-15));
    }
    assertThat(Normal.upperTail(0)).isEqualTo(0.5, within(1e-15));
    assertThat(Normal.upperTail(100)).isZero();
  }

  @Test
  void mass_onEitherSide_isTheDifferenceOfTails() {
    double[] points = {-30, -3, -0.5, 0, 0.25, 2, 8};
    for (int i = 0; i < points.length; i++) {
      for (int j = i; j < points.length; j++) {
        assertThat(Normal.mass(points[i], points[j]))
            .isEqualTo(
                Erf.erf(points[i] / Math.sqrt(2), points[j] / Math.sqrt(2)) / 2, within(1e-13));
      }
    }
  }

  /** Far out the difference of two numbers near 1 would be nothing but rounding. */
  @Test
  void mass_farOut_keepsItsDigits() {
    assertThat(Normal.mass(-11, -10) / (tail(10) - tail(11))).isEqualTo(1, within(1e-8));
    assertThat(Normal.mass(10, 11) / (tail(10) - tail(11))).isEqualTo(1, within(1e-8));
  }
}
