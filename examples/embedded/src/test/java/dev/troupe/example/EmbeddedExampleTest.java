package dev.troupe.example;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.Incumbent;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class EmbeddedExampleTest {

  @Test
  void tuneNetwork_fortyTrials_separatesTheMoons() {
    Incumbent<TuneNetwork.Mlp> best = TuneNetwork.search();

    // A straight line separates 0.87 of them at best.
    assertThat(best.metrics().get("accuracy")).isGreaterThan(0.93);
  }

  @Test
  void tuneNetwork_sameSeed_sameBest() {
    assertThat(TuneNetwork.search().value()).isEqualTo(TuneNetwork.search().value());
  }

  @Test
  void ownLoop_sixtyTrials_comesNearAMinimum() {
    Incumbent<OwnLoop.Point> best = OwnLoop.search();

    // The minima are 0.398; the mean over the space is 54.
    assertThat(best.metrics().get("loss")).isBetween(0.39, 5.0);
  }
}
