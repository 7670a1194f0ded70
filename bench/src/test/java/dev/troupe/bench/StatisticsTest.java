package dev.troupe.bench;

import static dev.troupe.bench.Examples.row;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StatisticsTest {

  @Test
  void summary_ofFourNumbers_interpolatesQuartilesLinearly() {
    Summary summary = Summary.of(List.of(4.0, 1.0, 3.0, 2.0));
    assertThat(summary).isEqualTo(new Summary(2.5, 1.75, 3.25, 2.5, 4, 0));
  }

  @Test
  void summary_ofMissingNumbers_leavesThemOutAndCountsThem() {
    assertThat(Summary.of(Arrays.asList(null, 5.0, null))).isEqualTo(new Summary(5, 5, 5, 5, 1, 2));
    assertThat(Summary.of(Arrays.asList(null, null))).isNull();
  }

  /** Hollander and Wolfe 1973, p. 29: V = 40 of nine pairs, two-sided P = 20/512. */
  @Test
  void signedRank_ofTextbook_givesTheExactProbability() {
    double[] before = {1.83, 0.50, 1.62, 2.48, 1.68, 1.88, 1.55, 3.06, 1.30};
    double[] after = {0.878, 0.647, 0.598, 2.05, 1.06, 1.29, 1.06, 3.14, 1.29};
    var differences = new double[before.length];
    for (int i = 0; i < before.length; i++) {
      differences[i] = before[i] - after[i];
    }
    assertThat(SignedRank.pValue(differences)).isEqualTo(20.0 / 512, within(1e-12));
  }

  @Test
  void signedRank_ofTiesAndZeros_isFiniteAndSymmetric() {
    double[] differences = {0, 1, 1, -1, 2, 0, 3, 3};
    double[] opposite = {0, -1, -1, 1, -2, 0, -3, -3};
    assertThat(SignedRank.pValue(differences))
        .isBetween(0.0, 1.0)
        .isEqualTo(SignedRank.pValue(opposite), within(1e-12));
  }

  @Test
  void signedRank_ofZerosOnlyOrNothing_isOne() {
    assertThat(SignedRank.pValue(new double[5])).isEqualTo(1);
    assertThat(SignedRank.pValue(new double[0])).isEqualTo(1);
  }

  @Test
  void pValue_ofRows_pairsSeedsAndLeavesOutThoseWithoutValue() {
    Row random = row("p", "random", false, 1.0, 2.0, null, 4.0, 5.0, 6.0);
    Row better = row("p", "sobol", false, 0.5, 1.4, 1.0, 3.3, 4.2, 5.1);
    assertThat(requireNonNull(better.pValue(random))).isEqualTo(2.0 / 32, within(1e-12));
    assertThat(random.pValue(random)).isNull();
    assertThat(row("p", "other", true, 1.0).pValue(random)).isNull();
  }

  @Test
  void ranking_ofTies_averagesRanks() {
    Ranking ranking =
        Ranking.of(
            List.of(
                row("p", "a", false, 1.0, 2.0, 3.0, 4.0, 5.0),
                row("p", "b", false, 5.0, 4.0, 3.0, 2.0, 1.0),
                row("p", "c", false, 0.0, 0.0, 1.0, 1.0, 1.0),
                row("q", "a", false, 1.0, 2.0, 3.0, 4.0, 5.0),
                row("q", "b", false, 2.0, 2.0, 2.0, 4.0, 5.0),
                row("q", "c", false, 9.0, 9.0, 9.0, 9.0, 8.0)));
    assertThat(ranking.problems()).containsExactly("p", "q");
    assertThat(ranking.places())
        .containsExactly(
            new Ranking.Place("b", (2.5 + 1) / 2),
            new Ranking.Place("c", (1.0 + 3) / 2),
            new Ranking.Place("a", (2.5 + 2) / 2));
    assertThat(ranking.unranked()).isEmpty();
  }

  @Test
  void ranking_ofFewSeedsOrNoDifferences_showsThemUnranked() {
    Ranking ranking =
        Ranking.of(
            List.of(
                row("p", "random", false, 1.0, 2.0, 3.0, 4.0, 5.0),
                row("p", "few", true, 1.0, 2.0, 3.0, 4.0),
                row("p", "grid", false, 1.0, 1.0, 1.0, 1.0, 1.0),
                row("p", "short", true, null, null, null, null, null)));
    assertThat(ranking.places()).containsExactly(new Ranking.Place("random", 1));
    assertThat(ranking.unranked()).containsExactly("few *", "grid", "short *");
    assertThat(ranking.toString())
        .contains("over 1 problem: p", "Not ranked", "few *, grid, short *");
  }

  @Test
  void ranking_whereRecordedRunsLackAProblem_isOverTheOthers() {
    Ranking ranking =
        Ranking.of(
            List.of(
                row("p", "random", false, 1.0, 2.0, 3.0, 4.0, 5.0),
                row("p", "peer", true, 1.0, 1.0, 1.0, 1.0, 2.0),
                row("p", "partial", true, 1.0, 1.0, 1.0, 1.0, 2.0),
                row("q", "random", false, 1.0, 2.0, 3.0, 4.0, 5.0),
                row("r", "random", false, 1.0, 2.0, 3.0, 4.0, 5.0),
                row("r", "peer", true, 6.0, 7.0, 8.0, 9.0, 9.0)));
    assertThat(ranking.problems()).containsExactly("p", "r");
    assertThat(ranking.places())
        .containsExactly(new Ranking.Place("peer *", 1.5), new Ranking.Place("random", 1.5));
    assertThat(ranking.unranked()).containsExactly("partial *");
  }

  @Test
  void ranking_ofRecordedRunsUnderAStrategysName_keepsBoth() {
    Ranking ranking =
        Ranking.of(
            List.of(
                row("p", "random", false, 1.0, 2.0, 3.0, 4.0, 5.0),
                row("p", "random", true, 2.0, 3.0, 4.0, 5.0, 6.0)));
    assertThat(ranking.places())
        .containsExactly(new Ranking.Place("random", 1), new Ranking.Place("random *", 2));
  }
}
