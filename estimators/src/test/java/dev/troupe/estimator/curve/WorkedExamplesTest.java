package dev.troupe.estimator.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Worked examples of the method descriptions, by their ids. */
class WorkedExamplesTest {

  /** LC-1: each family at 1, 10 and 100. */
  private static final double[][] VALUES = {
    {0.3355185612, 0.5646309237, 0.6493207338},
    {0.32, 0.3318366451, 0.3434038553},
    {0.2623642645, 0.5656075265, 0.79797287},
    {0.2864999989, 0.5365411663, 0.6933592802},
    {0.1382080487, 0.3191484818, 0.5360038684},
    {0.2112959813, 0.3323757761, 0.4285528757},
    {0.1000000001, 0.1000059999, 0.4},
    {0.498103482, 0.6089375598, 0.6814049035},
    {0.2672255275, 0.4929173887, 0.6955510524},
    {0.1059700998, 0.1570975492, 0.4792723353},
    {0.1596411324, 0.6006760717, 0.6868280019}
  };

  @Test
  void lc1_defaultsOfTheElevenFamilies_haveTheirValues() {
    assertThat(CurveFamilies.ALL).hasSize(VALUES.length);
    for (int k = 0; k < VALUES.length; k++) {
      CurveFamily family = CurveFamilies.ALL.get(k);
      double x = 1;
      for (double expected : VALUES[k]) {
        assertThat(family.value(x, family.defaults()))
            .as("%s at %s", family, x)
            .isCloseTo(expected, within(1e-9));
        x *= 10;
      }
    }
  }

  @Test
  void lc2_equalWeights_areTheMeanOfTheFamilies() {
    var families =
        new WeightedFamilies(CurveFamilies.ALL, new double[] {1, 2}, new double[] {.1, .2}, 100);
    double[] point =
        families.point(CurveFamilies.ALL.stream().map(CurveFamily::defaults).toList(), 10);
    assertThat(families.value(100, point)).isCloseTo(0.5810608888, within(1e-9));
  }

  @Test
  void lc3_threeSamples_haveTheProbabilityOfBeatingTheBest() {
    double[] means = {.70, .73, .76};
    double[] deviations = {.02, .015, .03};
    double[] each = {0.006209665326, 0.09121121973, 0.6305586598};
    for (int k = 0; k < each.length; k++) {
      assertThat(1 - StandardNormal.cumulative((.75 - means[k]) / deviations[k]))
          .isCloseTo(each[k], within(1e-10));
    }
    var samples = new GaussianMixture(new double[] {1, 1, 1}, means, deviations);
    assertThat(1 - samples.cumulative(.75)).isCloseTo(0.2426598483, within(1e-10));
  }

  @Test
  void lc4_fivePoints_haveRisingWeights() {
    assertThat(WeightedFamilies.recency(5))
        .containsExactly(
            new double[] {1, 1.584893192, 2.511886432, 3.981071706, 6.309573445}, within(1e-9));
  }

  @Test
  void lc5_stretchMove_goesAndDecidesAsWorkedOut() {
    double stretch = StretchSampler.stretch(0.3);
    assertThat(stretch).isCloseTo(0.845, within(1e-12));
    assertThat(StretchSampler.proposal(new double[] {.2, .4}, new double[] {.5, .1}, stretch))
        .containsExactly(new double[] {0.2465, 0.3535}, within(1e-12));
    assertThat(StretchSampler.logRatio(2, stretch, -0.1)).isCloseTo(-0.2684186516, within(1e-9));
  }

  @Test
  void lc6_curveThatRisesLate_losesItsPlateau() {
    double[] curve = {.1, .11, .3, .2, .4, .45, .5, .52, .55, .56};
    assertThat(Arrays.copyOfRange(curve, Plateau.length(curve), curve.length))
        .containsExactly(.3, .2, .4, .45, .5, .52, .55, .56);
  }

  @Test
  void lc6_curveThatNeverRises_losesNothing() {
    assertThat(Plateau.length(new double[] {.1, .1, .12, .1, .1, .1, .11})).isZero();
  }
}
