package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HypervolumeImprovementTest {

  private static List<Box> boxes(int objectives) {
    var random = new Random(7);
    List<double[]> front = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      double[] vector = random.doubles(objectives).toArray();
      double sum = Arrays.stream(vector).sum();
      front.add(Arrays.stream(vector).map(v -> v / sum).toArray());
    }
    var reference = new double[objectives];
    Arrays.fill(reference, 1);
    return BoxDecomposition.of(front, reference);
  }

  /** What a vector of losses adds to the front. */
  private static double improvement(List<Box> boxes, double[] at) {
    double sum = 0;
    for (Box box : boxes) {
      double volume = 1;
      for (int m = 0; m < at.length; m++) {
        volume *= Math.max(0, box.high()[m] - Math.max(box.low()[m], at[m]));
      }
      sum += volume;
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4})
  void value_always_isTheAverageOfManyDraws(int objectives) {
    List<Box> boxes = boxes(objectives);
    var exact = new HypervolumeImprovement(boxes);
    var random = new Random(objectives);
    for (int i = 0; i < 5; i++) {
      double[] means = random.doubles(objectives, 0, 0.8).toArray();
      double[] deviations = random.doubles(objectives, 0.05, 0.5).toArray();
      double sum = 0;
      int draws = 40_000;
      for (int k = 0; k < draws; k++) {
        var at = new double[objectives];
        for (int m = 0; m < objectives; m++) {
          at[m] = means[m] + deviations[m] * random.nextGaussian();
        }
        sum += improvement(boxes, at);
      }
      double expected = sum / draws;
      assertThat(StrictMath.exp(exact.value(means, deviations)))
          .isEqualTo(expected, within(0.05 * expected + 1e-4));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4})
  void slopes_always_areThoseOfTheValue(int objectives) {
    var exact = new HypervolumeImprovement(boxes(objectives));
    var random = new Random(objectives);
    double step = 1e-6;
    for (int i = 0; i < 20; i++) {
      double[] means = random.doubles(objectives, 0, 3).toArray(); // also where there is no hope
      double[] deviations = random.doubles(objectives, 0.01, 0.5).toArray();
      exact.value(means, deviations);
      var byMeans = new double[objectives];
      var byDeviations = new double[objectives];
      exact.slopes(deviations, byMeans, byDeviations);
      for (int m = 0; m < objectives; m++) {
        double byMean = difference(exact, means, deviations, means, m, step);
        double byDeviation = difference(exact, means, deviations, deviations, m, step);
        assertThat(byMeans[m]).isEqualTo(byMean, within(1e-3 * (1 + Math.abs(byMean))));
        assertThat(byDeviations[m])
            .isEqualTo(byDeviation, within(1e-3 * (1 + Math.abs(byDeviation))));
      }
    }
  }

  private static double difference(
      HypervolumeImprovement exact,
      double[] means,
      double[] deviations,
      double[] changed,
      int index,
      double step) {
    changed[index] += step;
    double after = exact.value(means, deviations);
    changed[index] -= 2 * step;
    double before = exact.value(means, deviations);
    changed[index] += step;
    return (after - before) / (2 * step);
  }

  /** A reference and no front: the product of expected improvements. */
  @Test
  void value_withoutFront_isAProduct() {
    var exact = new HypervolumeImprovement(BoxDecomposition.of(List.of(), new double[] {1, 2}));
    double one = new Acquisition.LogExpectedImprovement(1).value(0.5, 0.2);
    double other = new Acquisition.LogExpectedImprovement(2).value(1.5, 0.7);
    assertThat(exact.value(new double[] {0.5, 1.5}, new double[] {0.2, 0.7}))
        .isEqualTo(one + other, within(1e-12));
  }

  @Test
  void value_farFromTheFront_isFiniteAndFalls() {
    var exact = new HypervolumeImprovement(boxes(2));
    double[] deviations = {1e-3, 1e-3};
    double before = 0;
    for (double far = 2; far < 1000; far *= 2) {
      double value = exact.value(new double[] {far, far}, deviations);
      assertThat(value).isFinite().isLessThan(before);
      before = value;
    }
  }
}
