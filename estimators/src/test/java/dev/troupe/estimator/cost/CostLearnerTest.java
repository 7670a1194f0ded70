package dev.troupe.estimator.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.space.Configuration;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class CostLearnerTest {

  private static final List<FidelityRange> RANGES =
      List.of(
          new FidelityRange("epochs", 1, 50),
          new FidelityRange("data", 0.1, 1),
          new FidelityRange("resolution", 0.25, 1));
  private static final double[] TRUE = {0.9, 0.7, 2.3};

  private static Configuration candidate(int number) {
    return Configuration.of(Map.of("x", number));
  }

  private static Fidelity fidelity(Random random) {
    return new Fidelity(
        Map.of(
            "epochs", 1 + random.nextInt(50) * 1.0,
            "data", 0.1 + 0.9 * random.nextDouble(),
            "resolution", 0.25 + 0.75 * random.nextDouble()));
  }

  private static double seconds(Fidelity fidelity, int candidate, double noise) {
    double log = Math.log(100) + Math.sin(candidate) + noise;
    for (int i = 0; i < TRUE.length; i++) {
      log += TRUE[i] * CostLearner.logShare(RANGES.get(i), fidelity);
    }
    return Math.exp(log);
  }

  private static CostLearner simulated(long seed, int evaluations, double stragglers) {
    var random = new Random(seed);
    var learner = new CostLearner(RANGES);
    for (int i = 0; i < evaluations; i++) {
      Fidelity fidelity = fidelity(random);
      int number = random.nextInt(Math.max(1, evaluations / 2));
      double slow = random.nextDouble() < stragglers ? 10 : 1;
      learner.observe(
          candidate(number),
          fidelity,
          slow * seconds(fidelity, number, 0.2 * random.nextGaussian()));
    }
    return learner;
  }

  @Test
  void model_ofNothing_isThePublishedOne() {
    CostModel model = new CostLearner(RANGES).model();

    assertThat(model.byAxis().get("epochs").mean()).isCloseTo(1, within(1e-9));
    assertThat(model.byAxis().get("resolution").mean()).isCloseTo(2, within(1e-9));
    assertThat(model.byAxis().get("data").deviation()).isCloseTo(0.5, within(1e-9));
    assertThat(model.fullOver(new Fidelity(Map.of("epochs", 5.0, "resolution", 0.5))))
        .isCloseTo(40, within(1e-6));
    assertThat(model.fullOver(Fidelity.full())).isEqualTo(1);
  }

  @Test
  void model_ofOneTrial_staysThePublishedOne() {
    var learner = new CostLearner(RANGES);
    learner.observe(candidate(1), Fidelity.of("epochs", 5), 12);

    assertThat(learner.model().byAxis().get("epochs").mean()).isCloseTo(1, within(0.05));
  }

  @Test
  void model_ofOneCandidateAtTwoFidelities_tellsTheirRatio() {
    var learner = new CostLearner(RANGES);
    learner.observe(candidate(1), Fidelity.of("epochs", 5), 10);
    learner.observe(candidate(1), Fidelity.full(), 50); // sublinear: a start-up takes its time

    CostModel model = learner.model();

    assertThat(model.byAxis().get("epochs").mean())
        .isCloseTo(Math.log(5) / Math.log(10), within(0.02));
    assertThat(model.byAxis().get("epochs").deviation()).isLessThan(0.15);
    assertThat(model.byAxis().get("data").mean()).isCloseTo(1, within(1e-6));
    assertThat(model.fullOver(Fidelity.of("epochs", 5))).isCloseTo(5, within(0.3));
  }

  @Test
  void model_ofManyEvaluations_recoversExponents() {
    for (long seed = 0; seed < 5; seed++) {
      CostModel model = simulated(seed, 300, 0).model();
      for (int i = 0; i < TRUE.length; i++) {
        double off = Math.abs(model.exponents().get(i).mean() - TRUE[i]);
        assertThat(off).as("seed %d, axis %d", seed, i).isLessThan(0.1);
        assertThat(off).isLessThan(4 * model.exponents().get(i).deviation());
      }
    }
  }

  @Test
  void model_withStragglers_staysSane() {
    for (long seed = 0; seed < 5; seed++) {
      CostModel model = simulated(seed, 300, 0.05).model();
      for (int i = 0; i < TRUE.length; i++) {
        assertThat(model.exponents().get(i).mean())
            .as("seed %d, axis %d", seed, i)
            .isCloseTo(TRUE[i], within(0.35));
      }
    }
  }

  /** The random effects written out as columns of their own give the same. */
  @Test
  void model_isTheExactPosterior() {
    var axis = List.of(new FidelityRange("epochs", 1, 10));
    var learner = new CostLearner(axis);
    double[][] seen = {{0, 1, 3}, {0, 10, 20}, {1, 2, 5}, {1, 5, 14}, {1, 10, 22}, {2, 3, 8}};
    var precision = new double[5][5];
    var pull = new double[5];
    double[] priors = {1 / 900.0, 4, 1, 1, 1};
    for (double[] row : seen) {
      learner.observe(candidate((int) row[0]), Fidelity.of("epochs", row[1]), row[2]);
      var x = new double[5];
      x[0] = 1;
      x[1] = StrictMath.log(row[1] / 10);
      x[2 + (int) row[0]] = 1;
      for (int i = 0; i < 5; i++) {
        pull[i] += x[i] * StrictMath.log(row[2]) / 0.04;
        for (int j = 0; j < 5; j++) {
          precision[i][j] += x[i] * x[j] / 0.04;
        }
      }
    }
    for (int i = 0; i < 5; i++) {
      precision[i][i] += priors[i];
    }
    pull[1] += priors[1];
    double[][] covariance = PositiveMatrix.inverse(precision);
    double mean = 0;
    for (int j = 0; j < 5; j++) {
      mean += covariance[1][j] * pull[j];
    }

    assertThat(learner.model().exponents().get(0).mean()).isCloseTo(mean, within(1e-8));
    assertThat(learner.model().exponents().get(0).deviation())
        .isCloseTo(Math.sqrt(covariance[1][1]), within(1e-8));
  }

  @Test
  void observe_impossibleCosts_tellsNothing() {
    var learner = new CostLearner(RANGES);
    for (double seconds : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      learner.observe(candidate(1), Fidelity.full(), seconds);
    }

    assertThat(learner.model().observations()).isZero();
  }
}
