package dev.troupe.strategy.bayes.morphism;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.util.List;
import org.junit.jupiter.api.Test;

class NetworkProcessTest {

  private static final double[] NONE = {};
  private static final double LOW = Double.NEGATIVE_INFINITY;

  private static NetworkPoint at(double coordinate) {
    return NetworkPoint.at(coordinate);
  }

  private static NetworkProcess process(double noise) {
    var process =
        new NetworkProcess(KernelForm.ofCoordinates(0.5, noise), 0.5, 4, LinearAlgebra.ejml());
    process.observe(List.of(at(0), at(2)), new double[] {1, -1});
    return process;
  }

  @Test
  void predict_atObservations_isWhatWasObserved() {
    NetworkProcess process = process(1e-9);
    assertThat(process.predict(at(0)).mean()).isCloseTo(1, within(1e-6));
    assertThat(process.predict(at(2)).mean()).isCloseTo(-1, within(1e-6));
    assertThat(process.predict(at(2)).deviation()).isCloseTo(0, within(1e-3));
  }

  @Test
  void predict_farAway_isThePrior() {
    NetworkProcess.Prediction prediction = process(1e-2).predict(at(1e3));
    assertThat(prediction.mean()).isEqualTo(0.5);
    assertThat(prediction.deviation()).isEqualTo(2);
    assertThat(prediction.bound(1.5)).isEqualTo(0.5 - 3);
  }

  @Test
  void believe_whatIsExpected_keepsMeansAndLowersDeviations() {
    NetworkProcess before = process(1e-2);
    NetworkProcess after = process(1e-2);
    after.believe(at(1.5), LOW);
    for (double x = -1; x <= 3; x += 0.5) {
      assertThat(after.predict(at(x)).mean())
          .isCloseTo(before.predict(at(x)).mean(), within(1e-12));
      assertThat(after.predict(at(x)).deviation())
          .isLessThanOrEqualTo(before.predict(at(x)).deviation());
    }
    assertThat(after.predict(at(1.5)).deviation())
        .isLessThan(before.predict(at(1.5)).deviation() / 2);
  }

  @Test
  void believe_theWorst_raisesMeansAround() {
    NetworkProcess process = process(1e-2);
    double before = process.predict(at(2.5)).mean();
    process.believe(at(3), 2);
    assertThat(process.predict(at(3)).mean()).isCloseTo(2, within(0.1));
    assertThat(process.predict(at(2.5)).mean()).isGreaterThan(before);
  }

  @Test
  void believe_lessThanIsExpected_isTheExpected() {
    NetworkProcess process = process(1e-2);
    double before = process.predict(at(0.5)).mean();
    process.believe(at(0.5), -5);
    assertThat(process.predict(at(0.5)).mean()).isCloseTo(before, within(1e-12));
  }

  @Test
  void predict_withOtherParameters_tellsThemApart() {
    var process = new NetworkProcess(new KernelForm(1, 0, 0, 2, 1e-6), 0, 1, LinearAlgebra.ejml());
    var known = new NetworkPoint(new double[] {1}, NONE, new double[] {0.2, 0});
    process.observe(List.of(known), new double[] {1});
    var other = new NetworkPoint(new double[] {1}, NONE, new double[] {0.7, 0});
    assertThat(process.predict(known).mean()).isCloseTo(1, within(1e-5));
    assertThat(process.predict(other).mean()).isCloseTo(Math.exp(-0.5), within(1e-5));
  }

  @Test
  void observe_theSameTwice_needsNoise() {
    var process =
        new NetworkProcess(KernelForm.ofCoordinates(1, 1e-300), 0, 1, LinearAlgebra.ejml());
    assertThatThrownBy(() -> process.observe(List.of(at(1), at(1)), new double[] {1, 2}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("covariances of 2 networks")
        .hasMessageContaining("noise");
  }
}
