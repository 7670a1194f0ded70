package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Estimators as a study would make them. */
final class Studies {

  static final long SEED = 42;

  private Studies() {}

  static Estimator estimator(String name, Map<String, ?> settings, Parameter... space) {
    return estimator(name, "loss", Path.of("."), settings, space);
  }

  static Estimator estimator(
      String name, String metric, Path folder, Map<String, ?> settings, Parameter... space) {
    SearchSpace.Builder builder = SearchSpace.builder();
    for (Parameter parameter : space) {
      builder.add(parameter);
    }
    if (space.length == 0) {
      // A space cannot be empty; candidates without a value for it use the default.
      String free = settings.containsKey("weight-decay") ? "momentum" : "weight-decay";
      builder.add(FloatParameter.log(free, 1e-5, 1e-3));
    }
    return estimator(name, builder.build(), metric, folder, settings);
  }

  /** Makes an estimator for a space of its own. */
  static Estimator estimator(
      String name, SearchSpace space, String metric, Path folder, Map<String, ?> settings) {
    return Providers.find(EstimatorProvider.class, "estimator", name)
        .create(request(space, metric, folder, settings));
  }

  static EstimatorRequest request(
      SearchSpace space, String metric, Path folder, Map<String, ?> settings) {
    Objective objective =
        List.of("accuracy", "r2").contains(metric)
            ? Objective.maximize(metric)
            : Objective.minimize(metric);
    return new EstimatorRequest(
        space,
        List.of(objective),
        RandomStreams.of(SEED),
        Settings.of("estimator", settings),
        folder);
  }

  static Metrics evaluate(Estimator estimator, long trial, Configuration candidate)
      throws Exception {
    return estimator.evaluate(Suggestion.evaluate(candidate), RecordingEvaluation.of(trial, SEED));
  }

  static Metrics evaluate(Estimator estimator, long trial) throws Exception {
    return evaluate(estimator, trial, Configuration.empty());
  }

  static EndedTrial ended(long trial, Configuration candidate, Metrics metrics) {
    return new EndedTrial(
        TrialId.of(trial),
        Suggestion.evaluate(candidate),
        List.of(),
        new Outcome.Completed(metrics),
        0);
  }

  static Metrics test(Estimator estimator, EndedTrial best) throws Exception {
    return estimator.test(best, RecordingEvaluation.of(best.id().number(), SEED));
  }
}
