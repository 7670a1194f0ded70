package dev.troupe.estimator.curve;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.study.Direction;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class McmcCurveModelTest {

  private static CurveModel model(long seed) {
    return new McmcCurveModelProvider()
        .create(
            new CurveModelRequest(
                RandomStreams.of(seed),
                Settings.of("model", Map.of("families", 4, "walkers", 20, "steps", 300))));
  }

  private static CurveQuery query() {
    double[] steps = new double[12];
    double[] values = new double[12];
    for (int i = 0; i < steps.length; i++) {
      steps[i] = i + 1;
      values[i] = 0.8 - 0.7 * Math.pow(i + 1, -0.6) + 0.002 * (i % 3);
    }
    return new CurveQuery(
        7, TrialCurve.of(LearningCurve.of(steps, values)), 40, Direction.MAXIMIZE, List.of());
  }

  @Test
  void predict_saturatingAccuracy_isNearItsEnd() {
    CurvePrediction prediction = model(1).predict(query());
    double truth = 0.8 - 0.7 * Math.pow(40, -0.6);
    assertThat(prediction.quantile(0.02)).isLessThan(truth);
    assertThat(prediction.quantile(0.98)).isGreaterThan(truth);
    assertThat(prediction.median()).isBetween(0.66, 0.78);
    assertThat(prediction.probabilityBetter(0.95, Direction.MAXIMIZE)).isLessThan(0.05);
  }

  @Test
  void predict_sameSeed_isTheSameWhateverWasAskedBefore() {
    CurveModel once = model(2);
    once.predict(query());
    assertThat(once.predict(query()).median()).isEqualTo(model(2).predict(query()).median());
    assertThat(model(3).predict(query()).median()).isNotEqualTo(model(2).predict(query()).median());
  }

  @Test
  void predict_divergedCurve_isTheWorst() {
    LearningCurve curve =
        LearningCurve.of(new double[] {1, 2, 3, 4}, new double[] {.1, .2, .3, Double.NaN});
    CurvePrediction prediction =
        model(1).predict(new CurveQuery(1, TrialCurve.of(curve), 9, Direction.MAXIMIZE, List.of()));
    assertThat(prediction.median()).isEqualTo(Double.NEGATIVE_INFINITY);
  }
}
