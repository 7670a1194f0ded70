package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossDrawsTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(FloatParameter.linear("y", 0, 1))
          .build();
  private static final List<Objective> LOSS = List.of(Objective.minimize("loss"));
  private static final boolean[] ACTIVE = {true, true};

  private final LossModelFactory models =
      new LossModelFactory(
          new CandidateSpace(SPACE), FeatureMap.of(SPACE), LinearAlgebra.ejml(), 100);
  private final LossModel model = models.create();
  private final Beliefs beliefs = new Beliefs(models.space(), model);
  private final Evidence evidence = Evidence.none(SPACE);

  private LossDraws draws(double noise, int pending, int draws) {
    var random = new Random(4);
    for (int i = 1; i <= 80; i++) {
      Suggestion suggestion = Suggestion.evaluate(SPACE.sample(random));
      double[] point = SPACE.encode(((Suggestion.Evaluate) suggestion).candidate()).point();
      double loss = Math.sin(5 * point[0]) + point[1] + noise * random.nextGaussian();
      Outcome outcome = new Outcome.Completed(Metrics.of("loss", loss));
      evidence.add(new EndedTrial(TrialId.of(i), suggestion, List.of(), outcome, 0), LOSS);
    }
    double[] losses = evidence.observations().losses(0);
    model.learn(evidence.observations(), losses);
    beliefs.begin(evidence, losses);
    for (int i = 0; i < pending; i++) {
      evidence.addPending(SPACE.sample(random));
    }
    var query =
        new AcquisitionKind.Query(
            models,
            model,
            beliefs,
            evidence,
            new Incumbents(evidence.observations(), 0),
            Region.whole(2),
            List.of(),
            1,
            point -> true,
            random);
    return new LossDraws(query, draws);
  }

  /** By the law of total variance, draws of what is unknown together say what is known. */
  @ParameterizedTest
  @ValueSource(ints = {0, 5})
  void process_onAverage_isTheProcessThatWasLearned(int pending) {
    LossDraws draws = draws(0.3, pending, 4000);
    assertThat(LossDraws.isNoisy(model)).isTrue();
    DrawnProcess process = draws.process();
    var random = new Random(5);
    for (int i = 0; i < 20; i++) {
      double[] point = {random.nextDouble(), random.nextDouble()};
      var means = new double[4000];
      double variance = process.predict(point, ACTIVE, means);
      double mean = 0;
      for (double each : means) {
        mean += each / means.length;
      }
      for (double each : means) {
        variance += (each - mean) * (each - mean) / means.length;
      }
      var expected = new double[2];
      model.process().predict(point, ACTIVE, new double[2], new double[2], expected);
      double deviation = Math.sqrt(expected[1]);
      assertThat(mean).isEqualTo(expected[0], within(0.05 * deviation));
      assertThat(Math.sqrt(variance)).isEqualTo(deviation, within(0.05 * deviation));
    }
  }

  @Test
  void process_withoutNoise_predictsWhatTheModelDoes() {
    LossDraws draws = draws(0, 0, 2);
    assertThat(LossDraws.isNoisy(model)).isFalse();
    DrawnProcess process = draws.process();
    double[] point = {0.4, 0.6};
    var means = new double[2];
    double variance = process.predict(point, ACTIVE, means);
    var expected = new double[2];
    model.process().predict(point, ACTIVE, new double[2], new double[2], expected);
    assertThat(means[0]).isEqualTo(expected[0], within(1e-3));
    assertThat(means[1]).isEqualTo(means[0]);
    assertThat(Math.sqrt(variance)).isEqualTo(Math.sqrt(expected[1]), within(2e-3));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.3})
  void improvement_always_hasTheGradientOfItsValue(double noise) {
    Worth worth = draws(noise, 3, 32).improvement();
    var random = new Random(6);
    for (int i = 0; i < 10; i++) {
      double[] point = {0.1 + 0.8 * random.nextDouble(), 0.1 + 0.8 * random.nextDouble()};
      Gradients.check(worth, point, ACTIVE);
    }
  }

  @Test
  void improvement_wherePending_isSmall() {
    Worth worth = draws(0, 1, 32).improvement();
    double[] pending = evidence.pending().get(0);
    double[] other = {pending[0] < 0.5 ? 0.9 : 0.1, pending[1]};
    var values = new double[2];
    worth.values(new double[][] {pending, other}, new boolean[][] {ACTIVE, ACTIVE}, 2, values);
    assertThat(values[0]).isLessThan(values[1]);
  }
}
