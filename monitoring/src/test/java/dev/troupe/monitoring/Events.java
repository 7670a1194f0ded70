package dev.troupe.monitoring;

import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Trick;
import dev.troupe.study.Verdict;
import dev.troupe.study.WeightSource;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Events of a study, as short as tests want them. */
final class Events {

  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Suggestion SUGGESTION = Suggestion.evaluate(Configuration.empty());

  private final String study;

  Events(String study) {
    this.study = study;
  }

  StudyEvent started(String strategy) {
    return started(strategy, List.of(Objective.maximize("accuracy")));
  }

  /** Its candidates are evaluated at 5 epochs. */
  StudyEvent startedLow(String strategy) {
    return new StudyEvent.StudyStarted(
        study,
        AT,
        List.of(Objective.maximize("accuracy")),
        strategy,
        1,
        2,
        Budget.trials(9),
        Map.of("fidelity", "{epochs=5.0}, check 5"));
  }

  StudyEvent started(String strategy, List<Objective> objectives) {
    return new StudyEvent.StudyStarted(
        study, AT, objectives, strategy, 1, 2, Budget.trials(9), Map.of());
  }

  StudyEvent resumed(int parallelism) {
    return new StudyEvent.StudyResumed(study, AT, parallelism, Budget.trials(9));
  }

  StudyEvent instructed(Instruction instruction) {
    return new StudyEvent.StudyInstructed(study, AT, instruction);
  }

  StudyEvent asked(double seconds) {
    return new StudyEvent.StrategyAsked(study, List.of(), Map.of(), 1, 1, seconds);
  }

  StudyEvent suggested(long trial) {
    return new StudyEvent.TrialSuggested(study, TrialId.of(trial), SUGGESTION);
  }

  StudyEvent running(long trial) {
    return new StudyEvent.AttemptStarted(study, attempt(trial), "cpu-0");
  }

  StudyEvent measured(long trial, Verdict verdict) {
    var measurement = new Measurement(1, Metrics.of("accuracy", 0.1), 0.5);
    return new StudyEvent.Measured(study, attempt(trial), measurement, verdict);
  }

  StudyEvent failedOnce(long trial, double seconds) {
    return new StudyEvent.AttemptFailed(study, attempt(trial), "out of memory", seconds);
  }

  StudyEvent completed(long trial, double accuracy, double seconds) {
    return completed(trial, Metrics.of("accuracy", accuracy), seconds);
  }

  StudyEvent completed(long trial, Metrics metrics, double seconds) {
    return ended(trial, new Outcome.Completed(metrics), seconds);
  }

  StudyEvent ended(long trial, Outcome outcome, double seconds) {
    var ended = new EndedTrial(TrialId.of(trial), SUGGESTION, List.of(), outcome, seconds);
    return new StudyEvent.TrialEnded(study, AT, ended);
  }

  /** At 5 epochs. */
  StudyEvent completedLow(long trial, double accuracy) {
    var suggestion =
        new Suggestion.Evaluate(
            Configuration.empty(), Fidelity.of("epochs", 5), WeightSource.fresh());
    var outcome = new Outcome.Completed(Metrics.of("accuracy", accuracy));
    var ended = new EndedTrial(TrialId.of(trial), suggestion, List.of(), outcome, 1);
    return new StudyEvent.TrialEnded(study, AT, ended);
  }

  StudyEvent incumbent(long trial, double accuracy) {
    return new StudyEvent.IncumbentChanged(
        study, TrialId.of(trial), Metrics.of("accuracy", accuracy));
  }

  StudyEvent saved(Trick trick, double seconds) {
    return new StudyEvent.DeviceTimeSaved(study, trick, seconds);
  }

  StudyEvent checked(double kendall) {
    return new StudyEvent.FidelityChecked(study, Fidelity.of("epochs", 5), 5, 0.8, kendall);
  }

  StudyEvent over() {
    return new StudyEvent.StudyEnded(study, AT, StudyState.DONE, "The budget is spent.");
  }

  StudyEvent paused(long trial, double seconds) {
    return new StudyEvent.TrialPaused(
        study, AT, attempt(trial), Metrics.of("accuracy", 0.5), seconds);
  }

  private static Attempt attempt(long trial) {
    return Attempt.first(TrialId.of(trial));
  }
}
