package dev.troupe.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.troupe.bench.QualityBenchmark.Options;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Random search on recorded results finds what theory and others say it finds, which proves the
 * whole way from the file to the mean.
 */
@Timeout(300)
class RecordedResultsTest {

  private static final int SEEDS = 200;

  private Path data = Path.of("");

  @BeforeEach
  void findData() {
    String folder = System.getenv(Suite.DATA_VARIABLE);
    assumeTrue(folder != null, "Set " + Suite.DATA_VARIABLE + " to the folder of the data.");
    data = Path.of(requireNonNull(folder));
  }

  private Row random(String suite, String problem) {
    var options = new Options(List.of("random"), SEEDS, 2, null);
    try (Problem recorded = Suite.named(suite).problem(problem, data, List.of());
        QualityBenchmark benchmark = QualityBenchmark.of(options)) {
      return benchmark.run(recorded, (row, baseline, trajectories) -> {}).get(0);
    }
  }

  /** Within three standard errors of the exact expectation at 50, 100 and 200 evaluations. */
  private static void assertMeans(Row row, double... expected) {
    assertThat(row.labels()).containsExactly("25", "50", "100", "200");
    for (int i = 0; i < expected.length; i++) {
      int checkpoint = i + 1;
      double mean = requireNonNull(row.values(checkpoint)).mean();
      double variance =
          row.runs().stream()
              .mapToDouble(run -> requireNonNull(run.values().get(checkpoint)) - mean)
              .map(difference -> difference * difference / (SEEDS - 1))
              .sum();
      assertThat(mean)
          .as("%s at %s", row.problem(), row.labels().get(checkpoint))
          .isCloseTo(expected[i], Offset.offset(3 * Math.sqrt(variance / SEEDS)));
    }
  }

  /** Published for one worker and 20,000 s: 93.86 (NATS-Bench), with a deviation of 0.25. */
  @Test
  void random_onNasBench201InVirtualTime_findsThePublishedMean() {
    Row.Test test = requireNonNull(random("nb201", "nb201").test());
    assertThat(test.mean()).isCloseTo(93.87, Offset.offset(0.1));
    assertThat(test.sd()).isBetween(0.15, 0.35);
  }

  @Test
  void random_onNasBenchMacro_findsTheExactExpectation() {
    assertMeans(random("macro", "macro"), 92.77, 92.87, 92.94);
  }

  @Test
  void random_onFcnetProtein_findsTheExactExpectation() {
    assertMeans(random("fcnet", "protein_structure"), 0.2624, 0.2517, 0.2435);
  }
}
