package dev.troupe.strategy.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LossWarpTest {

  private static double[] decades(int size) {
    var random = new Random(3);
    return random.doubles(size).map(u -> Math.pow(10, 6 * u)).toArray();
  }

  @ParameterizedTest
  @ValueSource(ints = {LossWarp.EVEN, 0, 1, 2, LossWarp.STEEPEST})
  void targets_always_areStandardisedAndKeepOrder(int decades) {
    double[] losses = decades(50);
    double[] targets = LossWarp.of(decades, losses).targets(losses);
    double mean = Arrays.stream(targets).average().orElseThrow();
    double variance = Arrays.stream(targets).map(t -> t * t).average().orElseThrow();
    assertThat(mean).isCloseTo(0, within(1e-9));
    assertThat(variance).isCloseTo(1, within(1e-9));
    for (int i = 1; i < losses.length; i++) {
      assertThat(Double.compare(targets[i], targets[0]))
          .isEqualTo(Double.compare(losses[i], losses[0]));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {LossWarp.EVEN, 0, 2})
  void logSlope_always_isThatOfTargets(int decades) {
    double[] losses = {3, 1, 4, 1.5, 9, 2.6};
    LossWarp warp = LossWarp.of(decades, losses);
    double sum = 0;
    double step = 1e-6;
    for (double loss : losses) {
      // One-sided, since nothing is below the least.
      sum += Math.log((warp.target(loss + step) - warp.target(loss)) / step);
    }
    assertThat(warp.logSlope(losses)).isCloseTo(sum, within(1e-4));
  }

  @ParameterizedTest
  @ValueSource(ints = {LossWarp.EVEN, 0, 2})
  void loss_ofTarget_isTheLossAgain(int decades) {
    double[] losses = {3, 1, 4, 1.5, 9, 2.6};
    LossWarp warp = LossWarp.of(decades, losses);
    for (double loss : losses) {
      assertThat(warp.loss(warp.target(loss))).isCloseTo(loss, within(1e-9));
    }
  }

  @Test
  void loss_ofTargetBelowAll_isTheLeastBehindLogarithm() {
    double[] losses = {3, 1, 4, 1.5, 9, 2.6};
    assertThat(LossWarp.of(1, losses).loss(-100)).isEqualTo(1);
    assertThat(LossWarp.of(LossWarp.EVEN, losses).loss(-100)).isLessThan(-100);
    assertThat(LossWarp.of(1, losses).loss(1e6)).isInfinite();
  }

  @Test
  void targets_ofConstants_areZero() {
    double[] losses = {7, 7, 7};
    for (int decades = LossWarp.EVEN; decades <= LossWarp.STEEPEST; decades++) {
      LossWarp warp = LossWarp.of(decades, losses);
      assertThat(warp.targets(losses)).containsOnly(0.0);
      assertThat(warp.logSlope(losses)).isFinite();
    }
  }

  @Test
  void targets_ofHugeLosses_areFinite() {
    double[] losses = {-Double.MAX_VALUE, 1, 2, 1e300, Double.MAX_VALUE};
    for (int decades = LossWarp.EVEN; decades <= LossWarp.STEEPEST; decades++) {
      LossWarp warp = LossWarp.of(decades, losses);
      for (double target : warp.targets(losses)) {
        assertThat(target).isFinite();
      }
      assertThat(warp.logSlope(losses)).isFinite();
    }
  }
}
