package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Trick;
import dev.troupe.study.WeightSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SavingsTest {

  private static final Metrics METRICS = Metrics.of("loss", 1);
  private static final Outcome COMPLETED = new Outcome.Completed(METRICS);
  private static final Outcome PRUNED = new Outcome.Pruned(METRICS);

  private final Savings savings = new Savings();

  private static EndedTrial trial(Outcome outcome, Fidelity fidelity, int steps, double perStep) {
    return trial(outcome, fidelity, WeightSource.Fresh.INSTANCE, steps, perStep);
  }

  private static EndedTrial trial(
      Outcome outcome, Fidelity fidelity, WeightSource weights, int steps, double perStep) {
    var space = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
    var suggestion =
        new Suggestion.Evaluate(space.configuration(Map.of("x", 0.5)), fidelity, weights);
    var measurements = new ArrayList<Measurement>();
    for (int step = 1; step <= steps; step++) {
      measurements.add(new Measurement(step, METRICS, step * perStep));
    }
    return new EndedTrial(TrialId.of(1), suggestion, measurements, outcome, steps * perStep);
  }

  private static EndedTrial trial(Outcome outcome, int steps, double perStep) {
    return trial(outcome, Fidelity.full(), steps, perStep);
  }

  @Test
  void take_prunedTrials_savedTheirOwnSecondsForTheStepsLeftOut() {
    savings.take(trial(PRUNED, 2, 3));
    savings.take(trial(PRUNED, 5, 10));
    savings.take(trial(COMPLETED, 10, 7));
    Map<Trick, Double> expected = Map.of(Trick.EARLY_STOPPING, 8 * 3 + 5 * 10.0);
    assertThat(savings.seconds(0, Trick.EARLY_STOPPING))
        .as("as far as a completed trial came")
        .isEqualTo(expected);
    assertThat(savings.seconds(20, Trick.EXTRAPOLATION))
        .as("as the estimator says")
        .isEqualTo(Map.of(Trick.EXTRAPOLATION, 18 * 3 + 15 * 10.0));
  }

  @Test
  void take_trialsThatSavedNothing_areNotBooked() {
    savings.take(trial(COMPLETED, 10, 1));
    savings.take(trial(new Outcome.Failed("no luck"), 3, 1));
    savings.take(trial(new Outcome.Stopped(), 3, 1));
    savings.take(trial(PRUNED, 0, 1));
    savings.take(trial(PRUNED, 10, 1));
    savings.take(trial(PRUNED, 3, 0));
    assertThat(savings.seconds(0, Trick.EARLY_STOPPING)).isEmpty();
  }

  @Test
  void take_completedAtLowFidelity_isBookedToThat() {
    savings.take(trial(COMPLETED, Fidelity.of("epochs", 3), 3, 2));
    assertThat(savings.seconds(9, Trick.EARLY_STOPPING))
        .isEqualTo(Map.of(Trick.LOW_FIDELITY, 12.0));
  }

  @Test
  void take_heirThatCompletedEarlier_isBookedToInheritance() {
    var parent = new WeightSource.Parent(TrialId.of(7), List.of());
    savings.take(trial(COMPLETED, Fidelity.full(), 9, 1));
    savings.take(trial(COMPLETED, Fidelity.full(), parent, 9, 5));
    assertThat(savings.seconds(9, Trick.EARLY_STOPPING)).isEmpty();
    savings.take(trial(COMPLETED, Fidelity.full(), parent, 3, 2));
    savings.take(trial(PRUNED, Fidelity.full(), parent, 1, 2));
    savings.take(trial(COMPLETED, Fidelity.of("epochs", 3), parent, 3, 4));
    assertThat(savings.seconds(9, Trick.EARLY_STOPPING))
        .isEqualTo(
            Map.of(Trick.INHERITANCE, 12.0, Trick.EARLY_STOPPING, 16.0, Trick.LOW_FIDELITY, 24.0));
  }

  @Test
  void rest_pausedTrial_isBookedToLowFidelity() {
    savings.rest(trial(PRUNED, 3, 2).measurements());
    savings.rest(List.of());
    assertThat(savings.seconds(9, Trick.EARLY_STOPPING))
        .isEqualTo(Map.of(Trick.LOW_FIDELITY, 12.0));
  }

  @Test
  void set_whatHadBeenSaved_goesOnFromThere() {
    var later = new Savings();
    List<EndedTrial> trials =
        List.of(
            trial(PRUNED, 2, 3),
            trial(COMPLETED, 10, 7),
            trial(COMPLETED, Fidelity.full(), new WeightSource.Partial(TrialId.of(1)), 5, 1),
            trial(PRUNED, 4, .1));
    for (int i = 0; i < trials.size(); i++) {
      savings.take(trials.get(i));
      later.take(trials.get(i));
      var restored = new Savings();
      restored.set(later.saved());
      later = restored;
    }
    assertThat(later.saved()).isEqualTo(savings.saved());
    assertThat(later.seconds(0, Trick.EARLY_STOPPING))
        .isEqualTo(savings.seconds(0, Trick.EARLY_STOPPING));
  }
}
