package dev.troupe.estimator.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import org.junit.jupiter.api.Test;

class RungPrunerTest {

  private static final List<Objective> TWO =
      List.of(Objective.minimize("loss"), Objective.minimize("size"));

  private static Pruner asha(Map<String, ?> settings) {
    return Scenes.pruner("asha", settings);
  }

  private static boolean stops(
      Pruner pruner, ActiveTrial trial, List<EndedTrial> ended, ActiveTrial... active) {
    return pruner.judge(trial, ended, List.of(active)) == Verdict.STOP;
  }

  @Test
  void asha_betweenRungs_continues() {
    List<EndedTrial> better = List.of(Scenes.completed(1, .1, .1, .1, .1), Scenes.pruned(2, .1));
    assertThat(stops(asha(Map.of()), Scenes.active(3, .9), better)).isTrue();
    assertThat(stops(asha(Map.of()), Scenes.active(3, .9, .9), better)).isFalse();
    assertThat(stops(asha(Map.of("max", 9)), Scenes.active(3, .1, .1, .9), better)).isTrue();
  }

  @Test
  void asha_stepsLeftOut_reachesRungByTheFirstMeasurementBeyond() {
    Pruner asha = asha(Map.of("max", 27));
    var ended = new ArrayList<EndedTrial>();
    ended.add(Scenes.ended(1, TrialState.PRUNED, List.of(Scenes.at(2, .1), Scenes.at(7, .5))));
    // Rungs 1 and 3: at step 2 the other one had .1, at step 7 it had .5.
    assertThat(stops(asha, Scenes.active(2, List.of(Scenes.at(2, .2))), ended)).isTrue();
    assertThat(stops(asha, Scenes.active(2, List.of(Scenes.at(2, .2), Scenes.at(5, .4))), ended))
        .isFalse();
    assertThat(stops(asha, Scenes.active(2, List.of(Scenes.at(2, .0), Scenes.at(5, .6))), ended))
        .isTrue();
  }

  @Test
  void asha_equalLosses_letsEarlierNumberGoOn() {
    assertThat(stops(asha(Map.of()), Scenes.active(3, .5), List.of(), Scenes.active(2, .5)))
        .isTrue();
    assertThat(stops(asha(Map.of()), Scenes.active(1, .5), List.of(), Scenes.active(2, .5)))
        .isFalse();
  }

  @Test
  void asha_notANumber_isWorst() {
    Pruner asha = asha(Map.of());
    assertThat(stops(asha, Scenes.active(2, Double.NaN), List.of(Scenes.pruned(1, 1e15)))).isTrue();
    assertThat(stops(asha, Scenes.active(2, 1e15), List.of(Scenes.pruned(1, Double.NaN))))
        .isFalse();
  }

  @Test
  void asha_failedTrials_countOnTheRungsThatTheyReached() {
    Pruner asha = asha(Map.of());
    EndedTrial failed = Scenes.ended(1, TrialState.FAILED, Scenes.curve(.2, .2));
    assertThat(stops(asha, Scenes.active(2, .3), List.of(failed))).isTrue();
    assertThat(stops(asha, Scenes.active(2, .3, .3, .3), List.of(failed))).isFalse();
  }

  @Test
  void asha_maximised_keepsTheGreatest() {
    Pruner asha = Scenes.pruner("asha", Map.of(), List.of(Objective.maximize("loss")));
    assertThat(stops(asha, Scenes.active(2, .3), List.of(Scenes.pruned(1, .2)))).isFalse();
    assertThat(stops(asha, Scenes.active(2, .1), List.of(Scenes.pruned(1, .2)))).isTrue();
  }

  @Test
  void asha_endOfFullEvaluation_isNoRung() {
    List<EndedTrial> better = List.of(Scenes.completed(1, .1, .1, .1));
    ActiveTrial worse = Scenes.active(2, .0, .0, .9);
    assertThat(stops(asha(Map.of()), worse, better)).as("as completed trials tell").isFalse();
    assertThat(stops(asha(Map.of("max", 9)), worse, better)).isTrue();
    assertThat(stops(asha(Map.of("max", 3)), worse, better)).isFalse();
    var request =
        new PrunerRequest(
            Scenes.LOSS, RandomStreams.of(1), Settings.none("pruner"), OptionalLong.of(3), null);
    Pruner told = new AshaPrunerProvider().create(request);
    assertThat(stops(told, worse, List.of(Scenes.pruned(1, .1, .1, .1)))).isFalse();
  }

  @Test
  void asha_bracket_leavesFirstRungsOut() {
    List<EndedTrial> better = List.of(Scenes.pruned(1, .1, .1, .1));
    Pruner asha = asha(Map.of("bracket", 1));
    assertThat(stops(asha, Scenes.active(2, .9), better)).isFalse();
    assertThat(stops(asha, Scenes.active(2, .9, .9, .9), better)).isTrue();
  }

  @Test
  void asha_severalObjectives_keepsTheFrontAndTheLonely() {
    Pruner asha = Scenes.pruner("asha", Map.of("eta", 2), TWO);
    List<EndedTrial> others =
        List.of(
            point(1, .1, .9),
            point(2, .9, .1),
            point(3, .5, .5),
            point(4, .95, .95),
            point(5, .95, .95));
    assertThat(stops(asha, at(6, .2, .2), others)).as("on the front, and lonely").isFalse();
    assertThat(stops(asha, at(6, .96, .96), others)).as("dominated").isTrue();
    assertThat(stops(asha, at(6, .51, .49), others)).as("on the front, in the crowd").isTrue();
    Pruner byFirst = Scenes.pruner("asha", Map.of("eta", 2, "objectives", "first"), TWO);
    assertThat(stops(byFirst, at(6, .2, .99), others)).isFalse();
    assertThat(stops(byFirst, at(6, .96, .01), others)).isTrue();
  }

