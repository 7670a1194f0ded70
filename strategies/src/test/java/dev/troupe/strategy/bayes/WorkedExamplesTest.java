package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** Regressions and acquisitions on examples that were worked out independently. */
class WorkedExamplesTest {

  /** The examples give ten digits. */
  private static final Offset<Double> TEN_DIGITS = within(1e-9);

  private static final Config EXAMPLES =
      ConfigFactory.parseResources(WorkedExamplesTest.class, "worked-examples.conf");

  @Test
  void predict_withMatern52_givesValuesOfExample() {
    checkPrediction(KernelShape.MATERN_52, EXAMPLES.getConfig("gp-matern52"));
  }

  @Test
  void predict_withRbf_givesValuesOfExample() {
    checkPrediction(KernelShape.RBF, EXAMPLES.getConfig("gp-rbf"));
  }

  private static void checkPrediction(KernelShape shape, Config expected) {
    Config example = EXAMPLES.getConfig("gp");
    GaussianProcess process =
        GaussianProcess.ofZeroMean(FeatureMap.numeric(1), shape, LinearAlgebra.ejml());
    process.reset(
        new double[] {
          StrictMath.log(example.getDouble("length")),
          0,
          Double.NEGATIVE_INFINITY, // no trend
          StrictMath.log(example.getDouble("noise"))
        });
    boolean[] active = {true};
    for (int i = 0; i < 3; i++) {
      process.add(
          new double[] {example.getDoubleList("points").get(i)},
          active,
          example.getDoubleList("values").get(i));
    }
    process.condition();
    double[][] query = {{example.getDouble("query")}};
    var mean = new double[1];
    var variance = new double[1];
    process.predict(query, new boolean[][] {active}, 1, mean, variance);
    assertThat(mean[0]).isEqualTo(expected.getDouble("mean"), TEN_DIGITS);
    assertThat(Math.sqrt(variance[0])).isEqualTo(expected.getDouble("deviation"), TEN_DIGITS);
    assertThat(process.logMarginalLikelihood())
        .isEqualTo(expected.getDouble("log-marginal-likelihood"), TEN_DIGITS);
  }

  @Test
  void acquisitions_ofLoss_giveValuesOfExample() {
    Config example = EXAMPLES.getConfig("acq-1");
    double mean = example.getDouble("mean");
    double deviation = example.getDouble("deviation");
    double best = example.getDouble("best");
    assertThat(Improvement.expected(mean, deviation, best))
        .isEqualTo(example.getDouble("improvement"), TEN_DIGITS);
    assertThat(Improvement.expected(mean, deviation, best - 0.01))
        .isEqualTo(example.getDouble("improvement-by-more"), TEN_DIGITS);
    assertThat(Improvement.probability(mean, deviation, best))
        .isEqualTo(example.getDouble("probability"), TEN_DIGITS);
    assertThat(-new Acquisition.ConfidenceBound(2.576).value(mean, deviation))
        .isEqualTo(example.getDouble("bound-2576"), TEN_DIGITS);
    assertThat(-new Acquisition.ConfidenceBound(1.96).value(mean, deviation))
        .isEqualTo(example.getDouble("bound-1960"), TEN_DIGITS);
    assertThat(Improvement.expected(mean, 0, best)).isZero();
    assertThat(Improvement.probability(mean, 0, best)).isZero();
  }

  /** A reward is a loss with the other sign. */
  @Test
  void acquisitions_ofReward_giveValuesOfExample() {
    Config example = EXAMPLES.getConfig("acq-2");
    double mean = -example.getDouble("mean");
    double deviation = example.getDouble("deviation");
    assertThat(Improvement.expected(mean, deviation, -example.getDouble("best")))
        .isEqualTo(example.getDouble("improvement"), TEN_DIGITS);
    assertThat(new Acquisition.ConfidenceBound(2.576).value(mean, deviation))
        .isEqualTo(example.getDouble("bound-2576"), TEN_DIGITS);
  }

  @Test
  void expectedOfLogarithm_always_givesValueOfExample() {
    Config example = EXAMPLES.getConfig("acq-3");
    double improvement =
        Improvement.expectedOfLogarithm(
            StrictMath.log(example.getDouble("mean-loss")),
            Math.sqrt(example.getDouble("variance")),
            example.getDouble("best"));
    assertThat(improvement).isEqualTo(example.getDouble("improvement"), TEN_DIGITS);
  }

  @Test
  void linearRegression_always_givesValuesOfExample() {
    Config example = EXAMPLES.getConfig("blr-1");
    double[][] rows =
        example.getList("rows").stream()
            .map(row -> numbers((List<?>) row.unwrapped()))
            .toArray(double[][]::new);
    BayesianLinearRegression regression =
        BayesianLinearRegression.fit(
            rows,
            numbers(example.getDoubleList("values")),
            example.getDouble("alpha"),
            example.getDouble("beta"),
            LinearAlgebra.ejml());
    assertThat(regression.weights())
        .containsExactly(numbers(example.getDoubleList("weights")), TEN_DIGITS);
    double[][] covariance = regression.covariance();
    List<? extends List<?>> expected =
        example.getList("covariance").stream().map(row -> (List<?>) row.unwrapped()).toList();
    for (int i = 0; i < 2; i++) {
      for (int j = i; j < 2; j++) {
        assertThat(covariance[i][j]).isEqualTo(numbers(expected.get(i))[j], TEN_DIGITS);
      }
    }
    double[] query = numbers(example.getDoubleList("query"));
    assertThat(regression.mean(query)).isEqualTo(example.getDouble("mean"), TEN_DIGITS);
    assertThat(regression.variance(query)).isEqualTo(example.getDouble("variance"), TEN_DIGITS);
  }

  private static double[] numbers(List<?> values) {
    return values.stream().mapToDouble(value -> ((Number) value).doubleValue()).toArray();
  }
}
