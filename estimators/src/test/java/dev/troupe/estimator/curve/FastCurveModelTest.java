package dev.troupe.estimator.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.study.Direction;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FastCurveModelTest {

  private final CurveModel model = new FastCurveModel();

  private static double[] epochs(int n) {
    return DoubleStream.iterate(1, epoch -> epoch + 1).limit(n).toArray();
  }

  private static LearningCurve curve(int n, DoubleUnaryOperator value) {
    return LearningCurve.of(epochs(n), DoubleStream.of(epochs(n)).map(value).toArray());
  }

  private CurvePrediction predict(LearningCurve curve, double horizon, Direction direction) {
    return model.predict(new CurveQuery(1, TrialCurve.of(curve), horizon, direction, List.of()));
  }

  @Test
  void predict_powerLaw_isCloserThanTheLastValue() {
    CurvePrediction prediction =
        predict(curve(8, x -> 0.8 * Math.pow(x, -0.3)), 40, Direction.MINIMIZE);
    double truth = 0.8 * Math.pow(40, -0.3);
    double last = 0.8 * Math.pow(8, -0.3);
    assertThat(prediction.median()).isCloseTo(truth, within(0.25 * (last - truth)));
    assertThat(prediction.quantile(0.05)).isLessThan(truth);
    assertThat(prediction.quantile(0.95)).isGreaterThan(truth);
  }

  @Test
  void predict_accuracyInPercent_isThatOfTheErrorMirrored() {
    CurvePrediction error =
        predict(curve(10, x -> 0.9 * Math.pow(x, -0.2)), 50, Direction.MINIMIZE);
    CurvePrediction accuracy =
        predict(curve(10, x -> 100 - 90 * Math.pow(x, -0.2)), 50, Direction.MAXIMIZE);
    assertThat(accuracy.median()).isCloseTo(100 - 100 * error.median(), within(1e-6));
    assertThat(accuracy.quantile(0.1)).isCloseTo(100 - 100 * error.quantile(0.9), within(1e-6));
    assertThat(accuracy.probabilityBetter(70, Direction.MAXIMIZE))
        .isCloseTo(error.probabilityBetter(0.3, Direction.MINIMIZE), within(1e-6));
  }

  @Test
  void predict_stepsInSamples_areAsGoodAsEpochs() {
    LearningCurve inEpochs = curve(6, x -> 2 / x);
    double[] samples = DoubleStream.of(inEpochs.steps()).map(x -> 50_000 * x).toArray();
    LearningCurve inSamples = LearningCurve.of(samples, inEpochs.values());
    assertThat(predict(inSamples, 1e6, Direction.MINIMIZE).median())
        .isEqualTo(predict(inEpochs, 20, Direction.MINIMIZE).median());
  }

  @Test
  void predict_stepsFromZero_doesNotFail() {
    LearningCurve late =
        LearningCurve.of(new double[] {0, 1, 2, 3}, new double[] {2.3, 2.0, 1.8, 1.7});
    assertThat(predict(late, 50, Direction.MINIMIZE).median()).isBetween(0.5, 1.7);
  }

  @Test
  void predict_lossesBelowZero_goesOnFalling() {
    CurvePrediction prediction = predict(curve(10, x -> -3 + 5 / x), 100, Direction.MINIMIZE);
    assertThat(prediction.median()).isBetween(-4.0, -2.4);
  }

  @Test
  void predict_flatCurve_staysWithinItsNoise() {
    CurvePrediction prediction =
        predict(curve(12, x -> 0.693 + 1e-4 * Math.sin(7 * x)), 50, Direction.MINIMIZE);
    assertThat(prediction.median()).isCloseTo(0.693, within(2e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
  void predict_lastValueNotFinite_isTheWorstForCertain(double last) {
    LearningCurve diverged = LearningCurve.of(epochs(3), new double[] {0.7, 0.6, last});
    assertThat(predict(diverged, 50, Direction.MINIMIZE).median())
        .isEqualTo(Double.POSITIVE_INFINITY);
    assertThat(predict(diverged, 50, Direction.MAXIMIZE).probabilityBetter(0.1, Direction.MAXIMIZE))
        .isZero();
  }

  @Test
  void predict_hugeValues_isBad() {
    LearningCurve wild =
        LearningCurve.of(epochs(5), new double[] {0.7, 0.6, 1e15, Double.NaN, 3e15});
    CurvePrediction prediction = predict(wild, 50, Direction.MINIMIZE);
    assertThat(prediction.median()).isGreaterThan(1e3);
    assertThat(prediction.probabilityBelow(0.7)).isLessThan(0.2);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 1e-300, 1, -1, 1e300, -1e300, Double.MAX_VALUE})
  void predict_constantOfAnySize_isItself(double value) {
    for (Direction direction : Direction.values()) {
      CurvePrediction prediction = predict(curve(5, x -> value), 20, direction);
      assertThat(prediction.median()).as("%s", direction).isNotNaN();
      assertThat(prediction.quantile(0.05)).isLessThanOrEqualTo(prediction.quantile(0.95));
    }
  }

  @Test
  void predict_onePoint_isWide() {
    CurvePrediction prediction = predict(curve(1, x -> 0.9), 40, Direction.MINIMIZE);
    assertThat(prediction.quantile(0.95) - prediction.quantile(0.05)).isGreaterThan(0.2);
  }

  @Test
  void predict_atTheHorizon_isTheLastValueAndItsNoise() {
    LearningCurve whole = curve(40, x -> Math.pow(x, -0.5));
    assertThat(predict(whole, 40, Direction.MINIMIZE).median())
        .isCloseTo(whole.lastValue(), within(0.02));
  }

  @Test
  void predict_aMillionSteps_isStillAboutTheCurve() {
    LearningCurve fine = curve(100_000, x -> Math.pow(x, -0.2));
    assertThat(predict(fine, 200_000, Direction.MINIMIZE).median())
        .isCloseTo(Math.pow(200_000, -0.2), within(0.02));
  }
}
