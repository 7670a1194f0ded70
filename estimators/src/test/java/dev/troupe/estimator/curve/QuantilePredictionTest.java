package dev.troupe.estimator.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.study.Direction;
import org.junit.jupiter.api.Test;

class QuantilePredictionTest {

  @Test
  void quantile_ofEquallyProbableValues_isBetweenThem() {
    CurvePrediction prediction = QuantilePrediction.of(new double[] {4, 1, 3, 2});
    assertThat(prediction.median()).isEqualTo(2.5);
    assertThat(prediction.quantile(0.01)).isEqualTo(1);
    assertThat(prediction.quantile(0.99)).isEqualTo(4);
    assertThat(prediction.mean()).isEqualTo(2.5);
    assertThat(prediction.standardDeviation()).isEqualTo(Math.sqrt(1.25));
  }

  @Test
  void probabilityBelow_quantile_isItsProbability() {
    CurvePrediction prediction = QuantilePrediction.of(new double[] {1, 2, 4, 8, 16});
    for (double probability : new double[] {0.15, 0.4, 0.5, 0.85}) {
      assertThat(prediction.probabilityBelow(prediction.quantile(probability)))
          .isCloseTo(probability, within(1e-12));
    }
    assertThat(prediction.probabilityBelow(0.5)).isZero();
    assertThat(prediction.probabilityBelow(17)).isEqualTo(1);
  }

  @Test
  void quantile_someInfinite_isNoNaN() {
    CurvePrediction prediction =
        QuantilePrediction.of(
            new double[] {1, 2, Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY});
    assertThat(prediction.quantile(0.3)).isBetween(1.0, 2.0);
    assertThat(prediction.quantile(0.9)).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(prediction.mean()).isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(prediction.probabilityBetter(3, Direction.MINIMIZE)).isBetween(0.4, 0.6);
  }

  @Test
  void quantile_probabilityOutside_isRefused() {
    CurvePrediction prediction = QuantilePrediction.of(new double[] {1});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> prediction.quantile(95))
        .withMessageContaining("95");
  }
}
