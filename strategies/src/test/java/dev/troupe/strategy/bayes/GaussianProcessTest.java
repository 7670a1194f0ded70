package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GaussianProcessTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(CategoricalParameter.of("optimizer", "adam", "sgd", "rmsprop"))
          .add(FloatParameter.log("learning-rate", 1e-4, 1))
          .add(FloatParameter.linear("momentum", 0, 1), Condition.oneOf("optimizer", "sgd"))
          .add(IntParameter.linear("layers", 1, 5))
          .build();

  private static final FeatureMap MAP = FeatureMap.of(SPACE);
  private final CandidateSpace space = new CandidateSpace(SPACE);
  private final Random random = new Random(7);

  private double[] parameters() {
    double[] parameters = KernelPrior.of(MAP).start();
    for (int i = 0; i < parameters.length; i++) {
      parameters[i] = random.nextDouble() - 1;
    }
    parameters[parameters.length - 1] = StrictMath.log(1e-3);
    return parameters;
  }

  private GaussianProcess process(double[] parameters, int size) {
    GaussianProcess process = GaussianProcess.of(MAP, LinearAlgebra.ejml());
    process.reset(parameters);
    for (int i = 0; i < size; i++) {
      double[] point = space.sample(random);
      process.add(point, space.active(point), random.nextGaussian());
    }
    process.condition();
    return process;
  }

  @Test
  void predict_atOnePoint_agreesWithPredictionOfMany() {
    GaussianProcess process = process(parameters(), 30);
    int count = 9;
    var points = new double[count][];
    var actives = new boolean[count][];
    for (int i = 0; i < count; i++) {
      points[i] = space.sample(random);
      actives[i] = space.active(points[i]);
    }
    var means = new double[count];
    var variances = new double[count];
    process.predict(points, actives, count, means, variances);
    var gradient = new double[4];
    var prediction = new double[2];
    for (int i = 0; i < count; i++) {
      process.predict(points[i], actives[i], gradient, gradient.clone(), prediction);
      assertThat(prediction[0]).isCloseTo(means[i], within(1e-12));
      assertThat(prediction[1]).isCloseTo(variances[i], within(1e-12));
      assertThat(process.predictMean(points[i], actives[i])).isCloseTo(means[i], within(1e-12));
    }
  }

  @Test
  void predict_always_givesSlopesOfMeanAndVariance() {
    GaussianProcess process = process(parameters(), 30);
    double step = 1e-6;
    for (int i = 0; i < 20; i++) {
      double[] point = space.sample(random);
      boolean[] active = space.active(point);
      var meanGradient = new double[4];
      var varianceGradient = new double[4];
      process.predict(point, active, meanGradient, varianceGradient, new double[2]);
      for (int j : new int[] {1, 2, 3}) {
        double[] above = moved(process, point, active, j, step);
        double[] below = moved(process, point, active, j, -step);
        assertThat(meanGradient[j]).isCloseTo((above[0] - below[0]) / (2 * step), within(1e-5));
        assertThat(varianceGradient[j]).isCloseTo((above[1] - below[1]) / (2 * step), within(1e-5));
      }
    }
  }

  private static double[] moved(
      GaussianProcess process, double[] point, boolean[] active, int coordinate, double step) {
    double[] other = point.clone();
    other[coordinate] += step;
    var prediction = new double[2];
    process.predict(other, active, new double[4], new double[4], prediction);
    return prediction;
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void marginalLikelihood_always_givesItsSlopes(long seed) {
    random.setSeed(seed);
    int size = 25;
    var likelihood = new MarginalLikelihood(MAP, KernelPrior.of(MAP), LinearAlgebra.ejml());
    FeatureVector features = MAP.vector();
    for (int i = 0; i < size; i++) {
      double[] point = space.sample(random);
      MAP.map(point, space.active(point), features);
      likelihood.points().add(features);
    }
    likelihood.setTargets(random.doubles(size, -1, 2).toArray());
    double[] x = parameters();
    var gradient = new double[x.length];
    likelihood.value(x, gradient);
    double step = 1e-4;
    for (int j = 0; j < x.length; j++) {
      double[] above = x.clone();
      double[] below = x.clone();
      above[j] += step;
      below[j] -= step;
      double slope =
          (likelihood.value(above, new double[x.length])
                  - likelihood.value(below, new double[x.length]))
              / (2 * step);
      assertThat(gradient[j])
          .as("parameter %d", j)
          .isCloseTo(slope, within(1e-6 * Math.max(10, Math.abs(slope))));
    }
  }

  private static double[] prediction(GaussianProcess process, double[] point, boolean[] active) {
    var prediction = new double[2];
    process.predict(point, active, new double[4], new double[4], prediction);
    return prediction;
  }

  @Test
  void believe_always_keepsMeansAndLowersVariance() {
    GaussianProcess process = process(parameters(), 20);
    double[] query = space.sample(random);
    boolean[] active = space.active(query);
    double[] before = prediction(process, query, active);
    for (int i = 0; i < 5; i++) {
      double[] pending = space.sample(random);
      process.believe(pending, space.active(pending));
    }
    process.believe(query, active);
    double[] after = prediction(process, query, active);
    assertThat(after[0]).isCloseTo(before[0], within(1e-9));
    assertThat(after[1]).isLessThan(before[1] / 2).isLessThan(2e-3);
    process.truncate(20);
    process.condition();
    assertThat(prediction(process, query, active)).isEqualTo(before);
  }

  @Test
  void rollBack_always_undoesWhatWasDrawn() {
    GaussianProcess process = process(parameters(), 20);
    double[] pending = space.sample(random);
    process.believe(pending, space.active(pending));
    double[] query = space.sample(random);
    boolean[] active = space.active(query);
    double[] before = prediction(process, query, active);
    process.mark();
    for (int i = 0; i < 30; i++) {
      double[] point = space.sample(random);
      process.draw(point, space.active(point), random.nextGaussian());
    }
    assertThat(prediction(process, query, active)).isNotEqualTo(before);
    process.rollBack();
    assertThat(prediction(process, query, active)).isEqualTo(before);
  }

  /** Draws at one point, over and over, have the mean and deviation that are predicted there. */
  @Test
  void draw_always_followsPrediction() {
    GaussianProcess process = process(parameters(), 10);
    double[] query = space.sample(random);
    boolean[] active = space.active(query);
    double[] expected = prediction(process, query, active);
    process.mark();
    assertThat(process.draw(query, active, 0)).isCloseTo(expected[0], within(1e-9));
    process.rollBack();
    assertThat(process.draw(query, active, 2))
        .isCloseTo(expected[0] + 2 * Math.sqrt(expected[1]), within(1e-9));
  }

  @Test
  void believe_withLeast_raisesTheMean() {
    GaussianProcess process = process(parameters(), 20);
    double[] query = space.sample(random);
    boolean[] active = space.active(query);
    process.believe(query, active, 5);
    assertThat(prediction(process, query, active)[0]).isCloseTo(5, within(0.5));
  }

  /** Copies of a point make the matrix singular but for the noise. */
  @Test
  void add_ofManyCopies_isTolerated() {
    double[] parameters = parameters();
    parameters[parameters.length - 1] = StrictMath.log(1e-300);
    GaussianProcess process = GaussianProcess.of(MAP, LinearAlgebra.ejml());
    process.reset(parameters);
    double[] point = space.sample(random);
    for (int i = 0; i < 50; i++) {
      process.add(point, space.active(point), i % 2);
    }
    process.condition();
    assertThat(prediction(process, point, space.active(point))[0]).isCloseTo(0.5, within(0.01));
    assertThat(process.noise()).isGreaterThan(0);
    process.truncate(1);
    process.condition();
    assertThat(process.noise()).isLessThan(1e-200);
  }

  @Test
  void meanAt_always_isPredictedMean() {
    GaussianProcess process = process(parameters(), 0);
    double least = Double.POSITIVE_INFINITY;
    double[][] points = new double[15][];
    for (int i = 0; i < points.length; i++) {
      points[i] = space.sample(random);
      process.add(points[i], space.active(points[i]), random.nextGaussian());
    }
    process.condition();
    for (int i = 0; i < points.length; i++) {
      double mean = process.predictMean(points[i], space.active(points[i]));
      assertThat(process.meanAt(i)).isCloseTo(mean, within(1e-9));
      least = Math.min(least, mean);
    }
    assertThat(process.leastMean()).isCloseTo(least, within(1e-9));
  }

  /** The distances that METHODS asks of conditional parameters. */
  @Test
  void map_ofConditionalParameter_goesByActivity() {
    double[] sgd = {0.5, 0.5, 0.2, 0.5};
    double[] otherSgd = {0.5, 0.5, 0.9, 0.5};
    double[] adam = {1.0 / 6, 0.5, 0.2, 0.5};
    double[] otherAdam = {1.0 / 6, 0.5, 0.9, 0.5};
    assertThat(distance(adam, otherAdam)).isZero();
    assertThat(distance(adam, sgd)).isCloseTo(0.5, within(1e-12));
    assertThat(distance(adam, otherSgd)).isCloseTo(0.5, within(1e-12));
    assertThat(distance(sgd, otherSgd)).isCloseTo(StrictMath.sin(0.7), within(1e-12));
  }

  private double distance(double[] one, double[] other) {
    FeatureVector first = MAP.vector();
    FeatureVector second = MAP.vector();
    MAP.map(one, space.active(one), first);
    MAP.map(other, space.active(other), second);
    double sum = 0;
    for (int f = 0; f < first.numeric().length; f++) {
      double difference = first.numeric()[f] - second.numeric()[f];
      sum += difference * difference;
    }
    return Math.sqrt(sum);
  }

  @Test
  void active_always_agreesWithSpace() {
    for (int i = 0; i < 50; i++) {
      double[] point = space.sample(random);
      assertThat(space.active(point)).isEqualTo(SPACE.encode(SPACE.decode(point)).active());
    }
    assertThat(Arrays.asList(MAP.numericCount(), MAP.scaleCount(), MAP.codeCount()))
        .containsExactly(4, 3, 1);
  }
}
