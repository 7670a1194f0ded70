package dev.troupe.estimator.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.ConfigFactory;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.WeightSource;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

final class SyntheticEstimatorTest {

  private static final Configuration CENTRE = Configuration.of(Map.of("x0", 2.5, "x1", 7.5));
  private static final Map<String, Object> GOOD_NETWORK =
      Map.of("optimizer", "sgd", "learning-rate", 0.1, "width", 128, "dropout", 0.3);

  @Test
  void play_withoutNoise_isTheTrueValueAndCostsASecond() throws Exception {
    SimulatedEstimator branin = estimator("problem = branin");

    Playback playback = play(branin, CENTRE, 1);

    assertThat(playback.result().numbers()).containsOnlyKeys("value");
    assertThat(branin.expected(CENTRE, "value")).hasValue(playback.result().get("value"));
    assertThat(playback.seconds()).isEqualTo(1);
    assertThat(playback.points()).isEmpty();
  }

  @Test
  void play_withNoise_differsByTrialAndHasItsDeviation() throws Exception {
    SimulatedEstimator noisy = estimator("problem = branin, noise = 2");
    double truth = noisy.expected(CENTRE, "value").orElseThrow();
    int n = 2_000;
    double sum = 0;
    double squares = 0;
    for (int trial = 1; trial <= n; trial++) {
      double error = play(noisy, CENTRE, trial).result().get("value") - truth;
      assertThat(play(noisy, CENTRE, trial).result().get("value") - truth).isEqualTo(error);
      sum += error;
      squares += error * error;
    }
    // Five standard errors of a mean and of a deviation.
    assertThat(sum / n).isCloseTo(0, within(5 * 2 / Math.sqrt(n)));
    assertThat(Math.sqrt(squares / n)).isCloseTo(2, within(5 * 2 / Math.sqrt(2.0 * n)));
  }

  @Test
  void play_lessOnTwoAxes_addsABiasThatShrinksAndCostsLess() throws Exception {
    SimulatedEstimator branin = estimator("problem = branin, axes = [data, width], bias = 2");
    double truth = branin.expected(CENTRE, "value").orElseThrow();

    assertThat(branin.fidelities())
        .containsExactly(new FidelityRange("data", 0.1, 1), new FidelityRange("width", 0.1, 1));
    assertThat(branin.fullStep()).isEmpty();
    double before = 0;
    for (double share : new double[] {1, 0.5, 0.25, 0.1}) {
      var low =
          new Suggestion.Evaluate(
              CENTRE, new Fidelity(Map.of("data", share, "width", share)), WeightSource.fresh());
      Playback playback = branin.play(low, RecordingEvaluation.of(1));
      double bias = playback.result().get("value") - truth;

      assertThat(bias).isBetween(2 * (1 - share) - 1e-9, 6 * (1 - share) + 1e-9);
      assertThat(bias).isGreaterThanOrEqualTo(before);
      assertThat(playback.seconds()).isCloseTo(share * share * share, within(1e-12));
      before = bias;
    }
  }

