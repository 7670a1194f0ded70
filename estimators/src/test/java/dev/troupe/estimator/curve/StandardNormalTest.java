package dev.troupe.estimator.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StandardNormalTest {

  @ParameterizedTest
  @CsvSource({
    "0, 0.5",
    "1, 0.8413447460685429",
    "-1, 0.15865525393145707",
    "1.959963984540054, 0.975",
    "-3, 0.0013498980316300933",
    "-6, 9.865876450376946e-10",
    "9, 1",
    "-9, 0"
  })
  void cumulative_givesTabulatedProbabilities(double x, double expected) {
    assertThat(StandardNormal.cumulative(x)).isCloseTo(expected, within(1e-15));
    assertThat(StandardNormal.quickCumulative(x)).isCloseTo(expected, within(2e-11));
  }

  @Test
  void quickCumulative_isWithinItsBoundEverywhere() {
    double largest = 0;
    for (int i = -900_000; i <= 900_000; i++) {
      double x = i / 1e5 + 1e-6;
      double gap = StandardNormal.quickCumulative(x) - StandardNormal.cumulative(x);
      largest = Math.max(largest, Math.abs(gap));
    }
    assertThat(largest).isLessThan(2e-11);
  }

  @Test
  void cumulative_ofNothingIsNothing() {
    assertThat(StandardNormal.cumulative(Double.NaN)).isNaN();
    assertThat(StandardNormal.quickCumulative(Double.NaN)).isNaN();
  }
}
