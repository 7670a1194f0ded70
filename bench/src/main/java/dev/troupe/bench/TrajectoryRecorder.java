package dev.troupe.bench;

import dev.troupe.bench.Trajectory.Step;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Listens to one study. Thread safe. */
final class TrajectoryRecorder implements Consumer<StudyEvent> {

  private final Objective objective;
  private final @Nullable SimulatedEstimator truth;
  private final OptionalDouble optimum;
  private final List<Step> steps = new ArrayList<>();
  private @Nullable Instant start;
  private @Nullable Double best;
  private @Nullable Double regret;
  private double suggestSeconds;
  private long suggestions;

  /**
   * Returns a recorder.
   *
   * @param truth knows what candidates are truly worth; null if nothing does
   */
  TrajectoryRecorder(Objective objective, @Nullable SimulatedEstimator truth) {
    this.objective = objective;
    this.truth = truth;
    this.optimum = truth == null ? OptionalDouble.empty() : truth.optimum(objective);
  }

  @Override
  public synchronized void accept(StudyEvent event) {
    if (event instanceof StudyEvent.StudyStarted started) {
      start = started.at();
    } else if (event instanceof StudyEvent.StrategyAsked asked) {
      suggestSeconds += asked.seconds();
      suggestions += asked.made();
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      record(ended.at(), ended.trial());
    }
  }

  private void record(Instant at, EndedTrial trial) {
    if (trial.outcome() instanceof Outcome.Stopped) {
      return; // what the end of the study interrupts does not count
    }
    Double value = null;
    if (trial.outcome() instanceof Outcome.Completed completed) {
      value = completed.metrics().get(objective.metric());
      if (best == null || objective.direction().isBetter(value, best)) {
        best = value;
        regret = regret(trial.candidate());
      }
    }
    double seconds = start == null ? 0 : Duration.between(start, at).toNanos() / 1e9;
    steps.add(new Step(seconds, value, best, regret));
  }

  private @Nullable Double regret(@Nullable Configuration candidate) {
    if (truth == null || candidate == null || optimum.isEmpty()) {
      return null;
    }
    OptionalDouble expected = truth.expected(candidate, objective.metric());
    return expected.isEmpty() ? null : Math.abs(expected.getAsDouble() - optimum.getAsDouble());
  }

  synchronized List<Step> steps() {
    return List.copyOf(steps);
  }

  /** Returns how long the strategy took for all its suggestions, in seconds. */
  synchronized double suggestSeconds() {
    return suggestSeconds;
  }

  synchronized long suggestions() {
    return suggestions;
  }
}
