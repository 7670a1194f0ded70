package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class LearningRateTest {

  /** Worked example ENAS-3: from 0.05 to 0.001, cycles of 10, 20, 40 epochs. */
  @Test
  void at_warmRestarts_isAsInTheWorkedExample() {
    var rate = new LearningRate(0.05, 0.001, 10, 2);
    Map<Integer, Double> expected =
        Map.of(0, .05, 5, .0255, 10, .05, 20, .0255, 29, .001301635655, 30, .05, 50, .0255);
    expected.forEach(
        (epoch, value) ->
            assertThat(rate.at(epoch)).as("%d", epoch).isCloseTo(value, Offset.offset(1e-10)));
  }

  @Test
  void beginEpoch_always_setsWhatTheNetworkAsks() {
    var rate = new LearningRate(1, 0, 4, 1);
    assertThat(rate.valueAt(17, 3)).isEqualTo(1);
    rate.beginEpoch(3); // two have passed, half of the cycle
    assertThat(rate.valueAt(0, 0)).isCloseTo(0.5, Offset.offset(1e-15));
    assertThat(rate.current()).isEqualTo(rate.at(2));
  }

  @Test
  void shorten_longCycle_fallsInFewerEpochs() {
    var rate = new LearningRate(1, 0, 9, 1);
    rate.shorten(4);
    rate.shorten(7);
    assertThat(rate.at(2)).isCloseTo(0.5, Offset.offset(1e-15));
  }

  @Test
  void at_lowestAboveHighest_staysAtTheHighest() {
    var rate = new LearningRate(0.01, 1, 4, 2);
    for (int epoch = 0; epoch < 100; epoch++) {
      assertThat(rate.at(epoch)).isEqualTo(0.01);
    }
  }
}