  private static EndedTrial point(long id, double loss, double size) {
    return Scenes.ended(id, TrialState.PRUNED, List.of(Scenes.at(1, loss, size)));
  }

  private static ActiveTrial at(long id, double loss, double size) {
    return Scenes.active(id, List.of(Scenes.at(1, loss, size)));
  }

  /** Halving at once keeps the best third; whoever it keeps must have gone on. */
  @Test
  void halving_randomCohorts_stopsNothingThatHalvingAtOnceKeeps() {
    for (int seed = 0; seed < 20; seed++) {
      var random = new Random(seed);
      Pruner halving = Scenes.pruner("successive-halving", Map.of("cohort", 9, "max", 9));
      var ended = new ArrayList<EndedTrial>();
      int stopped = 0;
      for (int id = 1; id <= 18; id++) {
        double loss = random.nextDouble();
        boolean stops = stops(halving, Scenes.active(id, loss), ended);
        stopped += stops ? 1 : 0;
        ended.add(stops ? Scenes.pruned(id, loss) : Scenes.completed(id, loss, loss, loss, loss));
      }
      for (int cohort = 0; cohort < 2; cohort++) {
        List<EndedTrial> members = new ArrayList<>(ended.subList(9 * cohort, 9 * cohort + 9));
        members.sort(
            (one, other) -> Double.compare(one.metrics().get("loss"), other.metrics().get("loss")));
        assertThat(members.subList(0, 3))
            .as("seed %d", seed)
            .allMatch(trial -> trial.state() == TrialState.COMPLETED);
      }
      assertThat(stopped).as("seed %d", seed).isPositive();
    }
  }

  @Test
  void halving_otherCohort_isNotCompared() {
    Pruner halving = Scenes.pruner("successive-halving", Map.of("eta", 2, "cohort", 2));
    List<EndedTrial> first = List.of(Scenes.pruned(1, .1), Scenes.pruned(2, .1));
    assertThat(stops(halving, Scenes.active(3, .9), first)).isFalse();
    assertThat(stops(halving, Scenes.active(2, .9), first.subList(0, 1))).isTrue();
  }

  @Test
  void hyperband_sweep_isSharedAsItsBracketsBegin() {
    HyperbandTable table = HyperbandTable.of(1, 81, 3, HyperbandTable.Rounding.CEIL);
    var plan = new BracketPlan(table, 3);
    var counts = new long[5];
    var early = new long[5];
    for (long trial = 1; trial <= 143; trial++) {
      counts[(int) plan.of(trial)]++;
      early[(int) plan.of(trial)] += trial <= 29 ? 1 : 0; // a fifth of the sweep
    }
    assertThat(counts).containsExactly(81, 34, 15, 8, 5);
    assertThat(early).containsExactly(16, 7, 3, 2, 1);
    assertThat(plan.of(144)).isEqualTo(plan.of(1));
    assertThat(plan.rungs(0)).isEqualTo(4);
    assertThat(plan.step(1, 0)).isEqualTo(3);
    assertThat(plan.rungs(4)).as("the last bracket stops nothing").isZero();
  }

  @Test
  void hyperband_uneven_takesNextWholeSteps() {
    HyperbandTable table = HyperbandTable.of(1, 50, 3, HyperbandTable.Rounding.CEIL);
    assertThat(table.brackets().get(0).rungs())
        .extracting(HyperbandTable.Rung::resource)
        .containsExactly(2L, 6L, 17L, 50L);
  }

  @Test
  void hyperband_withoutEnd_isRefusedWithRemedy() {
    assertThatThrownBy(() -> Scenes.pruner("hyperband", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("pruner.max must be set")
        .hasMessageContaining("Maybe add max = 81");
  }

  @Test
  void hyperband_sweepTooLarge_isRefusedWithRemedy() {
    assertThatThrownBy(() -> Scenes.pruner("hyperband", Map.of("max", 100_000_000, "eta", 2)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe min = 6250000");
  }

  @Test
  void create_settingsOutOfRange_areRefused() {
    assertThatThrownBy(() -> asha(Map.of("eta", 1))).hasMessageContaining("pruner.eta");
    assertThatThrownBy(() -> asha(Map.of("min", 9, "max", 9)))
        .hasMessageContaining("pruner.min must be below")
        .hasMessageContaining("Maybe");
    assertThatThrownBy(() -> asha(Map.of("bracket", 2, "max", 9)))
        .hasMessageContaining("pruner.bracket must leave a rung of the 2");
    assertThatThrownBy(() -> asha(Map.of("objectives", "last"))).hasMessageContaining("first");
    assertThatThrownBy(() -> asha(Map.of("etta", 3))).hasMessageContaining("Maybe 'eta'");
    assertThatThrownBy(() -> Scenes.pruner("successive-halving", Map.of("cohort", 2)))
        .hasMessageContaining("pruner.cohort");
  }

  @Test
  void rungs_logarithm_isExact() {
    assertThat(Rungs.logarithm(243, 3)).isEqualTo(5);
    assertThat(Rungs.logarithm(242, 3)).isEqualTo(4);
    assertThat(Rungs.logarithm(1, 3)).isZero();
    assertThat(Rungs.of(1, 3, Rungs.MOST_STEPS, Integer.MAX_VALUE)).hasSize(33);
  }
}
