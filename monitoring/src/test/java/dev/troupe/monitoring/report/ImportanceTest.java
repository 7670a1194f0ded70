package dev.troupe.monitoring.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ImportanceTest {

  private static final int TRIALS = 200;

  private static double[] uniform(SplittableRandom random) {
    return random.doubles(TRIALS).toArray();
  }

  private static Column column(String name, double[] values) {
    return new Column(name, false, List.of(), values);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void of_oneOfThreeMatters_givesItNearlyAll(long seed) {
    var random = new SplittableRandom(seed);
    double[] x = uniform(random);
    double[] values = DoubleStream.of(x).map(each -> (each - 0.3) * (each - 0.3)).toArray();

    Importance importance =
        Importance.of(
            List.of(column("a", uniform(random)), column("x", x), column("b", uniform(random))),
            values,
            random);

    assertThat(importance.shares().get(1)).isGreaterThan(0.9);
    assertThat(importance.explained()).isGreaterThan(0.8);
    assertThat(importance.shares().stream().mapToDouble(each -> each).sum())
        .isEqualTo(1, within(1e-9));
  }

  @Test
  void of_namesInNoOrder_areFound() {
    var random = new SplittableRandom(3);
    double[] kinds = random.ints(TRIALS, 0, 6).asDoubleStream().toArray();
    double[] effects = {3, 0, 2, 5, 1, 4};
    double[] values = DoubleStream.of(kinds).map(kind -> effects[(int) kind]).toArray();

    Importance importance =
        Importance.of(
            List.of(
                new Column("kind", false, List.of("a", "b", "c", "d", "e", "f"), kinds),
                column("noise", uniform(random))),
            values,
            random);

    assertThat(importance.shares().get(0)).isGreaterThan(0.95);
  }

  @Test
  void of_nothingMatters_explainsNothing() {
    var random = new SplittableRandom(9);

    Importance importance =
        Importance.of(List.of(column("a", uniform(random))), uniform(random), random);

    assertThat(importance.explained()).isLessThan(0.1);
  }

  @Test
  void of_inactiveHalf_isExchangedAmongTheActive() {
    var random = new SplittableRandom(4);
    double[] momentum = uniform(random);
    double[] values = new double[TRIALS];
    for (int i = 0; i < TRIALS; i++) {
      if (i % 2 == 0) {
        momentum[i] = Double.NaN;
      }
      values[i] = i % 2 == 0 ? 0.5 : momentum[i];
    }

    Importance importance =
        Importance.of(
            List.of(column("momentum", momentum), column("noise", uniform(random))),
            values,
            random);

    assertThat(importance.shares().get(0)).isGreaterThan(0.9);
  }

  @Test
  void of_constantValues_givesNoShares() {
    var random = new SplittableRandom(4);

    Importance importance =
        Importance.of(List.of(column("a", uniform(random))), new double[TRIALS], random);

    assertThat(importance.shares()).containsExactly(0.0);
    assertThat(importance.explained()).isZero();
  }

  @Test
  void correlation_monotoneSeries_isOneWhateverTheScale() {
    double[] a = {1, 2, 3, 4};

    assertThat(Ranks.correlation(a, new double[] {1, 10, 1e3, 1e15})).isEqualTo(1, within(1e-12));
    assertThat(Ranks.correlation(a, new double[] {4, 3, 2, 1})).isEqualTo(-1, within(1e-12));
    assertThat(Ranks.correlation(a, new double[] {5, 5, 5, 5})).isNaN();
    assertThat(Ranks.of(new double[] {7, 3, 7})).containsExactly(1.5, 0, 1.5);
  }
}
