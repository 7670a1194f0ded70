package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class ConfidenceScheduleTest {

  @Test
  void beta_always_isThatOfKandasamy() {
    assertThat(new ConfidenceSchedule(5).beta(50)).isEqualTo(2.14597, within(1e-5));
    assertThat(new ConfidenceSchedule(1).beta(1)).isEqualTo(0.37233, within(1e-5));
  }

  /** It has no bound, so that no region is given up for good. */
  @Test
  void beta_withMoreObservationsOrDimensions_grows() {
    double before = 0;
    for (int observations = 1; observations < 100_000; observations *= 2) {
      double beta = new ConfidenceSchedule(3).beta(observations);
      assertThat(beta).isGreaterThan(before);
      assertThat(new ConfidenceSchedule(4).beta(observations)).isGreaterThan(beta);
      before = beta;
    }
  }

  @Test
  void beta_ofNoDimension_isThatOfOne() {
    assertThat(new ConfidenceSchedule(0).beta(7)).isEqualTo(new ConfidenceSchedule(1).beta(7));
  }
}
