package dev.troupe.monitoring.report;

import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.Trick;
import dev.troupe.study.WeightSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Studies for tests. */
final class ReportedStudies {

  static final Instant BEGIN = Instant.parse("2026-11-27T01:00:00Z");
  static final Objective LOSS = Objective.minimize("loss");

  private ReportedStudies() {}

  static ReportedStudy of(List<Objective> objectives, List<ReportedTrial> trials) {
    return of("parabola", objectives, trials, null);
  }

  static ReportedStudy of(
      String name,
      List<Objective> objectives,
      List<ReportedTrial> trials,
      @Nullable String drawing) {
    var start =
        new StudyEvent.StudyStarted(
            name,
            BEGIN,
            objectives,
            "random",
            7,
            2,
            Budget.trials(40),
            Map.of(
                "space", "x: a number from 1.0E-4 to 1.0\nkind: one of [a, b]",
                "scales", "x: log",
                "estimator", "{\"name\":\"process\"}"));
    return new ReportedStudy(
        name,
        StudyState.DONE,
        "the budget of 40 trials is spent",
        start,
        Budget.trials(40),
        BEGIN.plusSeconds(600),
        Metrics.of("test", 0.25),
        Map.of(Trick.EARLY_STOPPING, 1800.0),
        trials,
        List.of(),
        null,
        drawing,
        List.of("troupe run parabola.conf"));
  }

  static ReportedTrial trial(
      long number, Configuration candidate, TrialState state, Metrics metrics) {
    return trial(number, candidate, WeightSource.fresh(), state, metrics, List.of(), null);
  }

  /** Returns a completed one. */
  static ReportedTrial trial(
      long number, Configuration candidate, Fidelity fidelity, Metrics metrics) {
    return trial(
        number,
        new Suggestion.Evaluate(candidate, fidelity, WeightSource.fresh()),
        TrialState.COMPLETED,
        metrics,
        List.of(),
        null);
  }

  static ReportedTrial trial(
      long number,
      Configuration candidate,
      WeightSource weights,
      TrialState state,
      Metrics metrics,
      List<Measurement> measurements,
      @Nullable String reason) {
    return trial(
        number,
        new Suggestion.Evaluate(candidate, Fidelity.full(), weights),
        state,
        metrics,
        measurements,
        reason);
  }

  private static ReportedTrial trial(
      long number,
      Suggestion suggestion,
      TrialState state,
      Metrics metrics,
      List<Measurement> measurements,
      @Nullable String reason) {
    List<ReportedRun> runs =
        state.isEnded()
            ? List.of(new ReportedRun(BEGIN.plusSeconds(10 * number), 9, state, null))
            : List.of();
    return new ReportedTrial(
        TrialId.of(number),
        suggestion,
        state,
        reason,
        metrics,
        measurements,
        List.of(),
        9,
        0,
        runs);
  }

  static Configuration candidate(double x, String kind) {
    return Configuration.of(Map.of("x", x)).with("kind", kind);
  }

  /** Returns trials with curves whose loss depends on x alone; every fourth is pruned. */
  static List<ReportedTrial> curves(int count, int steps) {
    var random = new SplittableRandom(5);
    var trials = new ArrayList<ReportedTrial>();
    for (int i = 1; i <= count; i++) {
      double x = Math.pow(10, -4 * random.nextDouble());
      boolean isPruned = i % 4 == 0;
      var measurements = new ArrayList<Measurement>();
      double loss = 0;
      for (int step = 1; step <= (isPruned ? steps / 2 : steps); step++) {
        loss = Math.abs(Math.log10(x) + 2) + 1.0 / step;
        measurements.add(new Measurement(step, Metrics.of("loss", loss), step));
      }
      trials.add(
          trial(
              i,
              candidate(x, i % 2 == 0 ? "a" : "b"),
              WeightSource.fresh(),
              isPruned ? TrialState.PRUNED : TrialState.COMPLETED,
              Metrics.of("loss", loss),
              measurements,
              null));
    }
    return trials;
  }
}
