package dev.troupe.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class RankCorrelationTest {

  private static final Offset<Double> TIGHT = within(1e-12);

  /** Worked example FID-1 of METHODS.md. */
  @Test
  void of_workedExample_agrees() {
    var low = new double[] {.61, .55, .70, .66, .58};
    var high = new double[] {.81, .79, .88, .90, .77};

    RankCorrelation correlation = RankCorrelation.of(low, high);

    assertThat(correlation.pairs()).isEqualTo(5);
    assertThat(correlation.spearman()).isCloseTo(0.8, TIGHT);
    assertThat(correlation.kendall()).isCloseTo(0.6, TIGHT);
    assertThat(correlation.chance()).isCloseTo(14 / 120.0, TIGHT); // 1 + 4 + 9 of 120 orders
    assertThat(correlation.isSignificant(0.1)).isFalse();
  }

  @Test
  void of_sameAndReversedOrder_isOneAndMinusOne() {
    double[] up = {1, 2, 3, 4, 5, 6};
    double[] down = {6, 5, 4, 3, 2, -1e300};

    assertThat(RankCorrelation.of(up, up).kendall()).isEqualTo(1);
    assertThat(RankCorrelation.of(up, up).chance()).isCloseTo(1 / 720.0, TIGHT);
    assertThat(RankCorrelation.of(up, down).spearman()).isEqualTo(-1);
    assertThat(RankCorrelation.of(up, down).chance()).isCloseTo(1, TIGHT);
  }

  @Test
  void of_equalValues_sharesRanks() {
    double[] a = {1, 2, 2, 3, 4};
    double[] b = {1, 3, 2, 2, 4};

    RankCorrelation correlation = RankCorrelation.of(a, b);

    assertThat(correlation.kendall()).isCloseTo(6 / 9.0, TIGHT); // (7 - 1) / sqrt(9 * 9)
    assertThat(correlation.spearman()).isCloseTo(7.25 / 9.5, TIGHT);
    assertThat(correlation.chance()).isBetween(0.05, 0.2);
  }

  @Test
  void of_constantOrNoValues_isUnknown() {
    for (double[] constant : new double[][] {{}, {1}, {2, 2, 2}, {0.0, -0.0}}) {
      double[] other = IntStream.range(0, constant.length).asDoubleStream().toArray();
      RankCorrelation correlation = RankCorrelation.of(constant, other);
      assertThat(correlation.kendall()).isNull();
      assertThat(correlation.spearman()).isNull();
      assertThat(correlation.chance()).isEqualTo(1);
    }
  }

  @Test
  void of_independentValues_isAsOftenSignificantAsTheLevelSays() {
    var random = new Random(7);
    int significant = 0;
    int runs = 4000;
    for (int run = 0; run < runs; run++) {
      double[] a = random.doubles(8).toArray();
      double[] b = random.doubles(8).toArray();
      significant += RankCorrelation.of(a, b).isSignificant(0.1) ? 1 : 0;
    }
    // The largest level of the exact law up to 0.1 is 0.0894; 4 deviations are 0.018.
    assertThat(significant / (double) runs).isCloseTo(0.0894, within(0.018));
  }

  @Test
  void of_manyPairs_approximatesTheExactLaw() {
    var random = new Random(3);
    double[] a = random.doubles(70).toArray();
    double[] b = IntStream.range(0, 70).mapToDouble(i -> a[i] + random.nextGaussian()).toArray();
    double[] shorterA = Arrays.copyOf(a, 60);
    double[] shorterB = Arrays.copyOf(b, 60);
    double[] tied = shorterB.clone();
    tied[1] = tied[0];

    double exact = RankCorrelation.of(shorterA, shorterB).chance();
    double approximate = RankCorrelation.of(shorterA, tied).chance();

    assertThat(approximate).isCloseTo(exact, within(0.02));
    assertThat(RankCorrelation.of(a, b).chance()).isBetween(0.0, 1.0);
  }

  @Test
  void overBoth_someKnownOnce_countsTheOthers() {
    Map<String, Double> low = Map.of("a", 1.0, "b", 2.0, "c", 0.0, "x", 9.0);
    Map<String, Double> full = Map.of("a", 10.0, "b", 20.0, "c", 15.0, "y", 0.0);

    RankCorrelation correlation = RankCorrelation.overBoth(low, full);

    assertThat(correlation.pairs()).isEqualTo(3);
    assertThat(correlation.kendall()).isCloseTo(1 / 3.0, TIGHT);
    assertThat(RankCorrelation.overBoth(Map.of("a", 1.0), low)).isNull();
  }

  @Test
  void of_differentLengths_isRefused() {
    assertThatThrownBy(() -> RankCorrelation.of(new double[1], new double[2]))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two values a pair");
  }
}
