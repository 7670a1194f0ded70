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