  @Test
  void play_simulatedCost_isLognormalAndTheSameInEveryTrial() throws Exception {
    SimulatedEstimator estimator =
        estimator("problem = branin, simulated-cost { median = 3, sigma = 0.5 }");
    SearchSpace space = space("problem = branin");
    RandomGenerator random = RandomStreams.of(1).stream(RandomStreams.Kind.TRIAL, 1, "test");
    int n = 2_000;
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < n; i++) {
      Configuration candidate = space.sample(random);
      double seconds = play(estimator, candidate, i + 1).seconds();
      assertThat(play(estimator, candidate, i + 2).seconds()).isEqualTo(seconds);
      double z = Math.log(seconds / 3) / 0.5;
      sum += z;
      squares += z * z;
    }
    assertThat(sum / n).isCloseTo(0, within(5 / Math.sqrt(n)));
    assertThat(squares / n).isCloseTo(1, within(5 * Math.sqrt(2.0 / n)));
  }

  @Test
  void play_curve_endsNearItsTrueValueAndCostsByWidth() throws Exception {
    SimulatedEstimator curves = estimator("problem = curves, cost = 100");
    Configuration best = Configuration.of(GOOD_NETWORK);

    Playback playback = play(curves, best, 1);

    assertThat(playback.points()).hasSize(50);
    assertThat(playback.failure()).isNull();
    assertThat(playback.points().get(49).metrics().get("value")).isCloseTo(0.1, within(0.03));
    assertThat(curves.expected(best, "value").orElseThrow()).isCloseTo(0.1, within(1e-12));
    assertThat(curves.optimum(Objective.minimize("value"))).hasValue(0.1);
    assertThat(playback.seconds()).isCloseTo(150, within(1e-9));
    assertThat(play(curves, best.with("width", 64L), 1).seconds()).isCloseTo(100, within(1e-9));
  }

  @Test
  void play_curveAtLowFidelity_isTheBeginningOfTheWholeOne() throws Exception {
    SimulatedEstimator curves = estimator("problem = curves, epochs = 20");
    Configuration best = Configuration.of(GOOD_NETWORK);
    var part = new Suggestion.Evaluate(best, Fidelity.of("epochs", 7), WeightSource.fresh());

    Playback whole = play(curves, best, 3);

    assertThat(curves.play(part, RecordingEvaluation.of(3)).points())
        .isEqualTo(whole.points().subList(0, 7));
    assertThat(whole.points()).hasSize(20);
  }

  @Test
  void play_learningRateTooLarge_failsOnItsWay() throws Exception {
    SimulatedEstimator curves = estimator("problem = curves");
    Configuration wild =
        Configuration.of(GOOD_NETWORK).with("optimizer", "adam").with("learning-rate", 0.5);

    Playback playback = play(curves, wild, 1);

    assertThat(playback.failure()).contains("NaN", "learning-rate", "0.5");
    assertThat(playback.points()).isNotEmpty().hasSizeLessThan(20);
    assertThat(playback.seconds())
        .isGreaterThan(playback.points().get(playback.points().size() - 1).seconds());
    assertThat(curves.expected(wild, "value")).isEmpty();
    assertThatThrownBy(() -> curves.evaluate(Suggestion.evaluate(wild), RecordingEvaluation.of(1)))
        .hasMessageContaining("NaN");
  }

  @Test
  void value_curvesOfTwoNetworks_cross() {
    CurveProblem problem = CurveProblem.plain(50);
    double[] best = problem.curve(Configuration.of(GOOD_NETWORK), 50);
    double[] hasty =
        problem.curve(
            Configuration.of(GOOD_NETWORK).with("learning-rate", 0.3).with("dropout", 0.0), 50);

    assertThat(hasty[2]).isLessThan(best[2]);
    assertThat(hasty[49]).isGreaterThan(best[49]);
  }

  @Test
  void value_randomCurves_someDivergeAndMostDoNot() {
    CurveProblem problem = CurveProblem.plain(50);
    RandomGenerator random = RandomStreams.of(1).stream(RandomStreams.Kind.TRIAL, 1, "test");
    long diverged = 0;
    for (int i = 0; i < 1_000; i++) {
      diverged += Double.isNaN(problem.value(problem.space().sample(random))) ? 1 : 0;
    }
    assertThat(diverged).isBetween(100L, 400L);
  }

  @Test
  void optimum_maximisedOrOutsideTheSpace_isUnknown() {
    SimulatedEstimator whole = estimator("problem = branin");
    SimulatedEstimator part =
        (SimulatedEstimator)
            create(
                "problem = branin",
                SearchSpace.builder()
                    .add(FloatParameter.linear("x0", 0, 1))
                    .add(IntParameter.linear("x1", 0, 3))
                    .build(),
                "value");

    assertThat(whole.optimum(Objective.minimize("value"))).hasValue(0.39788735772973816);
    assertThat(whole.optimum(Objective.maximize("value"))).isEqualTo(OptionalDouble.empty());
    assertThat(part.optimum(Objective.minimize("value"))).isEqualTo(OptionalDouble.empty());
  }

  @Test
  void create_wrongSpaceOrMetric_isRefused() {
    SearchSpace narrow = SearchSpace.builder().add(FloatParameter.linear("x0", 0, 1)).build();
    SearchSpace wide =
        SearchSpace.builder()
            .add(FloatParameter.linear("x0", -5, 10))
            .add(FloatParameter.linear("x1", 0, 16))
            .build();
    assertThatThrownBy(() -> create("problem = branin", narrow, "value"))
        .hasMessageContainingAll("'synthetic branin' needs the parameter 'x1'", "space = infer");
    assertThatThrownBy(() -> create("problem = branin", wide, "value"))
        .hasMessageContainingAll("'x1'", "from 0.0 to 15.0", "from 0.0 to 16.0");
    assertThatThrownBy(() -> create("problem = branin", space("problem = branin"), "vale"))
        .hasMessageContainingAll("'vale'", "Maybe 'value'");
  }

  @Test
  void create_bothCosts_isRefused() {
    assertThatThrownBy(() -> estimator("problem = branin, cost = 1, simulated-cost {}"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("estimator.cost", "simulated-cost");
  }

  @Test
  void create_otherMetricName_reportsUnderIt() throws Exception {
    SimulatedEstimator estimator =
        (SimulatedEstimator)
            create("problem = branin, metric = loss", space("problem = branin"), "loss");

    assertThat(play(estimator, CENTRE, 1).result().numbers()).containsOnlyKeys("loss");
  }

  private static Playback play(SimulatedEstimator estimator, Configuration candidate, long trial)
      throws Exception {
    return estimator.play(Suggestion.evaluate(candidate), RecordingEvaluation.of(trial));
  }

  private static SimulatedEstimator estimator(String text) {
    return (SimulatedEstimator) create(text, space(text), "value");
  }

  private static Object create(String text, SearchSpace space, String metric) {
    return provider()
        .create(
            new EstimatorRequest(
                space,
                List.of(Objective.minimize(metric)),
                RandomStreams.of(1),
                settings(text),
                Path.of("")));
  }

  private static SearchSpace space(String text) {
    return provider()
        .inferSpace(new SpaceRequest(settings(text), Settings.none("infer"), Path.of("")));
  }

  private static EstimatorProvider provider() {
    return Providers.find(EstimatorProvider.class, "estimator", "synthetic");
  }

  private static Settings settings(String text) {
    Settings settings = Settings.of("estimator", ConfigFactory.parseString(text));
    Providers.requireKnown(provider(), settings);
    return settings;
  }
}
