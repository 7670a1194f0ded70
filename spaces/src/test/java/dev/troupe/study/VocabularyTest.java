package dev.troupe.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The small types of a study check and copy what they are given. */
class VocabularyTest {

  private static final Configuration CANDIDATE = Configuration.of(Map.of("x", 1));

  @Test
  void metrics_withAndWithout_areCopies() {
    Metrics one = Metrics.of("loss", 0.5);
    Metrics two = one.with("loss", 0.4).with("accuracy", 0.9).withVector("gradient", 1, 2);
    assertThat(one.get("loss")).isEqualTo(0.5);
    assertThat(two.get("loss")).isEqualTo(0.4);
    assertThat(two.has("gradient")).isFalse();
    assertThat(two.vectorNames()).containsExactly("gradient");
    two.vector("gradient")[0] = 9;
    assertThat(two.vector("gradient")).containsExactly(1, 2);
    assertThat(one.with(two)).isEqualTo(two).hasSameHashCodeAs(two);
    assertThat(two).hasToString("{loss=0.4, accuracy=0.9, gradient=[1.0, 2.0]}");
    assertThat(one).isNotEqualTo(two);
    assertThatThrownBy(() -> two.numbers().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void metrics_thatAreMissingOrNotFinite_areNamed() {
    refuses(
        () -> Metrics.of("loss", 1).get("los"), "Metric 'los' was not reported; there are [loss]");
    refuses(() -> Metrics.none().vector("g"), "Vector 'g' was not reported");
    assertThat(Metrics.none().getOrNaN("loss")).isNaN();
    assertThat(Metrics.of("a", 1, "b", Double.NaN).firstNotFinite()).isEqualTo("b");
    assertThat(Metrics.of("a", 1).firstNotFinite()).isNull();
    assertThat(Metrics.of("a", Double.NaN)).isEqualTo(Metrics.of("a", Double.NaN));
  }

  @Test
  void explanation_ofNonsense_isRefused() {
    refuses(
        () -> Explanation.of("?", Map.of("loss", Double.NaN)),
        "'loss' was NaN. Maybe leave it out");
    refuses(
        () -> new Explanation.Neighbour(TrialId.of(3), -1),
        "must be at least 0, but that of 3 was -1.0");
    assertThatThrownBy(() -> Explanation.of("?", Map.of("loss", 1.0)).figures().clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void suggestion_withoutItsExplanation_asksForTheSame() {
    Suggestion.Evaluate plain = Suggestion.evaluate(CANDIDATE);
    Suggestion.Evaluate explained = plain.explained(Explanation.of("It promised most."));

    assertThat(explained).isNotEqualTo(plain).hasToString(plain.toString());
    assertThat(explained.unexplained()).isEqualTo(plain);
    assertThat(plain.unexplained()).isSameAs(plain);
    var trial = new EndedTrial(TrialId.of(1), explained, List.of(), new Outcome.Stopped(), 0);
    assertThat(trial.explanation()).isEqualTo(explained.explanation());
    assertThat(trial.unexplained().suggestion()).isEqualTo(plain);
  }

  @Test
  void measurement_outOfRange_isRefused() {
    refuses(() -> new Measurement(-1, Metrics.none(), 0), "a step is at least 0, but it was -1");
    refuses(
        () -> new Measurement(1, Metrics.none(), -1), "seconds must be at least 0, but were -1.0");
    refuses(() -> new Measurement(1, Metrics.none(), Double.NaN), "seconds must be at least 0");
  }

  @Test
  void budget_outOfRange_isRefused() {
    refuses(
        () -> Budget.trials(0), "Budget: trials must be above 0, but was 0. Maybe leave it out");
    refuses(() -> Budget.unlimited().withGpuHours(-1), "gpu-hours must be above 0, but was -1.0");
    refuses(() -> Budget.unlimited().withDeviceHours(Double.NaN), "device-hours must be above 0");
    refuses(() -> Budget.unlimited().withNoImprovement(0), "no-improvement must be above 0");
    refuses(() -> Budget.wallClock(Duration.ZERO), "wall-clock must be above zero");
    refuses(() -> Budget.unlimited().withTarget(Double.NaN), "target must be finite");
    Budget all =
        Budget.trials(3)
            .withWallClock(Duration.ofMinutes(1))
            .withDeviceHours(2)
            .withGpuHours(1)
            .withTarget(0.9)
            .withNoImprovement(5);
    assertThat(all).isEqualTo(new Budget(3L, Duration.ofMinutes(1), null, 2.0, 1.0, 0.9, 5L));
  }

  @Test
  void suggestion_outOfRange_isRefused() {
    refuses(() -> new Suggestion.TrainShared(List.of(), 1), "needs a candidate");
    refuses(() -> new Suggestion.TrainShared(List.of(CANDIDATE), 0), "steps must be at least 1");
    refuses(() -> new Suggestion.ScoreShared(List.of()), "needs a candidate");
    refuses(
        () -> new Suggestion.ArchitectureGradient(List.of(Double.NaN), 0),
        "parameters must be finite");
    refuses(() -> new Suggestion.ArchitectureGradient(List.of(1.0), -1), "steps at least 0");
    var candidates = new ArrayList<>(List.of(CANDIDATE));
    var score = new Suggestion.ScoreShared(candidates);
    candidates.clear();
    assertThat(score.candidates()).containsExactly(CANDIDATE);
  }

  @Test
  void fidelity_outOfRange_isRefused() {
    refuses(
        () -> Fidelity.of("epochs", 0), "Fidelity 'epochs': the amount must be finite and above 0");
    refuses(() -> Fidelity.of("epochs", Double.NaN), "but was NaN");
    refuses(() -> Fidelity.of("epochs", Double.POSITIVE_INFINITY), "but was Infinity");
    assertThat(Fidelity.of("epochs", 3).amount("epochs", 9)).isEqualTo(3);
    assertThat(Fidelity.full().amount("epochs", 9)).isEqualTo(9);
    assertThat(Fidelity.full().isFull()).isTrue();
  }

  @Test
  void trialsAndAttempts_startAtOne() {
    refuses(() -> TrialId.of(0), "Trial numbers start at 1, but this one was 0");
    refuses(() -> new Attempt(TrialId.of(1), 0), "Trial 1: attempts start at 1");
    assertThat(Attempt.first(TrialId.of(2)).next()).isEqualTo(new Attempt(TrialId.of(2), 2));
    assertThat(TrialId.of(2)).isLessThan(TrialId.of(10)).hasToString("2");
  }

  @Test
  void objective_ofDirection_turnsIntoLoss() {
    Objective accuracy = Objective.maximize("accuracy");
    assertThat(accuracy.loss(Metrics.of("accuracy", 0.9))).isEqualTo(-0.9);
    assertThat(Objective.minimize("loss").loss(Metrics.of("loss", 0.9))).isEqualTo(0.9);
    assertThat(accuracy.loss(Metrics.none())).isNaN();
    assertThat(Direction.MAXIMIZE.isBetter(2, 1)).isTrue();
    assertThat(Direction.MINIMIZE.isBetter(2, 1)).isFalse();
    assertThat(Direction.MINIMIZE.isBetter(Double.NaN, 1)).isFalse();
    refuses(() -> Objective.minimize(" "), "the metric must have a name");
  }

  @Test
  void endedTrial_always_knowsItsLastMetrics() {
    var measured = List.of(new Measurement(1, Metrics.of("loss", 3), 1));
    var evaluate = Suggestion.evaluate(CANDIDATE);
    TrialId id = TrialId.of(1);
    var failed = new EndedTrial(id, evaluate, measured, new Outcome.Failed("x"), 1);
    assertThat(failed.metrics().get("loss")).isEqualTo(3);
    assertThat(failed.state()).isEqualTo(TrialState.FAILED);
    assertThat(failed.state().isEnded()).isTrue();
    assertThat(failed.candidate()).isEqualTo(CANDIDATE);
    var completed =
        new EndedTrial(id, evaluate, measured, new Outcome.Completed(Metrics.of("loss", 2)), 1);
    assertThat(completed.metrics().get("loss")).isEqualTo(2);
    var stopped = new EndedTrial(id, evaluate, List.of(), new Outcome.Stopped(), 0);
    assertThat(stopped.metrics()).isEqualTo(Metrics.none());
    var score = new Suggestion.ScoreShared(List.of(CANDIDATE));
    assertThat(new EndedTrial(id, score, List.of(), new Outcome.Stopped(), 0).candidate()).isNull();
    assertThat(TrialState.PAUSED.isEnded()).isFalse();
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void simulation_outOfRange_namesTheRuleAndTheValue() {
    Simulation plan = Simulation.of(2);

    assertThatThrownBy(() -> Simulation.of(0))
        .hasMessageContaining("workers must be from 1 to 100000, but were 0");
    assertThatThrownBy(() -> plan.withStragglers(0.5, 0.9))
        .hasMessageContaining("factor must be from 1 to 1000000.0, but was 0.9");
    assertThatThrownBy(() -> plan.withStragglers(0.5, 1e7)).hasMessageContaining("1.0E7");
    assertThatThrownBy(() -> plan.withStragglers(Double.NaN, 2)).hasMessageContaining("NaN");
    assertThatThrownBy(() -> plan.withFailures(1.5))
        .hasMessageContaining("failures must be from 0 to 1, but was 1.5");
    assertThatThrownBy(() -> plan.withDeaths(Duration.ZERO, Duration.ofHours(1)))
        .hasMessageContaining("the mean life of a worker must be above zero");
    assertThatThrownBy(() -> plan.withDeaths(Duration.ofHours(1), Duration.ofHours(-1)))
        .hasMessageContaining("the repair time must be above zero");
  }
}
