package dev.troupe.estimator.pruning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Verdict;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Pruners that look at nothing but a trial's own curve. */
class OwnCurvePrunersTest {

  private static boolean stops(Pruner pruner, double... losses) {
    return stops(pruner, Scenes.active(1, losses));
  }

  private static boolean stops(Pruner pruner, ActiveTrial trial) {
    return pruner.judge(trial, List.of(), List.of()) == Verdict.STOP;
  }

  @Test
  void patience_noImprovementForSteps_stops() {
    Pruner patience = Scenes.pruner("patience", Map.of("steps", 2));
    assertThat(stops(patience, .5, .4, .4)).isFalse();
    assertThat(stops(patience, .5, .4, .4, .4)).isTrue();
    assertThat(stops(patience, .5, .4, .4, .39)).isFalse();
    assertThat(stops(patience, .5, .6, .7)).as("the first one counts").isTrue();
    assertThat(stops(patience, Scenes.active(1, List.of(Scenes.at(5, .5), Scenes.at(8, .5)))))
        .as("steps left out count")
        .isTrue();
  }

  @Test
  void patience_smallImprovements_addUp() {
    Pruner patience = Scenes.pruner("patience", Map.of("steps", 2, "improvement", .1));
    assertThat(stops(patience, .50, .45, .41)).isTrue();
    assertThat(stops(patience, .50, .45, .39)).as("since the last improvement").isFalse();
  }

  @Test
  void patience_notANumber_isNoImprovement() {
    Pruner patience = Scenes.pruner("patience", Map.of("steps", 2));
    assertThat(stops(patience, Double.NaN, Double.NaN, Double.NaN)).isTrue();
    assertThat(stops(patience, Double.NaN, .9, Double.NaN)).isFalse();
  }

  @Test
  void patience_grace_delays() {
    Pruner patience = Scenes.pruner("patience", Map.of("steps", 1, "grace", 4));
    assertThat(stops(patience, .5, .5, .5)).isFalse();
    assertThat(stops(patience, .5, .5, .5, .5)).isTrue();
  }

  @Test
  void patience_severalObjectives_anyMayImprove() {
    List<Objective> two = List.of(Objective.minimize("loss"), Objective.maximize("size"));
    Pruner patience = Scenes.pruner("patience", Map.of("steps", 1), two);
    assertThat(stops(patience, Scenes.active(1, List.of(Scenes.at(1, 1, 1), Scenes.at(2, 1, 2)))))
        .isFalse();
    assertThat(stops(patience, Scenes.active(1, List.of(Scenes.at(1, 1, 1), Scenes.at(2, 1, 0)))))
        .isTrue();
  }

  @Test
  void threshold_outOfBounds_stops() {
    Pruner threshold = Scenes.pruner("threshold", Map.of("lower", 0, "upper", 10));
    assertThat(stops(threshold, 0, 10, 5)).isFalse();
    assertThat(stops(threshold, 5, 10.1)).isTrue();
    assertThat(stops(threshold, 5, -.1)).isTrue();
  }

  @Test
  void threshold_notFinite_stopsAtAnyStep() {
    Pruner threshold = Scenes.pruner("threshold", Map.of("upper", 10, "grace", 5));
    assertThat(stops(threshold, 11)).as("within the grace").isFalse();
    assertThat(stops(threshold, Double.NaN)).isTrue();
    assertThat(stops(threshold, Double.POSITIVE_INFINITY)).isTrue();
    assertThat(stops(threshold, 1, 1, 1, 1, 11)).isTrue();
  }

  @Test
  void threshold_worsening_followsDirection() {
    Map<String, ?> settings = Map.of("worsening", 1);
    Pruner minimised = Scenes.pruner("threshold", settings);
    assertThat(stops(minimised, 3, 2, 3)).isFalse();
    assertThat(stops(minimised, 3, 2, 3.5)).isTrue();
    Pruner maximised = Scenes.pruner("threshold", settings, List.of(Objective.maximize("loss")));
    assertThat(stops(maximised, 3, 2, 3.5)).isFalse();
    assertThat(stops(maximised, 3, 1.5)).isTrue();
  }

  @Test
  void threshold_otherMetric_isWatched() {
    List<Objective> two = List.of(Objective.minimize("loss"), Objective.maximize("size"));
    Pruner threshold = Scenes.pruner("threshold", Map.of("metric", "size", "lower", 2), two);
    assertThat(stops(threshold, Scenes.active(1, List.of(Scenes.at(1, 99, 2))))).isFalse();
    assertThat(stops(threshold, Scenes.active(1, List.of(Scenes.at(1, 99, 1))))).isTrue();
    assertThat(stops(threshold, Scenes.active(1, 99))).as("it was not told").isFalse();
  }

  @Test
  void create_settingsOutOfRange_areRefused() {
    assertThatThrownBy(() -> Scenes.pruner("threshold", Map.of("lower", 2, "upper", 1)))
        .hasMessageContaining("pruner.lower must be at most pruner.upper, which is 1.0");
    assertThatThrownBy(() -> Scenes.pruner("threshold", Map.of("metric", "los")))
        .hasMessageContaining("Maybe 'loss'");
    assertThatThrownBy(() -> Scenes.pruner("patience", Map.of("steps", 0)))
        .hasMessageContaining("pruner.steps");
  }
}
