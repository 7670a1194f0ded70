package dev.troupe.estimator.curve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import org.junit.jupiter.api.Test;

class StretchSamplerTest {

  @Test
  void run_correlatedNormalLaw_hasItsMoments() {
    StreamGenerator random = RandomStreams.of(3).stream(RandomStreams.Kind.PRUNER, 1, "test");
    double[][] walkers = new double[40][2];
    for (double[] walker : walkers) {
      walker[0] = random.nextGaussian();
      walker[1] = random.nextGaussian();
    }
    // Variances 1 and 4, covariance 1.6.
    var sampler =
        new StretchSampler(
            walkers,
            p -> -0.5 * (4 * p[0] * p[0] - 3.2 * p[0] * p[1] + p[1] * p[1]) / 1.44,
            random);
    double[] sums = new double[4];
    sampler.run(
        6000,
        500,
        5,
        all -> {
          for (double[] p : all) {
            sums[0]++;
            sums[1] += p[0];
            sums[2] += p[1] * p[1];
            sums[3] += p[0] * p[1];
          }
        });
    assertThat(sums[1] / sums[0]).isCloseTo(0, within(0.05));
    assertThat(sums[2] / sums[0]).isCloseTo(4, within(0.3));
    assertThat(sums[3] / sums[0]).isCloseTo(1.6, within(0.15));
  }
}
