package dev.troupe.estimator.dl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NestedRowsTest {

  private static final double[] FRACTIONS = {0.03, 0.1, 0.1111, 0.3, 1.0 / 3, 0.5, 0.77, 0.99, 1};

  /** Classes of very different sizes. */
  private static PreparedData classes(long seed) {
    var random = new Random(seed);
    int[] labels = IntStream.range(0, 500).map(i -> label(random.nextInt(20))).toArray();
    float[] features = new float[500];
    return PreparedData.of(
        LabelledData.classification(
            "classes",
            InputShape.vector(1),
            FeatureRows.ofFloats(features, 1),
            labels,
            List.of("many", "some", "few")),
        0.2,
        0,
        new Random(seed));
  }

  private static int label(int draw) {
    return draw == 0 ? 2 : draw < 6 ? 1 : 0;
  }

  private static PreparedData numbers(long seed) {
    var random = new Random(seed);
    var targets = new float[400];
    for (int i = 0; i < targets.length; i++) {
      targets[i] = (float) Math.exp(2 * random.nextGaussian());
    }
    return PreparedData.of(
        LabelledData.regression(
            "numbers", InputShape.vector(1), FeatureRows.ofFloats(new float[400], 1), targets),
        0.25,
        0,
        new Random(seed));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rows_ofAnyTwoFractions_areNested(long seed) {
    for (PreparedData data : List.of(classes(seed), numbers(seed))) {
      NestedRows nested = NestedRows.of(data, new Random(seed));
      int[] smaller = {};
      for (double fraction : FRACTIONS) {
        int[] rows = nested.rows(fraction);

        assertThat(rows).as("%s of seed %d", fraction, seed).isSorted().doesNotHaveDuplicates();
        assertThat(IntStream.of(smaller).allMatch(row -> Arrays.binarySearch(rows, row) >= 0))
            .isTrue();
        assertThat(rows).hasSize((int) Math.round(fraction * data.training().rows()));
        smaller = rows;
      }
      assertThat(smaller).containsExactly(IntStream.range(0, smaller.length).toArray());
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void rows_ofClasses_keepTheirProportions(long seed) {
    Part training = classes(seed).training();
    NestedRows nested = NestedRows.of(classes(seed), new Random(seed));
    for (double fraction : FRACTIONS) {
      int[] rows = nested.rows(fraction);
      for (int label = 0; label < 3; label++) {
        double share = count(training, all(training), label) / (double) training.rows();
        // What the Javadoc states: a row, and half of the strata's number times the share.
        assertThat((double) count(training, rows, label))
            .as("class %d at %s", label, fraction)
            .isCloseTo(rows.length * share, within(1 + 1.5 * share));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void rows_ofNumbers_keepTheTenthsOfTheTargets(long seed) {
    Part training = numbers(seed).training();
    NestedRows nested = NestedRows.of(numbers(seed), new Random(seed));
    double[] sorted = IntStream.of(all(training)).mapToDouble(training::target).sorted().toArray();
    double median = sorted[sorted.length / 2];
    for (double fraction : FRACTIONS) {
      int[] rows = nested.rows(fraction);
      long below = Arrays.stream(rows).filter(row -> training.target(row) < median).count();

      assertThat((double) below).isCloseTo(rows.length / 2.0, within(5 * 1.5));
    }
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void leastFraction_ofClasses_hasARowOfEach(long seed) {
    NestedRows nested = NestedRows.of(classes(seed), new Random(seed));
    Part training = classes(seed).training();

    int[] least = nested.rows(nested.leastFraction());

    assertThat(IntStream.of(least).map(training::label).distinct().count()).isEqualTo(3);
    assertThat(nested.leastFraction()).isBetween(0.01, 0.2);
  }

  @Test
  void of_sameSeed_isTheSame() {
    int[] first = NestedRows.of(classes(1), new Random(7)).rows(0.3);

    assertThat(NestedRows.of(classes(1), new Random(7)).rows(0.3)).containsExactly(first);
    assertThat(NestedRows.of(classes(1), new Random(8)).rows(0.3)).isNotEqualTo(first);
  }

  private static int[] all(Part part) {
    return IntStream.range(0, part.rows()).toArray();
  }

  private static long count(Part part, int[] rows, int label) {
    return Arrays.stream(rows).filter(row -> part.label(row) == label).count();
  }
}
