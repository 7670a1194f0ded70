package dev.troupe.benchmarks;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.device.Device;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Attempt;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Trials through an estimator, without a study around them. */
final class Trainings {

  private static final RandomStreams STREAMS = RandomStreams.of(42);

  private Trainings() {}

  static Estimator estimator(String name, Map<String, ?> settings) {
    SearchSpace space =
        SearchSpace.builder().add(FloatParameter.log("learning-rate", 1e-4, 1e-2)).build();
    return Providers.find(EstimatorProvider.class, "estimator", name)
        .create(
            new EstimatorRequest(
                space,
                List.of(Objective.maximize("accuracy")),
                STREAMS,
                Settings.of("estimator", settings),
                Path.of(".")));
  }

  static Metrics evaluate(Estimator estimator, long trial) {
    Configuration candidate = Configuration.of(Map.of("learning-rate", 1e-3));
    try {
      return estimator.evaluate(Suggestion.evaluate(candidate), new Alone(TrialId.of(trial)));
    } catch (Exception e) {
      throw new IllegalStateException("Trial %d failed: %s".formatted(trial, e.getMessage()), e);
    }
  }

  /** An evaluation that nobody watches. */
  record Alone(TrialId trial) implements Evaluation {

    @Override
    public Attempt attempt() {
      return Attempt.first(trial);
    }

    @Override
    public Device device() {
      return Device.cpu(0);
    }

    @Override
    public RandomStreams streams() {
      return STREAMS;
    }

    @Override
    public @Nullable Duration timeLimit() {
      return null;
    }

    @Override
    public Verdict report(long step, Metrics metrics) {
      return Verdict.CONTINUE;
    }

    @Override
    public boolean stopRequested() {
      return false;
    }
  }
}
