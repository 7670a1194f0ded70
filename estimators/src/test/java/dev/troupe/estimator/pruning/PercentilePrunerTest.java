package dev.troupe.estimator.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PercentilePrunerTest {

  /** By step 2 they were .15, .35, .55, .75, .95 on average. */
  private static final List<EndedTrial> FIVE =
      List.of(
          Scenes.completed(1, .2, .1, .1),
          Scenes.pruned(2, .4, .3),
          Scenes.pruned(3, .6, .5),
          Scenes.ended(4, TrialState.FAILED, Scenes.curve(.8, .7)),
          Scenes.ended(5, TrialState.STOPPED, Scenes.curve(1.0, .9)));

  private static boolean stops(
      Pruner pruner, ActiveTrial trial, List<EndedTrial> ended, ActiveTrial... active) {
    return pruner.judge(trial, ended, List.of(active)) == Verdict.STOP;
  }

  @Test
  void median_bestWorseThanHalf_stops() {
    Pruner median = Scenes.pruner("median", Map.of());
    assertThat(stops(median, Scenes.active(6, .9, .56), FIVE)).isTrue();
    assertThat(stops(median, Scenes.active(6, .9, .54), FIVE)).isFalse();
    assertThat(stops(median, Scenes.active(6, .54, .9), FIVE)).as("its best counts").isFalse();
  }

  @Test
  void median_fewOthers_continues() {
    Pruner median = Scenes.pruner("median", Map.of());
    assertThat(stops(median, Scenes.active(6, .9, .9), FIVE.subList(0, 4))).isFalse();
    assertThat(
            stops(median, Scenes.active(6, .9, .9), FIVE.subList(0, 4), Scenes.active(7, .3, .3)))
        .as("one that runs counts")
        .isTrue();
    assertThat(stops(median, Scenes.active(6, .9, .9), FIVE.subList(0, 4), Scenes.active(7, .3)))
        .as("if it has come as far")
        .isFalse();
  }

  @Test
  void median_graceAndInterval_judgeWhenDue() {
    Pruner median = Scenes.pruner("median", Map.of("grace", 2, "interval", 3, "trials", 1));
    List<EndedTrial> other = List.of(Scenes.pruned(1, 0, 0, 0, 0, 0, 0, 0, 0, 0));
    var due = new StringBuilder();
    var losses = new double[8];
    Arrays.fill(losses, 1);
    for (int step = 1; step <= 8; step++) {
      ActiveTrial trial = Scenes.active(2, Arrays.copyOf(losses, step));
      due.append(stops(median, trial, other) ? 's' : 'c');
    }
    assertThat(due).hasToString("csccsccs");
    ActiveTrial leaping = Scenes.active(2, List.of(Scenes.at(1, 1), Scenes.at(4, 1)));
    assertThat(stops(median, leaping, other)).as("the first one from the grace on").isTrue();
  }

  @Test
  void median_endOfFullEvaluation_stopsNothing() {
    Pruner median = Scenes.pruner("median", Map.of("trials", 1));
    assertThat(stops(median, Scenes.active(6, .9, .9, .9), FIVE)).isFalse();
    assertThat(stops(median, Scenes.active(6, .9, .9), FIVE)).isTrue();
    assertThat(
            stops(
                Scenes.pruner("median", Map.of("trials", 1, "max", 2)),
                Scenes.active(6, .9, .9),
                FIVE))
        .isFalse();
  }

  @Test
  void median_notANumber_isWorst() {
    Pruner median = Scenes.pruner("median", Map.of("trials", 1));
    List<EndedTrial> diverged =
        List.of(Scenes.pruned(1, .1, Double.NaN), Scenes.pruned(2, Double.NaN, .1));
    assertThat(stops(median, Scenes.active(3, 1e15, 1e15), diverged)).isFalse();
    assertThat(stops(median, Scenes.active(6, Double.NaN, Double.NaN), FIVE)).isTrue();
  }

  @Test
  void percentile_share_letsSoManyBeBetter() {
    Pruner strict = Scenes.pruner("percentile", Map.of("percentile", 25));
    assertThat(stops(strict, Scenes.active(6, .36, .36), FIVE)).isTrue();
    assertThat(stops(strict, Scenes.active(6, .34, .34), FIVE)).isFalse();
    Pruner lax = Scenes.pruner("percentile", Map.of("percentile", 100));
    assertThat(stops(lax, Scenes.active(6, .94, .94), FIVE)).isFalse();
    assertThat(stops(lax, Scenes.active(6, .96, .96), FIVE)).isTrue();
  }

  @Test
  void median_severalObjectives_stopsWhatStandsBehindHalf() {
    List<Objective> two = List.of(Objective.minimize("loss"), Objective.maximize("size"));
    Pruner median = Scenes.pruner("median", Map.of("trials", 3), two);
    List<EndedTrial> others =
        List.of(point(1, .1, 1), point(2, .5, 5), point(3, .9, 9), point(4, .95, 1));
    assertThat(stops(median, at(5, .6, 4), others)).as("dominated by one").isTrue();
    assertThat(stops(median, at(5, .4, 6), others)).as("on the front").isFalse();
  }

  private static EndedTrial point(long id, double loss, double size) {
    return Scenes.ended(id, TrialState.PRUNED, List.of(Scenes.at(1, loss, size)));
  }

  private static ActiveTrial at(long id, double loss, double size) {
    return Scenes.active(id, List.of(Scenes.at(1, loss, size)));
  }

  @Test
  void create_settingsOutOfRange_areRefused() {
    assertThatThrownBy(() -> Scenes.pruner("percentile", Map.of("percentile", 101)))
        .hasMessageContaining("pruner.percentile must be a number from 0.0 to 100.0");
    assertThatThrownBy(() -> Scenes.pruner("median", Map.of("trials", 0)))
        .hasMessageContaining("pruner.trials");
    assertThatThrownBy(() -> Scenes.pruner("median", Map.of("percentile", 20)))
        .hasMessageContaining("pruner.percentile is not a key");
  }

  @Test
  void quantile_randomValues_isThatOfTheSorted() {
    var random = new Random(3);
    for (int round = 0; round < 500; round++) {
      int count = 1 + random.nextInt(40);
      var values = new double[count + 3];
      for (int i = 0; i < values.length; i++) {
        values[i] = random.nextInt(8) == 0 ? Double.POSITIVE_INFINITY : random.nextInt(20);
      }
      double share = random.nextInt(5) / 4.0;
      double[] sorted = Arrays.copyOf(values, count);
      Arrays.sort(sorted);
      double place = share * (count - 1);
      double low = sorted[(int) Math.floor(place)];
      double high = sorted[(int) Math.ceil(place)];
      double expected = low == high ? low : low + (place - Math.floor(place)) * (high - low);
      assertThat(Quantile.of(values, count, share))
          .as("round %d", round)
          .isEqualTo(expected, within(1e-12));
    }
  }
}
