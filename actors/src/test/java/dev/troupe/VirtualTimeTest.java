package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialState;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whole studies on the virtual clock. */
@Timeout(120)
class VirtualTimeTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  /** Takes 1 to 2 hours, in three steps. */
  private static final SimulatedEstimator CURVES =
      new SimulatedEstimator() {
        @Override
        public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
          double x = suggestion.candidate().getDouble("x");
          double hours = 1 + x;
          return Playback.of(
              IntStream.rangeClosed(1, 3)
                  .mapToObj(
                      step ->
                          new Playback.Point(
                              step, Metrics.of("loss", x + 1.0 / step), hours * 1200 * step))
                  .toList());
        }
      };

  private static SimulatedEstimator lasting(double seconds) {
    return new SimulatedEstimator() {
      @Override
      public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
        return Playback.of(Metrics.of("loss", suggestion.candidate().getDouble("x")), seconds);
      }
    };
  }

  private record Course(StudyResult result, List<String> events) {

    List<String> trials() {
      return events.stream().filter(event -> event.startsWith("TrialEnded")).toList();
    }
  }

  /** What happened, but for how long strategies took in truth. */
  private static Course run(
      Simulation plan, Function<StudyBuilder<Configuration>, Study<Configuration>> start) {
    List<String> events = Collections.synchronizedList(new ArrayList<>());
    try (Troupe troupe = Troupe.simulated(plan)) {
      StudyBuilder<Configuration> builder =
          troupe
              .study("virtual", SPACE)
              .strategy(Strategies.random())
              .minimize("loss")
              .seed(7)
              .parallelism(plan.workers())
              .listener(
                  event -> {
                    if (!(event instanceof StudyEvent.StrategyAsked)) {
                      events.add(event.toString());
                    }
                  });
      return new Course(Outcomes.of(start.apply(builder)), List.copyOf(events));
    }
  }

  @Test
  void tenThousandHours_endAtOnce() {
    Course course =
        run(
            Simulation.of(1),
            study -> study.budget(Budget.trials(1000)).startWith(lasting(36_000)));

    assertThat(course.result().virtualSeconds()).isEqualTo(36_000_000.0);
    assertThat(course.result().deviceHours()).isEqualTo(10_000.0);
    assertThat(course.result().utilisationWhileSuggesting()).isEqualTo(1.0);
    assertThat(course.result().completed()).isEqualTo(1000);
  }

  @Test
  void trialThatEndsAtTheLimit_counts_andTheNextOneIsStopped() {
    Course course =
        run(
            Simulation.of(1),
            study ->
                study
                    .budget(Budget.unlimited().withVirtualTime(Duration.ofHours(10)))
                    .startWith(lasting(3600)));

    assertThat(course.result().completed()).isEqualTo(10);
    assertThat(course.result().stopped()).isEqualTo(1);
    assertThat(course.result().state()).isEqualTo(StudyState.DONE);
    assertThat(course.result().virtualSeconds()).isEqualTo(36_000.0);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 16})
  void playedStudy_sameSeed_takesTheSameCourse(int workers) {
    Simulation plan =
        Simulation.of(workers)
            .withStragglers(0.1, 5)
            .withFailures(0.1)
            .withDeaths(Duration.ofHours(6), Duration.ofMinutes(30));
    Function<StudyBuilder<Configuration>, Study<Configuration>> start =
        study ->
            study
                .budget(Budget.trials(200))
                .retries(1)
                .pruner(
                    Pruners.of(
                        "even",
                        request ->
                            (trial, ended, active) ->
                                (trial.id().number() + ended.size()) % 3 == 0
                                    ? Verdict.STOP
                                    : Verdict.CONTINUE))
                .startWith(CURVES);

    Course first = run(plan, start);

    assertThat(run(plan, start).events()).isEqualTo(first.events());
    assertThat(first.result().trials()).isEqualTo(200);
    assertThat(first.result().pruned()).isPositive();
    assertThat(first.events()).anyMatch(event -> event.contains("as the simulation's plan"));
    assertThat(first.events()).anyMatch(event -> event.contains("its worker simulated-"));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void computedStudy_sameSeed_takesTheSameCourse(int workers) {
    Simulation plan =
        Simulation.of(workers)
            .withStragglers(0.2, 3)
            .withFailures(0.1)
            .withDeaths(Duration.ofHours(5), Duration.ofMinutes(10));
    Function<StudyBuilder<Configuration>, Study<Configuration>> start =
        study ->
            study
                .budget(Budget.trials(60))
                .pruner(
                    Pruners.of(
                        "third",
                        request ->
                            (trial, ended, active) ->
                                (trial.id().number() + ended.size()) % 3 == 0
                                    ? Verdict.STOP
                                    : Verdict.CONTINUE))
                .start(
                    (candidate, trial) -> {
                      double x = candidate.getDouble("x");
                      for (int epoch = 1; epoch <= 3; epoch++) {
                        trial.spend(1000 + 1000 * x);
                        if (trial.report(epoch, x / epoch) != Verdict.CONTINUE) {
                          return 0;
                        }
                      }
                      return x;
                    });

    Course first = run(plan, start);

    assertThat(run(plan, start).events()).isEqualTo(first.events());
    assertThat(first.result().trials()).isEqualTo(60);
    assertThat(first.result().pruned()).isPositive();
    assertThat(first.result().completed()).isPositive();
  }

  @Test
  void prunedTrial_takesTheTimeUntilThen() {
    Course course =
        run(
            Simulation.of(1),
            study ->
                study
                    .budget(Budget.trials(5))
                    .pruner(Pruners.of("always", request -> (trial, ended, active) -> Verdict.STOP))
                    .startWith(
                        new SimulatedEstimator() {
                          @Override
                          public Playback play(Suggestion.Evaluate s, Evaluation evaluation) {
                            return Playback.of(
                                List.of(
                                    new Playback.Point(1, Metrics.of("loss", 1), 60),
                                    new Playback.Point(2, Metrics.of("loss", 0), 3600)));
                          }
                        }));

    assertThat(course.result().pruned()).isEqualTo(5);
    assertThat(course.result().virtualSeconds()).isEqualTo(300.0);
  }

  @Test
  void timeLimit_isVirtual() {
    Course course =
        run(
            Simulation.of(2),
            study ->
                study
                    .budget(Budget.trials(4))
                    .timeLimit(Duration.ofMinutes(30))
                    .startWith(lasting(3600)));

    assertThat(course.result().failed()).isEqualTo(4);
    assertThat(course.result().virtualSeconds()).isEqualTo(3600.0);
    assertThat(course.trials()).allMatch(event -> event.contains("time limit of 1800 s"));
  }

  @Test
  void deadWorkers_trialsAreRepeated_andTheirTimeIsBooked() {
    Simulation plan =
        Simulation.of(4).withDeaths(Duration.ofHours(4), Duration.ofHours(1)).withSeed(3);

    Course course = run(plan, study -> study.budget(Budget.trials(100)).startWith(lasting(3600)));

    long lost = course.events().stream().filter(event -> event.startsWith("AttemptFailed")).count();
    assertThat(lost).isPositive();
    assertThat(course.result().completed()).isEqualTo(100);
    assertThat(course.trials()).hasSize(100);
    assertThat(course.result().deviceHours()).isBetween(100.0, 100.0 + lost);
  }

  @Test
  void workersThatDieBeforeAnyTrialCanEnd_failTheTrials() {
    Simulation plan = Simulation.of(4).withDeaths(Duration.ofSeconds(1), Duration.ofSeconds(1));

    Course course = run(plan, study -> study.budget(Budget.trials(20)).startWith(lasting(3600)));

    assertThat(course.result().failed()).isEqualTo(20);
    assertThat(course.trials()).allMatch(event -> event.contains("its worker simulated-"));
    long lost = course.events().stream().filter(event -> event.startsWith("AttemptFailed")).count();
    assertThat(lost).as("ten attempts are lost before the last one").isEqualTo(200);
  }

  @Test
  void budgetOfVirtualTime_thatNoTrialSpends_failsTheStudy() {
    Course course =
        run(
            Simulation.of(2),
            study ->
                study
                    .budget(Budget.unlimited().withVirtualTime(Duration.ofHours(1)))
                    .startWith(lasting(0)));

    assertThat(course.result().state()).isEqualTo(StudyState.FAILED);
    assertThat(course.result().reason()).contains("trial after trial takes none", "Maybe give");
    assertThat(course.result().completed()).isPositive();
  }

  @Test
  void trialThatOutlastsTheClock_fails() {
    Course played =
        run(Simulation.of(1), study -> study.budget(Budget.trials(2)).startWith(lasting(1e12)));
    Course computed =
        run(
            Simulation.of(1),
            study ->
                study
                    .budget(Budget.trials(2))
                    .start(
                        (candidate, trial) -> {
                          trial.spend(1e12);
                          return 1;
                        }));

    for (Course course : List.of(played, computed)) {
      assertThat(course.result().failed()).isEqualTo(2);
      assertThat(course.trials()).allMatch(event -> event.contains("which has 292 years"));
    }
  }

  @Test
  void utilisation_untilTheLastTrialIsHandedOut_isThatOfThePlacesUntilThen() {
    // Three places: trials 1 to 3 begin at 0; at 10 h trial 1 ends and trial 4, the last, begins.
    Course course =
        run(
            Simulation.of(3),
            study ->
                study
                    .budget(Budget.trials(4))
                    .startWith(
                        new SimulatedEstimator() {
                          @Override
                          public Playback play(Suggestion.Evaluate s, Evaluation evaluation) {
                            long trial = evaluation.attempt().trial().number();
                            double hours = trial == 1 ? 10 : 20;
                            return Playback.of(Metrics.of("loss", 1), hours * 3600);
                          }
                        }));

    assertThat(course.result().virtualSeconds()).isEqualTo(30 * 3600.0);
    assertThat(course.result().utilisationWhileSuggesting()).isEqualTo(1.0);
    assertThat(course.result().utilisation()).isCloseTo(70.0 / 90, within(1e-9));
  }

  @Test
  void utilisation_fewerWorkersThanPlaces_countsThePlaces() {
    Course course =
        run(
            Simulation.of(1),
            study -> study.parallelism(2).budget(Budget.trials(6)).startWith(lasting(3600)));

    assertThat(course.result().utilisationWhileSuggesting()).isEqualTo(0.5);
    assertThat(course.result().utilisation()).isEqualTo(0.5);
  }

  @Test
  void candidatesOfAList_areTakenOnceAPass() {
    List<Configuration> list =
        IntStream.range(0, 10)
            .mapToObj(i -> SPACE.configuration(java.util.Map.of("x", i / 10.0)))
            .toList();
    var taken = new ArrayList<Configuration>();
    SimulatedEstimator listed =
        new SimulatedEstimator() {
          @Override
          public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
            taken.add(suggestion.candidate());
            return Playback.of(Metrics.of("loss", 1), 1);
          }

          @Override
          public Optional<Candidates> candidates() {
            return Optional.of(new Candidates(list, 2));
          }
        };

    Course course =
        run(Simulation.of(1), study -> study.budget(Budget.trials(50)).startWith(listed));

    assertThat(course.result().completed()).isEqualTo(20);
    assertThat(taken.subList(0, 10)).containsExactlyInAnyOrderElementsOf(list);
    assertThat(taken.subList(10, 20)).containsExactlyInAnyOrderElementsOf(list);
  }

  @Test
  void answersThatThrow_failTheirTrials() {
    Course course =
        run(
            Simulation.of(2),
            study ->
                study
                    .budget(Budget.trials(3))
                    .startWith(
                        new SimulatedEstimator() {
                          @Override
                          public Playback play(Suggestion.Evaluate s, Evaluation evaluation) {
                            throw new IllegalStateException("no such row");
                          }
                        }));

    assertThat(course.result().failed()).isEqualTo(3);
    assertThat(course.trials()).allMatch(event -> event.contains("no such row"));
  }

  @Test
  void stoppedStudy_endsAtOnce() {
    try (Troupe troupe = Troupe.simulated(Simulation.of(3))) {
      Study<Configuration> study =
          troupe
              .study("endless", SPACE)
              .minimize("loss")
              .parallelism(3)
              .budget(Budget.unlimited())
              .startWith(lasting(10));
      study.stop(true);

      assertThat(Outcomes.of(study).state()).isEqualTo(StudyState.STOPPED);
    }
  }

  @Test
  void studiesOneAfterTheOther_doNotSeeEachOthersTime() {
    try (Troupe troupe = Troupe.simulated(Simulation.of(2))) {
      for (int i = 0; i < 3; i++) {
        StudyResult result =
            Outcomes.of(
                troupe
                    .study("again", SPACE)
                    .minimize("loss")
                    .parallelism(2)
                    .budget(Budget.trials(4))
                    .startWith(lasting(5)));

        assertThat(result.virtualSeconds()).isEqualTo(10.0);
      }
    }
  }

  @Test
  void askAndTell_isRefused() {
    try (Troupe troupe = Troupe.simulated(Simulation.of(1))) {
      assertThatThrownBy(() -> troupe.study("asked", SPACE).open())
          .hasMessageContaining("on the virtual clock nobody can ask");
    }
  }

  @Test
  void virtualBudget_onTheMachinesClock_isRefused() {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(1))) {
      assertThatThrownBy(
              () ->
                  troupe
                      .study("real", SPACE)
                      .budget(Budget.unlimited().withVirtualTime(Duration.ofHours(1)))
                      .startWith(lasting(1)))
          .hasMessageContaining("needs the virtual clock");
    }
  }

  @Test
  void playedEstimator_onTheMachinesClock_takesNoTime() {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(1))) {
      StudyResult result =
          Outcomes.of(
              troupe
                  .study("played", SPACE)
                  .minimize("loss")
                  .budget(Budget.trials(3))
                  .startWith(CURVES));

      assertThat(result.completed()).isEqualTo(3);
      assertThat(result.virtualSeconds()).isNull();
      assertThat(result.best()).extracting(EndedTrial::state).isEqualTo(TrialState.COMPLETED);
    }
  }
}
