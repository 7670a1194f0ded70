package dev.troupe.estimator.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import dev.troupe.study.Direction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class OthersCurveModelTest {

  private static final int STEPS = 30;

  private final CurveModel model = new OthersCurveModel(RandomStreams.of(1));

  /** Curves whose ends their configurations alone tell: a drop in the middle of the training. */
  private static List<TrialCurve> family(int n, boolean encoded) {
    StreamGenerator random = RandomStreams.of(5).stream(RandomStreams.Kind.PRUNER, 0, "curves");
    var curves = new ArrayList<TrialCurve>();
    for (int i = 0; i < n; i++) {
      double drop = random.nextDouble();
      double[] steps = new double[STEPS];
      double[] values = new double[STEPS];
      for (int s = 0; s < STEPS; s++) {
        steps[s] = s + 1;
        double base = Math.pow(s + 1, -0.2) + 0.005 * random.nextGaussian();
        values[s] = s < STEPS / 2 ? base : base * (1 - 0.5 * drop);
      }
      LearningCurve curve = LearningCurve.of(steps, values);
      curves.add(encoded ? TrialCurve.of(curve, new double[] {drop}) : TrialCurve.of(curve));
    }
    return curves;
  }

  private CurvePrediction predict(TrialCurve curve, int shown, List<TrialCurve> finished) {
    return model.predict(
        new CurveQuery(
            1, curve.first(shown), curve.curve().lastStep(), Direction.MINIMIZE, finished));
  }

  private double error(List<TrialCurve> curves) {
    double sum = 0;
    for (int i = 0; i < 10; i++) {
      TrialCurve curve = curves.get(i);
      double median = predict(curve, 6, curves.subList(10, curves.size())).median();
      sum += Math.abs(median - curve.curve().lastValue()) / 10;
    }
    return sum;
  }

  @Test
  void predict_endsThatConfigurationsTell_isBetterWithThem() {
    assertThat(error(family(90, true))).isLessThan(0.5 * error(family(90, false)));
  }

  @Test
  void predict_trialsDrawnAlike_coversAsOftenAsItSays() {
    List<TrialCurve> curves = family(100, true);
    int covered = 0;
    for (int i = 0; i < 40; i++) {
      CurvePrediction prediction = predict(curves.get(i), 6, curves.subList(40, 100));
      double end = curves.get(i).curve().lastValue();
      covered += prediction.quantile(0.05) <= end && end <= prediction.quantile(0.95) ? 1 : 0;
    }
    assertThat(covered / 40.0).isBetween(0.75, 1.0);
  }

  @Test
  void predict_fewFinished_isWhatFastSays() {
    List<TrialCurve> curves = family(8, true);
    CurvePrediction alone =
        new FastCurveModel()
            .predict(
                new CurveQuery(1, curves.get(0).first(6), STEPS, Direction.MINIMIZE, List.of()));
    assertThat(predict(curves.get(0), 6, curves.subList(1, 8)).median()).isEqualTo(alone.median());
  }

  @Test
  void predict_someDiverged_doesNotMindThem() {
    List<TrialCurve> curves = family(60, true);
    var finished = new ArrayList<>(curves.subList(1, 60));
    for (double end : new double[] {Double.NaN, 1e15, Double.POSITIVE_INFINITY}) {
      finished.add(
          TrialCurve.of(
              LearningCurve.of(new double[] {1, 2, STEPS}, new double[] {1, 7, end}),
              new double[] {0.5}));
    }
    assertThat(predict(curves.get(0), 6, finished).median())
        .isCloseTo(curves.get(0).curve().lastValue(), within(0.15));
  }

  @Test
  void predict_worseThanAllOthers_isStillAnswered() {
    LearningCurve wild = LearningCurve.of(new double[] {1, 2, 3}, new double[] {1, 50, 1e12});
    CurvePrediction prediction =
        model.predict(
            new CurveQuery(
                1,
                TrialCurve.of(wild, new double[] {0.1}),
                STEPS,
                Direction.MINIMIZE,
                family(40, true)));
    assertThat(prediction.median()).isGreaterThan(100);
  }

  @Test
  void predict_otherLengthsAndSteps_areCompared() {
    List<TrialCurve> curves = family(40, false);
    LearningCurve sparse =
        LearningCurve.of(new double[] {2, 4, 7.5}, new double[] {0.87, 0.76, 0.67});
    CurvePrediction prediction =
        model.predict(new CurveQuery(1, TrialCurve.of(sparse), 60, Direction.MINIMIZE, curves));
    assertThat(prediction.median()).isBetween(0.2, 0.6);
  }

  @Test
  void predict_sameSeed_isTheSame() {
    List<TrialCurve> curves = family(40, true);
    CurvePrediction first = predict(curves.get(0), 5, curves.subList(1, 40));
    CurvePrediction again =
        new OthersCurveModel(RandomStreams.of(1))
            .predict(
                new CurveQuery(
                    1, curves.get(0).first(5), STEPS, Direction.MINIMIZE, curves.subList(1, 40)));
    assertThat(again.quantile(0.3)).isEqualTo(first.quantile(0.3));
  }
}
