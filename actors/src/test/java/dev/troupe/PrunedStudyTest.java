package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Order;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Trick;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole studies whose trials are stopped early, on the virtual clock. */
@Timeout(120)
class PrunedStudyTest {

  private static final int STEPS = 27;
  private static final double HOUR = 3600;

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(FloatParameter.linear("speed", 1, 10))
          .build();

  /** Curves that fall to x, with noise; a step takes as many seconds as the candidate says. */
  private static final SimulatedEstimator CURVES =
      new SimulatedEstimator() {
        @Override
        public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
          Configuration candidate = suggestion.candidate();
          var points = new ArrayList<Playback.Point>();
          var random = evaluation.random("noise");
          for (int step = 1; step <= STEPS; step++) {
            double loss = candidate.getDouble("x") + 1.0 / step + 0.1 * random.nextDouble();
            points.add(
                new Playback.Point(
                    step, Metrics.of("loss", loss), step * candidate.getDouble("speed")));
          }
          return Playback.of(points);
        }
      };

  private record Course(StudyResult result, List<EndedTrial> trials, List<StudyEvent> events) {}

  private static Course run(
      int workers, int trials, UnaryOperator<StudyBuilder<Configuration>> more) {
    List<StudyEvent> events = Collections.synchronizedList(new ArrayList<>());
    try (Troupe troupe = Troupe.simulated(Simulation.of(workers))) {
      StudyBuilder<Configuration> builder =
          troupe
              .study("pruned", SPACE)
              .minimize("loss")
              .strategy(Strategies.random())
              .seed(7)
              .parallelism(workers)
              .budget(Budget.trials(trials))
              .listener(events::add);
      StudyResult result = Outcomes.of(more.apply(builder).startWith(CURVES));
      List<EndedTrial> ended =
          List.copyOf(events).stream()
              .filter(StudyEvent.TrialEnded.class::isInstance)
              .map(event -> ((StudyEvent.TrialEnded) event).trial())
              .sorted(Comparator.comparing(EndedTrial::id))
              .toList();
      return new Course(result, ended, List.copyOf(events));
    }
  }

  private static Course run(int workers, PrunerChoice pruner) {
    return run(workers, 60, builder -> builder.pruner(pruner));
  }

  @Test
  void asha_study_booksWhatItSavedAgainstFullEvaluations() {
    Course course = run(4, Pruners.asha(3));
    double full = 0;
    for (EndedTrial trial : course.trials()) {
      Configuration candidate = ((Suggestion.Evaluate) trial.suggestion()).candidate();
      full += STEPS * candidate.getDouble("speed") / HOUR;
    }
    StudyResult result = course.result();
    assertThat(result.pruned()).isGreaterThan(30);
    assertThat(result.completed()).isPositive();
    assertThat(result.savedHours()).containsOnlyKeys(Trick.EARLY_STOPPING);
    assertThat(result.deviceHours() + result.savedDeviceHours()).isEqualTo(full, within(1e-9));
    assertThat(course.events())
        .filteredOn(StudyEvent.DeviceTimeSaved.class::isInstance)
        .last()
        .satisfies(
            last ->
                assertThat(((StudyEvent.DeviceTimeSaved) last).seconds() / HOUR)
                    .isEqualTo(result.savedDeviceHours(), within(1e-9)));
  }

  @Test
  void noPruner_study_savesNothing() {
    Course course = run(2, 10, builder -> builder);
    assertThat(course.result().savedHours()).isEmpty();
    assertThat(course.result().savedDeviceHours()).isZero();
    assertThat(course.events()).noneMatch(StudyEvent.DeviceTimeSaved.class::isInstance);
  }

  @Test
  void extended_study_goesOnWithWhatWasSaved() {
    Path home = Path.of("home-pruned");
    UnaryOperator<StudyBuilder<Configuration>> kept =
        builder -> builder.ledger(SharedLedger.SETTING).home(home).pruner(Pruners.median());
    StudyResult whole = run(1, 40, builder -> builder.pruner(Pruners.median())).result();
    SharedLedger.at(home);
    StudyResult first = run(1, 20, kept).result();
    StudyResult second = run(1, 40, kept).result();
    assertThat(first.savedDeviceHours()).isPositive().isLessThan(whole.savedDeviceHours());
    assertThat(second.pruned()).isEqualTo(whole.pruned());
    assertThat(second.savedDeviceHours()).isEqualTo(whole.savedDeviceHours(), within(1e-9));
    StudyResult again = run(1, 40, kept).result();
    assertThat(again.savedDeviceHours()).isEqualTo(whole.savedDeviceHours(), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "median",
        "percentile",
        "patience",
        "threshold",
        "asha",
        "successive-halving",
        "hyperband"
      })
  void logicalOrder_anyNumberOfSlots_prunesTheSame(String name) {
    Map<String, ?> settings =
        switch (name) {
          case "hyperband" -> Map.of("max", STEPS);
          case "threshold" -> Map.of("upper", 1.9);
          case "patience" -> Map.of("steps", 3);
          default -> Map.of();
        };
    UnaryOperator<StudyBuilder<Configuration>> logical =
        builder -> builder.order(Order.LOGICAL).lookahead(4).pruner(Pruners.named(name, settings));
    List<String> alone = outcomes(run(1, 60, logical));
    assertThat(outcomes(run(8, 60, logical))).isEqualTo(alone);
    assertThat(alone).anyMatch(trial -> trial.contains("Pruned"));
    assertThat(alone).anyMatch(trial -> trial.contains("Completed") || name.equals("patience"));
  }

  private static List<String> outcomes(Course course) {
    return course.trials().stream()
        .map(trial -> trial.id() + " " + trial.measurements().size() + " " + trial.outcome())
        .toList();
  }
}
