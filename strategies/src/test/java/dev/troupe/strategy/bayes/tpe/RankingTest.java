package dev.troupe.strategy.bayes.tpe;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RankingTest {

  private static final List<Objective> LOSS = List.of(Objective.minimize("loss"));
  private static final List<Objective> ACCURACY = List.of(Objective.maximize("accuracy"));

  private static @Nullable Merit merit(Outcome outcome, List<Objective> objectives, long step) {
    var measured = new Measurement(step, Metrics.of("loss", 0.5), 1);
    return Merit.of(
        new EndedTrial(
            TrialId.of(1),
            Suggestion.evaluate(Configuration.empty()),
            List.of(measured),
            outcome,
            1),
        objectives);
  }

  private static Merit completed(double... losses) {
    return new Merit(Merit.Standing.COMPLETED, 0, losses);
  }

  private static Merit pruned(double loss, long step) {
    Merit merit = merit(new Outcome.Pruned(Metrics.of("loss", loss)), LOSS, step);
    return requireNonNull(merit);
  }

  private static List<Integer> best(Ranking ranking, int count, int best) {
    return Arrays.stream(ranking.order(best)).limit(count).boxed().toList();
  }

  @Test
  void merit_withoutFiniteValue_isWorthless() {
    var worthless =
        List.of(
            new Outcome.Failed("diverged"),
            new Outcome.Pruned(Metrics.of("loss", Double.NaN)),
            new Outcome.Completed(Metrics.of("loss", Double.POSITIVE_INFINITY)),
            new Outcome.Completed(Metrics.of("other", 1)));
    for (Outcome outcome : worthless) {
      assertThat(merit(outcome, LOSS, 1))
          .isNotNull()
          .extracting(Merit::standing)
          .isEqualTo(Merit.Standing.WORTHLESS);
    }
  }

  @Test
  void merit_ofAStoppedTrial_isNone() {
    assertThat(merit(new Outcome.Stopped(), LOSS, 1)).isNull();
  }

  @Test
  void merit_maximized_isALoss() {
    Merit merit = merit(new Outcome.Completed(Metrics.of("accuracy", 0.9)), ACCURACY, 1);
    assertThat(requireNonNull(merit).losses()).containsExactly(-0.9);
  }

  @Test
  void order_oneLoss_isCompletedThenFarthestPrunedThenWorthless() {
    var ranking = new LossRanking();
    var merits =
        List.of(
            new Merit(Merit.Standing.WORTHLESS, 0, new double[1]),
            pruned(0.1, 3),
            completed(5),
            pruned(0.3, 9),
            pruned(0.2, 9),
            completed(1e300),
            completed(-2),
            completed(5));
    merits.forEach(ranking::add);
    assertThat(best(ranking, merits.size(), 3)).containsExactly(6, 2, 7, 5, 4, 3, 1, 0);
    assertThat(ranking.valued()).isEqualTo(7);
  }

  @Test
  void order_manyLosses_isSorted() {
    var random = new Random(1);
    var ranking = new LossRanking();
    var losses = new ArrayList<Double>();
    for (int i = 0; i < 500; i++) {
      losses.add((double) random.nextInt(50));
      ranking.add(completed(losses.get(i)));
    }
    List<Integer> order = best(ranking, 500, 25);
    for (int i = 1; i < 500; i++) {
      int before = order.get(i - 1);
      int row = order.get(i);
      assertThat(losses.get(before)).isLessThanOrEqualTo(losses.get(row));
      assertThat(losses.get(before) < losses.get(row) || before < row).isTrue();
    }
  }

  /** Worked example NSGA-1: A, F, B and C are dominated by none, D and E by one each. */
  @Test
  void order_twoLosses_prefersWhomTheFewestDominate() {
    var ranking = new ParetoRanking();
    double[][] losses = {{.10, 9}, {.12, 5}, {.20, 2}, {.15, 6}, {.22, 3}, {.11, 7}};
    for (double[] each : losses) {
      ranking.add(completed(each));
    }
    assertThat(best(ranking, 4, 4)).containsExactlyInAnyOrder(0, 1, 2, 5);
    // Crowding: A and C are ends, B has 1.614 and F 0.771.
    assertThat(best(ranking, 3, 3)).containsExactly(0, 2, 1);
    assertThat(best(ranking, 6, 4).subList(4, 6)).containsExactlyInAnyOrder(3, 4);
  }

  @Test
  void order_severalLosses_putsWhatDidNotCompleteLast() {
    var ranking = new ParetoRanking();
    ranking.add(new Merit(Merit.Standing.WORTHLESS, 0, new double[2]));
    ranking.add(new Merit(Merit.Standing.PRUNED, 4, new double[] {0, 0}));
    ranking.add(completed(9, 9));
    ranking.add(completed(8, 8));
    assertThat(best(ranking, 4, 1)).containsExactly(3, 2, 1, 0);
  }
}
