package dev.troupe.strategy.bayes.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

class ExponentialTest {

  @Test
  void of_anyNumberInRange_isAsExactAsPromised() {
    var random = new Random(1);
    for (int i = 0; i < 100_000; i++) {
      double x = -708 * Math.pow(random.nextDouble(), 4);
      assertThat(Exponential.of(x) / StrictMath.exp(x)).as("e^%s", x).isEqualTo(1, within(5e-14));
    }
  }

  @Test
  void of_theEnds_isExact() {
    assertThat(Exponential.of(0)).isEqualTo(1);
    assertThat(Exponential.of(-0.0)).isEqualTo(1);
    assertThat(Exponential.of(-709)).isZero();
    assertThat(Exponential.of(Double.NEGATIVE_INFINITY)).isZero();
  }
}
